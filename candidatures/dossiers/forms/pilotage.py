"""Choose a service: the competent ones first, the others when there is a reason."""

from django import forms

from candidatures.dossiers.domaine.creation import SERVICES_ETAT
from socle.comptes.models import Organisme
from socle.interface.formulaires import FormulaireDsfr


class FormulaireService(FormulaireDsfr):
    brouillon = False

    def __init__(self, *args, candidature, competents, **kwargs):
        super().__init__(*args, **kwargs)
        pris = [candidature.service_pilote_id or 0, *self.deja(candidature)]
        tous = Organisme.objects.filter(nature__in=SERVICES_ETAT).exclude(pk__in=pris)
        premiers = {s.pk for s in competents.services}
        tries = sorted(tous.order_by("nom"), key=lambda s: s.pk not in premiers)
        groupes = [
            ("Compétents sur le périmètre", [(s.pk, s.nom) for s in tries if s.pk in premiers]),
            ("Autres services", [(s.pk, s.nom) for s in tries if s.pk not in premiers]),
        ]
        self.fields["organisme"] = forms.ModelChoiceField(tous, label="Service de l’État")
        self.fields["organisme"].choices = [
            ("", "Choisir un service"),
            *((titre, lignes) for titre, lignes in groupes if lignes),
        ]
        self.fields["motif"] = forms.CharField(
            label="Motif",
            help_text="Il sera inscrit dans l’historique, que les porteurs lisent.",
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def deja(self, candidature) -> list[int]:
        return []


class FormulaireCopilote(FormulaireService):
    libelle_envoi = "Désigner ce service"

    def deja(self, candidature):
        return [c.organisme_id for c in candidature.copilotages.all()]


class FormulairePilote(FormulaireService):
    libelle_envoi = "Confier le pilotage à ce service"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["garder"] = forms.BooleanField(
            label="Le service actuel reste copilote", required=False, initial=True
        )
