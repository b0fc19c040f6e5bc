from django import forms

from ateliers.contributions.domaine.contributions import CHAMPS
from ateliers.contributions.models import Contribution
from ateliers.sites.models import Hypothese, SiteDemonstrateur
from socle.interface.formulaires import FormulaireModele, FormulaireModeleRevise


class _Champs:
    """What a card holds. The text first: the rest is remembered from one card to the next."""

    def __init__(self, *args, atelier, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hypothese"].queryset = Hypothese.objects.filter(atelier=atelier)
        self.fields["site"].queryset = SiteDemonstrateur.objects.filter(atelier=atelier)
        self.fields["hypothese"].empty_label = "Aucune"
        self.fields["site"].empty_label = "Aucun"
        for nom in ("ressource", "college"):
            self.fields[nom].choices = [("", "Non précisé"), *self.fields[nom].choices[1:]]

    class Meta:
        model = Contribution
        fields = [
            "texte",
            "nature",
            "table",
            "college",
            "ressource",
            "photo",
            "photo_legende",
            "photo_inconnus",
            "hypothese",
            "site",
        ]
        widgets = {
            "texte": forms.Textarea(attrs={"rows": 3, "data-saisie-rapide": ""}),
            "photo": forms.FileInput(attrs={"accept": "image/*"}),
        }
        help_texts = {
            "table": "Numéro ou nom de la table de travail.",
            "photo_legende": "Ce que l’on y voit, en quelques mots, pour qui ne la voit pas.",
            "photo": "Le lieu et l’appareil inscrits dans la photo sont effacés.",
            "photo_inconnus": "La photo reste alors réservée au service pilote et à l’équipe, "
            "jusqu’à ce que ces personnes soient nommées et aient donné leur accord.",
        }

    def valeurs(self) -> dict:
        return {cle: self.cleaned_data[cle] for cle in CHAMPS}


class FormulaireContribution(_Champs, FormulaireModele):
    libelle_envoi = "Ajouter la contribution"
    brouillon = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["texte"].widget.attrs["autofocus"] = True


class FormulaireContributionRevise(_Champs, FormulaireModeleRevise):
    libelle_envoi = "Enregistrer la contribution"
    sans_photo = forms.BooleanField(label="Retirer la photo", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.photo:
            del self.fields["sans_photo"]
