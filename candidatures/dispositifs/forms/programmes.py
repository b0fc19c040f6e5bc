"""The list of a programme: a file first, then the same text again once it was read."""

from django import forms

from candidatures.dispositifs.choix import NatureZonage
from socle.interface.formulaires import FormulaireDsfr

TAILLE_MAX = 2_000_000


class FormulaireListe(FormulaireDsfr):
    libelle_envoi = "Vérifier le fichier"
    brouillon = False
    marquer_facultatifs = False
    source = forms.CharField(
        label="Source", help_text="Par exemple : ANCT, liste du 15 mars 2026.", max_length=200
    )
    fichier = forms.FileField(
        label="Fichier CSV",
        help_text="Trois colonnes : programme;code_insee_ou_siren;annee. Rien n’est écrit avant "
        "votre accord.",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )
    contenu = forms.CharField(widget=forms.HiddenInput, required=False, max_length=TAILLE_MAX)

    def clean(self):
        donnees = super().clean()
        fichier = donnees.get("fichier")
        if fichier is None:
            if not donnees.get("contenu"):
                self.add_error("fichier", "Choisissez un fichier.")
            return donnees
        if fichier.size > TAILLE_MAX:
            self.add_error("fichier", "Ce fichier est trop lourd : 2 Mo au plus.")
            return donnees
        octets = fichier.read()
        try:
            donnees["contenu"] = octets.decode("utf-8-sig")
        except UnicodeDecodeError:
            donnees["contenu"] = octets.decode("cp1252", "replace")
        return donnees


class FormulaireZonages(FormulaireListe):
    """The same two steps, for zonings and risks."""

    remplacer = forms.BooleanField(
        label="Remplacer les listes de même nature",
        help_text="Ce qui figurait dans les listes des mêmes zonages laisse la place à ce fichier. "
        "Les fiches déjà figées ne changent pas.",
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].help_text = "Par exemple : préfecture de la Somme, 15 mars 2026."
        self.fields["fichier"].help_text = (
            "Quatre colonnes\u00a0: zonage;code_insee;precision;date (AAAA-MM-JJ ou vide). Le "
            f"zonage est l’un de ces mots\u00a0: {', '.join(NatureZonage.values)}. Rien n’est "
            "écrit avant votre accord."
        )
