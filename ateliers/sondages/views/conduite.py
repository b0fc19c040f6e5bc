"""What the pilot does of an open poll: its last day, reminders, answers told on the phone."""

from datetime import timedelta

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property

from ateliers.parcours.views.commun import FormulaireAtelier, VerbeAtelier
from ateliers.sondages.choix import EtatSondage
from ateliers.sondages.domaine import relances, reponses, requetes
from ateliers.sondages.domaine import sondages as verbes
from ateliers.sondages.forms import sondages as formulaires
from ateliers.sondages.models import Sonde
from ateliers.sondages.moments import horloge, plage
from ateliers.sondages.views.pilote import SurSondage


class Prolonger(SurSondage, FormulaireAtelier):
    form_class = formulaires.FormulaireLimite
    message = "La date limite est enregistrée."

    @property
    def titre(self):
        if self.sondage.etat == EtatSondage.OUVERT:
            return "Changer la date limite"
        return "Rouvrir le sondage"

    @property
    def aide(self):
        if self.sondage.etat == EtatSondage.OUVERT:
            return "Les liens déjà envoyés restent bons."
        return (
            "Les personnes sondées sont prévenues ; leurs réponses sont gardées et leurs liens "
            "restent bons. La séance garde sa date tant qu’une autre n’est pas retenue."
        )

    def get_initial(self):
        return {"clot_le": max(self.sondage.clot_le, timezone.localdate() + timedelta(days=3))}

    def executer(self, form):
        return verbes.prolonger(
            sondage=self.sondage, par=self.request.user, clot_le=form.cleaned_data["clot_le"]
        )


class Annuler(SurSondage, VerbeAtelier):
    message = "Le sondage est annulé ; les personnes sondées sont prévenues."

    def executer(self, objet):
        return verbes.annuler(sondage=self.sondage, par=self.request.user, motif=self.motif)


class Relancer(SurSondage, VerbeAtelier):
    message = "Un rappel est parti aux personnes qui n’ont pas répondu, et à elles seules."

    def executer(self, objet):
        return relances.relancer(sondage=self.sondage, par=self.request.user)


class Saisir(SurSondage, FormulaireAtelier):
    """The answers of a person without an address, as they were told."""

    form_class = formulaires.FormulaireSaisie
    template_name = "ateliers/sondages/saisir.html"
    titre = "Noter les réponses données par téléphone"
    message = "Les réponses sont notées."

    @cached_property
    def sonde(self):
        sondes = Sonde.objects.filter(sondage=self.sondage, participant__courriel="")
        sonde = get_object_or_404(sondes.select_related("participant"), pk=self.kwargs["sonde_id"])
        sonde.sondage = self.sondage
        return sonde

    @cached_property
    def plages(self):
        return [plage(c, self.sondage.seance.zone) for c in self.sondage.creneaux.all()]

    def get_initial(self):
        votes = requetes.choix_de(self.sonde)
        return {f"c{pk}": choix for pk, choix in votes.items()} | {"message": self.sonde.message}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"plages": self.plages}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            sonde=self.sonde,
            seance=self.sondage.seance,
            horloge=horloge(self.sondage.seance, self.plages),
            refus=reponses.refus_de_repondre(self.sondage),
            **kwargs,
        )

    def executer(self, form):
        return reponses.repondre_pour(
            self.sonde,
            par=self.request.user,
            choix=form.cleaned_data["choix"],
            message=form.cleaned_data["message"],
        )
