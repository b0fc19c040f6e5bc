"""The grid as a form: one note and one remark per criterion."""

from django import forms

from candidatures.instruction.domaine.grille import CritereLu
from socle.interface.formulaires import FormulaireRevise


def _choix(critere: CritereLu) -> list[tuple[str, str]]:
    return [(str(note), f"{note} – {ancre}") for note, ancre in critere.ancres]


class FormulaireGrille(FormulaireRevise):
    libelle_envoi = ""
    marquer_facultatifs = False

    def __init__(self, *args, criteres=(), notes=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteres = list(criteres)
        self.notes_stockees = notes or {}
        for critere in self.criteres:
            existante = self.notes_stockees.get(critere.pk)
            self.fields[f"note_{critere.pk}"] = forms.TypedChoiceField(
                label="Note",
                choices=_choix(critere),
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

    def champs_saisie(self) -> dict[str, str]:
        """Input name → field of `enregistrer_champ`."""
        champs = {"synthese": "synthese"}
        for critere in self.criteres:
            champs[f"note_{critere.pk}"] = f"note.{critere.pk}"
            champs[f"remarque_{critere.pk}"] = f"remarque.{critere.pk}"
        return champs

    def revisions_saisie(self, revision_synthese: int) -> dict[str, int]:
        revisions = {"synthese": revision_synthese}
        for pk, note in self.notes_stockees.items():
            revisions[f"note.{pk}"] = note.revision
            revisions[f"remarque.{pk}"] = note.revision_remarque
        return revisions

    def notes(self) -> dict:
        return {
            c.pk: (
                self.cleaned_data.get(f"note_{c.pk}"),
                self.cleaned_data.get(f"remarque_{c.pk}", ""),
            )
            for c in self.criteres
        }

    def blocs(self) -> list[dict]:
        """One per criterion, folded once noted; the first without a note is open."""
        lus, ouvert = [], False
        for critere in self.criteres:
            valeur = self[f"note_{critere.pk}"].value()
            vide = valeur in (None, "")
            lus.append(
                {
                    "critere": critere,
                    "note": self[f"note_{critere.pk}"],
                    "remarque": self[f"remarque_{critere.pk}"],
                    "valeur": "" if vide else valeur,
                    "ouvert": vide and not ouvert,
                }
            )
            ouvert = ouvert or vide
        return lus


class FormulaireDepot(FormulaireRevise):
    """Nothing to fill: the revision of what was read."""

    libelle_envoi = "Confirmer le dépôt"
