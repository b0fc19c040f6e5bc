"""Mending a date before anybody is told of it."""

from ateliers.participants.domaine import dates
from ateliers.seances.forms.seances import FormulaireProgrammation
from ateliers.seances.views.pilote import SaisieDates


class FormulaireCorrection(FormulaireProgrammation):
    libelle_envoi = "Corriger la date"


class Corriger(SaisieDates):
    form_class = FormulaireCorrection
    titre = "Corriger la date"
    message = "La date est corrigée."

    @property
    def cle_seance(self):
        return self.kwargs["seance_id"]

    @property
    def aide(self):
        return f"{super().aide} Personne n’est encore convoqué : l’ancienne date disparaît."

    def executer(self, form):
        return dates.corriger_date(
            seance=self.seance,
            par=self.request.user,
            lieu=form.cleaned_data["lieu"],
            adresse=form.cleaned_data["adresse"],
            confirmes=self.confirmes,
            **self.dates(form),
        )
