"""The grid as a form: one note and one remark per criterion."""

from django import forms

from candidatures.appels.domaine.grilles import ancres_de
from socle.interface.formulaires import FormulaireRevise


class FormulaireGrille(FormulaireRevise):
    libelle_envoi = ""

    def __init__(self, *args, criteres=(), notes=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteres = list(criteres)
        notes = notes or {}
        for critere in self.criteres:
            existante = notes.get(critere.pk)
            self.fields[f"note_{critere.pk}"] = forms.TypedChoiceField(
                label="Note",
                choices=[(str(n), f"{n} – {dit}") for n, dit in ancres_de(critere)],
                widget=forms.RadioSelect,
                coerce=int,
                empty_value=None,
                required=False,
                initial=None if existante is None else existante.note,
            )
            self.fields[f"remarque_{critere.pk}"] = forms.CharField(
                label="Remarque",
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
                initial="" if existante is None else existante.remarque,
            )
        self.fields["synthese"] = forms.CharField(
            label="Appréciation générale",
            help_text="Ce que le comité doit retenir de ce dossier.",
            widget=forms.Textarea(attrs={"rows": 4}),
            required=False,
        )

    def notes(self) -> dict:
        return {
            c.pk: (
                self.cleaned_data.get(f"note_{c.pk}"),
                self.cleaned_data.get(f"remarque_{c.pk}", ""),
            )
            for c in self.criteres
        }

    def blocs(self) -> list[dict]:
        """One per criterion, folded once noted."""
        return [
            {
                "critere": critere,
                "note": self[f"note_{critere.pk}"],
                "remarque": self[f"remarque_{critere.pk}"],
                "valeur": self[f"note_{critere.pk}"].value(),
                "ouvert": self[f"note_{critere.pk}"].value() in (None, ""),
            }
            for critere in self.criteres
        ]
