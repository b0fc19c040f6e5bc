"""Choose a service: the competent ones first, the others when there is a reason."""

from django import forms

from candidatures.dossiers.domaine.creation import SERVICES_ETAT
from socle.comptes.domaine.competence import REGIONAUX
from socle.comptes.models import Organisme
from socle.interface.formulaires import FormulaireDsfr


class FormulaireService(FormulaireDsfr):
    brouillon = False
    natures = SERVICES_ETAT

    def __init__(self, *args, candidature, competents, **kwargs):
        super().__init__(*args, **kwargs)
        tous = Organisme.objects.filter(nature__in=self.natures)
        tous = tous.exclude(pk__in=self.pris(candidature))
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

    def pris(self, candidature) -> list[int]:
        return [candidature.service_pilote_id or 0]


class FormulaireCopilote(FormulaireService):
    libelle_envoi = "Désigner ce service"

    def pris(self, candidature):
        return [
            *super().pris(candidature),
            *(c.organisme_id for c in candidature.copilotages.all()),
        ]


class FormulairePilote(FormulaireService):
    libelle_envoi = "Confier le pilotage à ce service"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["garder"] = forms.BooleanField(
            label="Le service actuel reste copilote", required=False, initial=True
        )


class FormulaireDreal(FormulaireService):
    libelle_envoi = "Désigner ce service"
    natures = REGIONAUX

    def __init__(self, *args, competence, **kwargs):
        self.competence = competence
        super().__init__(*args, **kwargs)

    def pris(self, candidature):
        return [self.competence.competent.pk] if self.competence.competent else []
