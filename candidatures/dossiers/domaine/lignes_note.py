"""Rows of the note (projets, schémas, acteurs), saved cell by cell.

A row appears with its first text and disappears when its texts are all empty; what it held
stays in the revisions, and comes back with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model

from candidatures.dossiers.choix import CleRubrique, EtatSchema, NatureSchema
from candidatures.dossiers.models import (
    ActeurAMobiliser,
    ProjetEnCours,
    RevisionChamp,
    SchemaPlanification,
)
from socle.erreurs import ErreurMetier

LIGNES_MAX = 40


@dataclass(frozen=True)
class GenreLigne:
    """`textes` make the row exist; `choix` have a first value, shown as chosen on a new row."""

    nom: str
    modele: type[Model]
    partie: str
    textes: tuple[str, ...]
    choix: tuple[tuple[str, str], ...] = ()

    @property
    def colonnes(self) -> tuple[str, ...]:
        return (*(nom for nom, _ in self.choix), *self.textes)

    def defauts(self) -> dict:
        return dict(self.choix)


LIGNES = {
    "projets": GenreLigne(
        "projets", ProjetEnCours, CleRubrique.PROJETS, ("intitule", "porteur", "avancement")
    ),
    "schemas": GenreLigne(
        "schemas",
        SchemaPlanification,
        CleRubrique.SCHEMAS,
        ("intitule", "annee"),
        (("nature", NatureSchema.values[0]), ("etat", EtatSchema.values[0])),
    ),
    "acteurs": GenreLigne(
        "acteurs",
        ActeurAMobiliser,
        CleRubrique.ACTEURS,
        ("nom", "attente"),
        (("college", ""),),  # nobody is an élu by default
    ),
}


def lignes_sans_titre(candidature, nom: str) -> list[tuple[int, str]]:
    """(rank on the page, what it says) of the rows that name nothing: « • , Lucheux »."""
    genre = LIGNES[nom]
    titre = "nom" if nom == "acteurs" else "intitule"
    lignes = sorted(getattr(candidature, nom).all(), key=lambda ligne: ligne.pk)
    return [
        (rang, ", ".join(texte_cellule(v) for c in genre.textes if (v := getattr(ligne, c))))
        for rang, ligne in enumerate(lignes)
        if not getattr(ligne, titre).strip()
    ]


def acteurs_sans_college(candidature) -> list[tuple[int, str]]:
    """(rank on the page, name) of those whose college is still to be chosen."""
    lignes = sorted(candidature.acteurs.all(), key=lambda ligne: ligne.pk)
    return [(rang, str(a)) for rang, a in enumerate(lignes) if not a.college]


def texte_cellule(valeur) -> str:
    return "" if valeur is None else str(valeur)


@dataclass(frozen=True)
class CelluleLigne:
    genre: GenreLigne
    cle: str
    colonne: str

    @property
    def partie(self) -> str:
        return self.genre.partie

    @property
    def libelle(self) -> str:
        nom = str(self.genre.modele._meta.get_field(self.colonne).verbose_name)
        return f"{CleRubrique(self.partie).label}, {nom}"

    @property
    def nom(self) -> str:
        return f"{self.genre.nom}.{self.cle}.{self.colonne}"

    def voisines(self) -> list[str]:
        """The names of the text cells of its row."""
        return [f"{self.genre.nom}.{self.cle}.{texte}" for texte in self.genre.textes]

    def existe(self, candidature) -> bool:
        return self._ligne(candidature) is not None

    def _ligne(self, candidature):
        return self.genre.modele.objects.filter(candidature=candidature, cle=self.cle).first()

    def lire(self, candidature) -> str:
        ligne = self._ligne(candidature)
        return texte_cellule(getattr(ligne, self.colonne)) if ligne else ""

    def ecrire(self, candidature, valeur: str, par) -> None:
        propre = nettoyer(self.genre.modele, self.colonne, valeur)
        ligne = self._ligne(candidature)
        if ligne is None:
            self._creer(candidature, valeur, propre)
            return
        setattr(ligne, self.colonne, propre)
        if any(getattr(ligne, texte) for texte in self.genre.textes):
            ligne.save(update_fields=[self.colonne])
        else:
            ligne.delete()

    def _creer(self, candidature, valeur: str, propre) -> None:
        """The other cells take back what was last typed in them."""
        if self.colonne not in self.genre.textes or not valeur:
            return
        modele = self.genre.modele
        if modele.objects.filter(candidature=candidature).count() >= LIGNES_MAX:
            raise ErreurMetier(f"Vous avez atteint {LIGNES_MAX} lignes.")
        try:
            UUID(self.cle)
        except ValueError:
            raise ErreurMetier("Ce champ n’existe plus : rechargez la page.") from None
        gardees = RevisionChamp.objects.filter(
            candidature=candidature, champ__startswith=f"{self.genre.nom}.{self.cle}."
        ).order_by("champ", "-revision")
        cellules = self.genre.defauts()
        for revision in gardees.distinct("champ"):
            colonne = revision.champ.rpartition(".")[2]
            cellules[colonne] = nettoyer(modele, colonne, revision.valeur)
        cellules[self.colonne] = propre
        modele.objects.create(candidature=candidature, cle=self.cle, **cellules)


def phrase_de(erreur: ValidationError) -> str:
    if getattr(erreur, "code", "") == "invalid_choice":
        return "Choisissez une valeur de la liste."
    if getattr(erreur, "code", "") in ("blank", "null"):
        return "Écrivez une réponse : ce champ ne peut pas rester vide."
    return " ".join(erreur.messages)


def nettoyer(modele, colonne: str, valeur: str):
    """The stored value of a typed text, or a sentence."""
    champ = modele._meta.get_field(colonne)
    if not valeur and champ.null:
        return None
    try:
        propre = champ.clean(valeur, None)
    except ValidationError as erreur:
        raise ErreurMetier(phrase_de(erreur)) from None
    if colonne == "annee" and not 1960 <= propre <= 2100:
        raise ErreurMetier("Cette année n’est pas plausible.")
    return propre
