"""The grid as one form: a block per criterion, the last one empty. Usable without script."""

from django import forms

from candidatures.instruction.choix import Ancre
from socle.interface.formulaires import FormulaireDsfr, MixinDsfr


def _bornes(phrase: str) -> dict[str, str]:
    return dict.fromkeys(("required", "invalid", "min_value", "max_value"), phrase)


class FormulaireCritere(MixinDsfr, forms.Form):
    """Emptying the name removes the criterion."""

    use_required_attribute = False
    marquer_facultatifs = False
    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    libelle = forms.CharField(
        label="Critère",
        help_text="Videz ce nom pour retirer le critère.",
        max_length=160,
        required=False,
    )
    aide = forms.CharField(label="Aide", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    poids = forms.IntegerField(
        label="Poids",
        min_value=1,
        max_value=20,
        initial=1,
        error_messages=_bornes("Donnez un poids de 1 à 20."),
    )
    rang = forms.IntegerField(
        label="Rang dans la grille",
        min_value=1,
        max_value=99,
        error_messages=_bornes("Donnez un rang de 1 à 99."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for ancre in Ancre:
            self.fields[f"ancre_{ancre.value}"] = forms.CharField(
                label=f"Niveau {ancre.value}",
                help_text=f"Laissé vide : « {ancre.label} »",
                max_length=300,
                required=False,
            )

    def vide(self) -> bool:
        return not (self.cleaned_data.get("libelle") or "").strip()

    def critere(self) -> dict:
        d = self.cleaned_data
        return {
            "id": d["id"],
            "libelle": d["libelle"],
            "aide": d["aide"],
            "poids": d["poids"],
            "ancres": [d[f"ancre_{a.value}"] for a in Ancre],
        }


class FormulaireGrilleAppel(FormulaireDsfr):
    libelle_envoi = "Enregistrer la grille"
    grille = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *args, criteres=(), **kwargs):
        super().__init__(data, *args, **kwargs)
        initiaux = [self._initial(c, rang) for rang, c in enumerate(criteres, start=1)]
        jeu = forms.formset_factory(FormulaireCritere, extra=2 if initiaux else 3, max_num=20)
        vides = {"poids": 1}
        self.jeu = jeu(data, prefix="criteres", initial=initiaux)
        for rang, critere in enumerate(self.jeu, start=1):
            if rang > len(initiaux):
                critere.initial |= vides | {"rang": rang}

    def _initial(self, critere, rang) -> dict:
        ancres = critere.ancres or [""] * len(Ancre)
        return {
            "id": critere.pk,
            "libelle": critere.libelle,
            "aide": critere.aide,
            "poids": critere.poids,
            "rang": rang,
        } | {f"ancre_{niveau}": texte for niveau, texte in enumerate(ancres)}

    def is_valid(self):
        return super().is_valid() and self.jeu.is_valid()

    def criteres(self) -> list[dict]:
        pleins = [c for c in self.jeu if c.cleaned_data and not c.vide()]
        pleins.sort(key=lambda c: c.cleaned_data["rang"])
        return [c.critere() for c in pleins]
