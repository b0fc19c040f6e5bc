from django import forms
from django.conf import settings

from ateliers.parcours.forms.champs import ChampJour
from candidatures.dossiers.domaine.types_fichiers import ACCEPTES
from socle.interface.formulaires import FormulaireDsfr, FormulaireRevise


class FormulaireVersion(FormulaireDsfr):
    libelle_envoi = "Déposer cette version"
    fichier = forms.FileField(label="Fichier")
    remarque = forms.CharField(
        label="Ce qui change dans cette version",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        limite = settings.TAILLE_MAX_PIECE // 1024 // 1024
        self.fields["fichier"].help_text = f"{ACCEPTES}, {limite}\u00a0Mo au plus."


class FormulaireEcheance(FormulaireDsfr):
    libelle_envoi = "Enregistrer l’échéance"
    attendu_le = ChampJour(
        label="Attendu le",
        required=False,
        help_text="Laissez vide pour que l’échéance suive la séance, report compris.",
    )


class FormulaireCompteRendu(FormulaireRevise):
    libelle_envoi = "Enregistrer le compte rendu"
    texte = forms.CharField(
        label="Ce qui s’est dit",
        help_text="Séparez les paragraphes par une ligne vide.",
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    decisions = forms.CharField(
        label="Décisions et suites",
        required=False,
        help_text="Une décision par ligne : qui fait quoi, pour quand.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
