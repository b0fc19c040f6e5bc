"""Forms of the carriers and of the consulted organisations."""

from django import forms

from candidatures.appels.models import Appel
from candidatures.instruction.choix import SensAvis
from candidatures.instruction.domaine.recevabilite import SANS_CHANGER
from socle.interface.formulaires import FormulaireDsfr


class FormulaireReponse(FormulaireDsfr):
    libelle_envoi = "Transmettre les compléments"
    libelle_confirmation = SANS_CHANGER
    reponse = forms.CharField(
        label="Votre réponse",
        help_text="Ce que vous avez ajouté ou modifié dans le dossier.",
        error_messages={"required": "Écrivez à la DGALN ce que vous avez ajouté ou modifié."},
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class FormulaireAvis(FormulaireDsfr):
    libelle_envoi = "Rendre l’avis"
    libelle_confirmation = "J’ai relu mon avis : il est définitif"
    sens = forms.ChoiceField(label="Sens de l’avis", choices=SensAvis, widget=forms.RadioSelect)
    texte = forms.CharField(
        label="Avis",
        help_text="Une fois rendu, l’avis ne change plus.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class FormulaireReprendre(FormulaireDsfr):
    libelle_envoi = "Reprendre la candidature"
    brouillon = False
    appel = forms.ModelChoiceField(label="Appel", queryset=Appel.objects.none())

    def __init__(self, *args, dispositif, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["appel"].queryset = Appel.objects.ouverts().filter(dispositif=dispositif)
