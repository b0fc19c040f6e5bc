"""Fields shared by the forms of an atelier."""

from datetime import datetime

from django import forms

from socle.interface.formulaires import FormulaireDsfr, phrase_requise

VIERGES_MONTREES = 2
REPLI_DES = 3


class ChampJour(forms.DateField):
    def __init__(self, **options):
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**options)


class ChampHeure(forms.TimeField):
    def __init__(self, **options):
        options.setdefault("widget", forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
        super().__init__(**options)


class ChampMontant(forms.DecimalField):
    def __init__(self, **options):
        options.setdefault("max_digits", 12)
        options.setdefault("decimal_places", 2)
        options.setdefault(
            "widget", forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"})
        )
        super().__init__(**options)


class FormulaireDates(FormulaireDsfr):
    """Two moments, read in the site's time zone: `debut` and `fin` without a zone."""

    jour_debut = ChampJour(label="Premier jour")
    heure_debut = ChampHeure(label="Heure de début")
    jour_fin = ChampJour(label="Dernier jour")
    heure_fin = ChampHeure(label="Heure de fin")

    def clean(self):
        donnees = super().clean()
        if len({"jour_debut", "heure_debut", "jour_fin", "heure_fin"} & set(donnees)) < 4:
            return donnees
        donnees["debut"] = datetime.combine(donnees["jour_debut"], donnees["heure_debut"])
        donnees["fin"] = datetime.combine(donnees["jour_fin"], donnees["heure_fin"])
        if donnees["fin"] < donnees["debut"]:
            self.add_error("jour_fin", "La fin ne peut pas précéder le début.")
        return donnees


class FormulaireLignes(FormulaireDsfr):
    """A form that ends with rows of the same fields; empty rows are dropped.

    `champs_ligne()` gives the fields of a row; a row counts when its field `pivot` is filled.
    Rows are read in `lignes_saisies()`, shown by `lignes`.
    """

    pivot = "nom"
    vierges = 3
    titre_ligne = "Ligne"

    def __init__(self, *args, lignes=(), vierges=None, **options):
        super().__init__(*args, **options)
        self.vierges = vierges or self.vierges
        self.nombre = max(len(lignes) + self.vierges, self._nombre_envoye())
        for rang in range(self.nombre):
            valeurs = lignes[rang] if rang < len(lignes) else {}
            for nom, champ in self.champs_ligne().items():
                obligatoire = champ.required
                champ.required = False
                champ.exige = obligatoire
                champ.initial = valeurs.get(nom, champ.initial)
                self.fields[f"ligne{rang}_{nom}"] = champ

    def situer(self, champ) -> str:
        """« Séquence 2, Durée » : which row an error is on."""
        rang, _, nom = champ.name.removeprefix("ligne").partition("_")
        if champ.name.startswith("ligne") and rang.isdigit() and nom:
            return f"{self.titre_ligne} {int(rang) + 1}, {champ.label}"
        return str(champ.label)

    def champs_ligne(self) -> dict:
        raise NotImplementedError

    def _nombre_envoye(self) -> int:
        rangs = [
            int(cle.removeprefix("ligne").split("_")[0])
            for cle in self.data
            if cle.startswith("ligne") and cle.removeprefix("ligne").split("_")[0].isdigit()
        ]
        return min(max(rangs, default=-1) + 1, 40)

    def clean(self):
        donnees = super().clean()
        for rang in range(self.nombre):
            if donnees.get(f"ligne{rang}_{self.pivot}"):
                self._exiger(donnees, rang)
        return donnees

    def _exiger(self, donnees, rang):
        for nom in self.champs_ligne():
            cle = f"ligne{rang}_{nom}"
            if self.fields[cle].exige and donnees.get(cle) in (None, "") and cle in donnees:
                self.add_error(cle, phrase_requise(self.fields[cle]))

    @property
    def champs_de_tete(self):
        return [champ for champ in self.visible_fields() if not champ.name.startswith("ligne")]

    @property
    def lignes(self):
        """Bound fields, row by row."""
        noms = list(self.champs_ligne())
        rangees = [[self[f"ligne{r}_{n}"] for n in noms] for r in range(self.nombre)]
        return [[champ for champ in rangee if not champ.is_hidden] for rangee in rangees]

    @property
    def montrees(self) -> int:
        """Rows in full view: those that hold something or are refused, and two empty ones. The
        others are folded, where there are enough of them.
        """
        pleines = [r for r in range(self.nombre) if self._occupee(r)]
        montrees = max(pleines, default=-1) + 1 + VIERGES_MONTREES
        return montrees if self.nombre - montrees >= REPLI_DES else self.nombre

    def _occupee(self, rang) -> bool:
        """A list always holds its first choice: it tells nothing, unless it is the pivot."""
        for nom, champ in self.champs_ligne().items():
            cle = f"ligne{rang}_{nom}"
            parle = nom == self.pivot or not isinstance(champ, forms.ChoiceField)
            if cle in self.errors or (parle and self[cle].value()):
                return True
        return False

    @property
    def repliees(self) -> int:
        return self.nombre - self.montrees

    def lignes_saisies(self) -> list[dict]:
        resultat = []
        for rang in range(self.nombre):
            ligne = {
                nom: self.cleaned_data.get(f"ligne{rang}_{nom}") for nom in self.champs_ligne()
            }
            if ligne[self.pivot]:
                resultat.append(ligne)
        return resultat
