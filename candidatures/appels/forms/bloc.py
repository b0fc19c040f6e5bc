"""The rows of a repeatable block: inputs in the page, one text for the autosave."""

from __future__ import annotations

from django import forms

from candidatures.appels.choix import TypeQuestion as T
from candidatures.appels.domaine.blocs import LIGNES_MAX, en_jsonl, lire_jsonl, sous_questions
from candidatures.appels.domaine.valeurs import bloc_depuis_lignes, en_texte
from socle.erreurs import ErreurMetier

VIERGES = 2  # Without script there is no « Ajouter une ligne ».


def anciennes(question) -> list:
    return getattr(question, "anciennes", [])


class LignesDeBloc(forms.Widget):
    """`<nom>-<rang>-<clé>` per cell; with script, the text in `<nom>` says it all.

    `question.anciennes`: columns that a page opened before a revision still sends.
    """

    template_name = "candidatures/appels/bloc.html"
    use_fieldset = True

    def __init__(self, question, attrs=None):
        super().__init__(attrs)
        self.question = question
        self.sous = sous_questions(question)

    @property
    def maximum(self) -> int:
        borne = self.question.maximum
        return int(borne) if borne is not None else LIGNES_MAX

    def id_for_label(self, id_, index=None):
        return id_

    def value_from_datadict(self, data, files, name):
        if data.get(f"{name}-script"):
            try:
                return lire_jsonl(data.get(name, ""))
            except ErreurMetier:
                return []
        lignes = []
        cles = [s.cle for s in self.sous] + [cle for cle, *_ in anciennes(self.question)]
        for rang in range(self.maximum):
            cellules = {cle: data.get(f"{name}-{rang}-{cle}") for cle in cles}
            if any(v is not None for v in cellules.values()):
                lignes.append({c: v for c, v in cellules.items() if v})
        return [ligne for ligne in lignes if ligne]

    def value_omitted_from_data(self, data, files, name):
        return not any(cle.startswith(f"{name}-") for cle in data)

    def _lignes(self, value) -> list[dict]:
        if isinstance(value, dict):
            return lire_jsonl(en_texte(T.BLOC, value))
        return list(value or [])

    def _ligne(self, rang, nom, valeurs) -> dict:
        cellules = [
            {
                "nom": f"{nom}-{rang}-{s.cle}",
                "cle": s.cle,
                "libelle": s.libelle,
                "type": str(s.type),
                "options": s.options,
                "valeur": valeurs.get(s.cle, ""),
            }
            for s in self.sous
        ]
        return {"rang": rang, "cellules": cellules}

    def get_context(self, name, value, attrs):
        contexte = super().get_context(name, None, attrs)
        lignes = self._lignes(value)
        plancher = int(self.question.minimum or 1)
        nombre = min(self.maximum, max(plancher, len(lignes) + VIERGES))
        lignes_vues = lignes + [{}] * (nombre - len(lignes))
        contexte["widget"] |= {
            "lignes": [self._ligne(rang, name, li) for rang, li in enumerate(lignes_vues)],
            "modele": self._ligne("__rang__", name, {}),
            "texte": en_jsonl(lignes),
            "maximum": self.maximum,
            "libelles": {s.cle: s.libelle for s in self.sous},
        }
        return contexte


class ChampBloc(forms.Field):
    def __init__(self, question, **kwargs):
        super().__init__(widget=LignesDeBloc(question), **kwargs)
        self.question = question

    def clean(self, value):
        try:
            return bloc_depuis_lignes(self.question, value or [], anciennes(self.question))
        except ErreurMetier as erreur:
            raise forms.ValidationError(str(erreur)) from None
