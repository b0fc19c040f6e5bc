from django import forms

from ateliers.parcours.models import Atelier
from candidatures.appels.models import SessionNationale
from candidatures.dispositifs.models import Theme
from restitution.feuilles.forms.champs import champ_date, texte_long
from restitution.national.models import Enseignement, RencontreNationale
from socle.interface.formulaires import FormulaireDsfr, FormulaireRevise


def _ateliers():
    return forms.ModelMultipleChoiceField(
        label="Ateliers",
        queryset=Atelier.objects.order_by("nom"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class FormulaireRencontre(FormulaireRevise):
    libelle_envoi = "Enregistrer la rencontre"
    titre = forms.CharField(label="Titre", max_length=200)
    session = forms.ModelChoiceField(
        label="Session nationale", queryset=SessionNationale.objects.order_by("-pk"), required=False
    )
    date = champ_date("Date")
    lieu = forms.CharField(label="Lieu", max_length=200)
    programme = forms.CharField(
        label="Programme",
        required=False,
        widget=texte_long(6),
        help_text="Tables rondes, ateliers, interventions.",
    )
    participants = forms.IntegerField(label="Nombre de participants", min_value=0, required=False)
    ateliers = _ateliers()


class FormulaireEnseignement(FormulaireRevise):
    libelle_envoi = "Enregistrer l’enseignement"
    titre = forms.CharField(label="Titre", max_length=200)
    texte = forms.CharField(label="Ce que la comparaison apprend", widget=texte_long(8))
    theme = forms.ModelChoiceField(
        label="Thème", queryset=Theme.objects.order_by("ordre", "libelle"), required=False
    )
    rencontre = forms.ModelChoiceField(
        label="Rencontre nationale", queryset=RencontreNationale.objects.all(), required=False
    )
    ateliers = _ateliers()


class FormulairePublication(FormulaireRevise):
    libelle_envoi = "Enregistrer la publication"
    titre = forms.CharField(label="Titre", max_length=200)
    sous_titre = forms.CharField(label="Sous-titre", max_length=250, required=False)
    avant_propos = forms.CharField(
        label="Avant-propos",
        required=False,
        widget=texte_long(10),
        help_text="Le même texte ouvre tous les carnets.",
    )
    rencontre = forms.ModelChoiceField(
        label="Rencontre nationale", queryset=RencontreNationale.objects.all(), required=False
    )
    enseignements = forms.ModelMultipleChoiceField(
        label="Enseignements transversaux",
        queryset=Enseignement.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class FormulaireChapitre(FormulaireDsfr):
    libelle_envoi = "Ajouter le carnet"
    atelier = forms.ModelChoiceField(label="Atelier", queryset=Atelier.objects.none())
    chapeau = forms.CharField(
        label="Chapeau",
        required=False,
        widget=texte_long(3),
        help_text="Deux phrases qui situent ce site parmi les autres.",
    )

    def __init__(self, *args, publication, **kwargs):
        super().__init__(*args, **kwargs)
        pris = publication.chapitres.values("atelier")
        self.fields["atelier"].queryset = Atelier.objects.exclude(pk__in=pris).order_by("nom")
