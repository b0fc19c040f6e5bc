"""The fields of « Qui a écrit quoi »: in the order of the note, each under a name of its own."""

from __future__ import annotations

from candidatures.dispositifs.choix import FamilleTheme, RessourceNature
from candidatures.dossiers.choix import CleRubrique, CleSection
from candidatures.dossiers.domaine import champs as catalogue
from candidatures.dossiers.domaine.champ_question import PREFIXE, libelles
from candidatures.dossiers.domaine.formulaire import formulaire
from candidatures.dossiers.domaine.lignes_note import LIGNES
from candidatures.dossiers.models import Candidature
from socle.erreurs import ErreurMetier

RANGS = {
    nom: rang
    for rang, nom in enumerate(
        (
            "titre",
            "perimetre",
            *(f"section.{cle.value}" for cle in CleSection),
            *(f"ressource.{nature.value}" for nature in RessourceNature),
            "projets",
            "schemas",
            *(f"themes.{famille.value}" for famille in FamilleTheme),
            "stade",
            "programmes",
            "blocages",
            "gouvernance",
            "acteurs",
            "question",
        )
    )
}
APRES = len(RANGS)


def libelle_de(nom: str) -> str:
    try:
        return catalogue.trouver(nom).libelle
    except ErreurMetier:
        return nom.partition(".")[2] or nom


def placer(candidature: Candidature, noms) -> dict[str, tuple[tuple, str]]:
    """For each field: its place and its name. Rows that are gone come after those that remain."""
    noms = list(noms)
    lignes = {genre: _rangs_des_lignes(candidature, genre, noms) for genre in LIGNES}
    questions = {}
    if any(nom.startswith(PREFIXE) for nom in noms):
        posees = formulaire(candidature).questions
        questions = {cle: (APRES, libelle) for cle, libelle in libelles(candidature).items()}
        questions |= {q.cle: (rang, q.libelle) for rang, q in enumerate(posees)}
    places = {}
    for nom in noms:
        if lu := catalogue.LIGNE.match(nom):
            places[nom] = _placer_cellule(lignes[lu[1]][lu[2]], *lu.groups())
        elif nom.startswith(PREFIXE):
            inconnue = (APRES, nom.removeprefix(PREFIXE).replace("_", " ").capitalize())
            rang, libelle = questions.get(nom.removeprefix(PREFIXE), inconnue)
            places[nom] = (RANGS["question"], rang, 0), f"Question «\u00a0{libelle}\u00a0»"
        else:
            places[nom] = (RANGS.get(nom, APRES), 0, 0), libelle_de(nom)
    return places


def _rangs_des_lignes(candidature, genre: str, noms) -> dict[str, tuple[bool, int]]:
    """Key of each row → (gone, its rank)."""
    lus = [lu for nom in noms if (lu := catalogue.LIGNE.match(nom)) and lu[1] == genre]
    if not lus:
        return {}
    stockees = LIGNES[genre].modele.objects.filter(candidature=candidature)
    presentes = [str(cle) for cle in stockees.values_list("cle", flat=True)]
    retirees = sorted({lu[2] for lu in lus} - set(presentes))
    rangs = {cle: (False, rang) for rang, cle in enumerate(presentes, 1)}
    return rangs | {cle: (True, rang) for rang, cle in enumerate(retirees, 1)}


def _placer_cellule(place: tuple[bool, int], nom: str, cle: str, colonne: str):
    retiree, rang = place
    genre = LIGNES[nom]
    colonnes = [champ.name for champ in genre.modele._meta.concrete_fields]
    titre = str(genre.modele._meta.get_field(colonne).verbose_name)
    ligne = f"ligne retirée {rang}" if retiree else f"ligne {rang}"
    libelle = f"{CleRubrique(genre.partie).label}, {ligne}\u00a0: {titre}"
    return (RANGS[nom], APRES * retiree + rang, colonnes.index(colonne)), libelle
