from django import forms

from candidatures.dossiers.domaine.types_fichiers import ACCEPTES
from socle.interface.formulaires import FormulaireDsfr


class SaisieFichiers(forms.ClearableFileInput):
    allow_multiple_selected = True


class ChampFichiers(forms.FileField):
    """Several files at once, as a list."""

    widget = SaisieFichiers

    def clean(self, data, initial=None):
        donnees = data if isinstance(data, list | tuple) else [data]
        return [super(ChampFichiers, self).clean(d, initial) for d in donnees if d]


class FormulaireMessage(FormulaireDsfr):
    libelle_envoi = "Envoyer"

    texte = forms.CharField(label="Votre message", widget=forms.Textarea(attrs={"rows": 5}))
    fichiers = ChampFichiers(
        label="Fichiers joints", required=False, help_text=f"{ACCEPTES}, cinq au plus."
    )
