"""The people of the chosen team."""

from django import forms

from socle.comptes.models import Organisme
from socle.interface.formulaires import FormulaireDsfr


class FormulaireInvitation(FormulaireDsfr):
    libelle_envoi = "Envoyer l’invitation"
    prenom = forms.CharField(label="Prénom", max_length=80)
    nom = forms.CharField(label="Nom", max_length=80)
    courriel = forms.EmailField(
        label="Adresse électronique", help_text="Un lien personnel y est envoyé, valable 21 jours."
    )
    organisme = forms.ModelChoiceField(
        label="Organisme", queryset=Organisme.objects.none(), empty_label=None
    )

    def __init__(self, *args, organismes=(), **options):
        super().__init__(*args, **options)
        self.fields["organisme"].queryset = Organisme.objects.filter(
            pk__in=[organisme.pk for organisme in organismes]
        )
