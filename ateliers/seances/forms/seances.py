from django import forms

from ateliers.parcours.forms.champs import ChampHeure, FormulaireDates, FormulaireLignes
from ateliers.seances.choix import FormatSequence, PublicSequence
from ateliers.seances.domaine.preparation import LIBRES, MAX_JOURS
from ateliers.seances.models import Seance
from candidatures.dispositifs.choix import GenreSeance
from socle.interface.formulaires import FormulaireDsfr, FormulaireRevise, MixinRevise


class FormulaireProgrammation(FormulaireDates):
    libelle_envoi = "Programmer la séance"
    lieu = forms.CharField(label="Lieu", max_length=160, required=False)
    adresse = forms.CharField(label="Adresse", max_length=250, required=False)


class FormulaireReport(FormulaireDates):
    libelle_envoi = "Reporter la séance"
    motif = forms.CharField(
        label="Motif du report",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Il reste affiché sur le parcours, à côté de la date abandonnée.",
    )


class FormulaireTenue(FormulaireDates):
    libelle_envoi = "Déclarer la séance tenue"


class FormulaireDescription(FormulaireRevise):
    titre = forms.CharField(label="Titre", max_length=160)
    objectif = forms.CharField(
        label="Objectif", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    lieu = forms.CharField(label="Lieu", max_length=160, required=False)
    adresse = forms.CharField(label="Adresse", max_length=250, required=False)


class FormulaireDeroule(MixinRevise, FormulaireLignes):
    libelle_envoi = "Enregistrer le déroulé"
    titre_ligne = "Séquence"
    pivot = "titre"

    def champs_ligne(self):
        return {
            "titre": forms.CharField(label="Séquence", max_length=160),
            "jour": forms.IntegerField(label="Jour", min_value=1, max_value=MAX_JOURS, initial=1),
            "debut": ChampHeure(label="Heure de début"),
            "duree_min": forms.IntegerField(label="Durée (minutes)", min_value=5, max_value=1440),
            "format": forms.ChoiceField(label="Format", choices=FormatSequence),
            "public": forms.ChoiceField(
                label="Public", choices=PublicSequence, initial=PublicSequence.INVITES
            ),
            "lieu": forms.CharField(label="Lieu", max_length=160, required=False),
        }


class FormulaireAjout(FormulaireDsfr):
    libelle_envoi = "Ajouter la séance"
    genre = forms.ChoiceField(label="Genre de séance")
    titre = forms.CharField(label="Titre", max_length=160)
    objectif = forms.CharField(
        label="Objectif", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    apres = forms.ModelChoiceField(
        label="À la suite de",
        queryset=Seance.objects.none(),
        required=False,
        empty_label="La dernière étape",
    )

    def __init__(self, *args, atelier, **options):
        super().__init__(*args, **options)
        inter = atelier.dispositif.avec_inter_ateliers
        self.fields["genre"].choices = [
            (g, GenreSeance(g).label) for g in LIBRES if inter or g != GenreSeance.INTER_ATELIER
        ]
        self.fields["apres"].queryset = Seance.objects.filter(atelier=atelier)
