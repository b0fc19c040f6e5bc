from django import forms

from socle.interface.formulaires import FormulaireRevise


class FormulairePresentation(FormulaireRevise):
    nom = forms.CharField(label="Nom de l’atelier", max_length=200)
    presentation = forms.CharField(
        label="Présentation",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Ce que l’atelier cherche, en quelques phrases, pour un habitant.",
    )
    public = forms.BooleanField(
        label="La page de l’atelier est publique",
        required=False,
        help_text="Seul le service pilote peut changer ce réglage.",
    )
