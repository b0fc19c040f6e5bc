from django import forms

from candidatures.appels.choix import EtatAppel
from candidatures.appels.models import Appel
from socle.interface.formulaires import FormulaireDsfr


class FormulaireImport(FormulaireDsfr):
    """A table, and the call that these candidatures answered."""

    libelle_envoi = "Vérifier le fichier"
    brouillon = False
    appel = forms.ModelChoiceField(
        Appel.objects.exclude(etat=EtatAppel.BROUILLON),
        label="Appel auquel répondent ces candidatures",
        empty_label="Choisir un appel",
    )
    fichier = forms.FileField(
        label="Fichier",
        help_text="CSV, XLSX ou ODS, 2 Mo au plus. Rien n’est écrit avant votre accord.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
        max_length=200,
    )
