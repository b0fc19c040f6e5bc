"""Save each part of the dossier, one at a time, under its own revision."""

from __future__ import annotations

from uuid import uuid4

from django.db import transaction

from candidatures.dispositifs.choix import FamilleTheme, RessourceNature
from candidatures.dossiers import journal
from candidatures.dossiers.choix import CleRubrique
from candidatures.dossiers.domaine.champs import CHAMPS
from candidatures.dossiers.domaine.commun import (
    marquer,
    verifier_modification,
    verifier_revision,
    verrouiller,
)
from candidatures.dossiers.domaine.emprises import suivre_le_perimetre
from candidatures.dossiers.domaine.lignes_note import LIGNES, texte_cellule
from candidatures.dossiers.domaine.recherche import indexer
from candidatures.dossiers.domaine.revisions import noter
from candidatures.dossiers.models import Candidature, RessourcePropre, Rubrique, SectionNote
from socle.interface.saisie import normaliser
from socle.journal.domaine import inscrire
from socle.territoires.domaine import creer_perimetre, modifier_perimetre


@transaction.atomic
def enregistrer_section(
    *, candidature: Candidature, cle: str, texte: str, par, revision: int
) -> SectionNote:
    """Save one section. The same text again changes nothing (autosave)."""
    candidature = verrouiller(candidature)
    verifier_modification(candidature, par, f"section:{cle}")
    section = candidature.sections.select_for_update().get(cle=cle)
    texte = normaliser(texte)
    if section.texte == texte:
        return section
    verifier_revision(section, revision)
    noter(candidature, {f"section.{cle}": (section.texte, texte)}, par)
    section.texte = texte
    marquer(section, par, "texte")
    inscrire(journal.REDIGEE, objet=candidature, par=par, partie=section.get_cle_display())
    return section


def _ouvrir(candidature, cle, par, revision) -> tuple[Candidature, Rubrique]:
    candidature = verrouiller(candidature)
    verifier_modification(candidature, par, f"rubrique:{cle}")
    rubrique = candidature.rubriques.select_for_update().get(cle=cle)
    verifier_revision(rubrique, revision)
    return candidature, rubrique


def _valeurs(candidature, noms) -> dict[str, str]:
    return {nom: CHAMPS[nom].lire(candidature) for nom in noms}


def _noter_ecarts(candidature, avant: dict[str, str], par) -> None:
    apres = _valeurs(candidature, avant)
    noter(candidature, {nom: (avant[nom], apres[nom]) for nom in avant}, par)


def _fermer(candidature, rubrique, par) -> Rubrique:
    marquer(rubrique, par)
    inscrire(journal.REDIGEE, objet=candidature, par=par, partie=rubrique.get_cle_display())
    return rubrique


@transaction.atomic
def enregistrer_identite(
    *,
    candidature: Candidature,
    titre: str,
    perimetre: dict | None,
    trace: str | None = None,
    parcelles: str | None = None,
    par,
    revision: int,
) -> Rubrique:
    """`perimetre`: {"communes": …, "epcis": …, "zones": …}; None leaves a value as it is."""
    candidature, rubrique = _ouvrir(candidature, CleRubrique.IDENTITE, par, revision)
    avant = _valeurs(candidature, ("titre", "perimetre", "trace", "parcelles"))
    candidature.titre = titre.strip()
    if perimetre and candidature.perimetre_id:
        candidature.perimetre = modifier_perimetre(
            candidature.perimetre, nom=candidature.titre, **perimetre
        )
    elif perimetre:
        candidature.perimetre = creer_perimetre(nom=candidature.titre, **perimetre)
    candidature.save(update_fields=["titre", "perimetre", "modifiee_le"])
    for nom, valeur in (("trace", trace), ("parcelles", parcelles)):
        if valeur is not None and normaliser(valeur) != avant[nom]:
            CHAMPS[nom].ecrire(candidature, normaliser(valeur), par)
    if perimetre:
        suivre_le_perimetre(candidature)
    _noter_ecarts(candidature, avant, par)
    indexer(candidature)
    return _fermer(candidature, rubrique, par)


@transaction.atomic
def enregistrer_ressources(
    *, candidature: Candidature, textes: dict[str, str], par, revision: int
) -> Rubrique:
    """`textes` by nature; an empty text means that nothing is said of it."""
    candidature, rubrique = _ouvrir(candidature, CleRubrique.RESSOURCES, par, revision)
    noms = tuple(f"ressource.{nature.value}" for nature in RessourceNature)
    avant = _valeurs(candidature, noms)
    candidature.ressources.all().delete()
    RessourcePropre.objects.bulk_create(
        RessourcePropre(candidature=candidature, nature=nature, texte=normaliser(texte))
        for nature, texte in textes.items()
        if texte.strip()
    )
    _noter_ecarts(candidature, avant, par)
    return _fermer(candidature, rubrique, par)


def _cellules(genre, lignes) -> dict[str, str]:
    return {
        f"{genre.nom}.{ligne['cle']}.{colonne}": texte_cellule(ligne.get(colonne))
        for ligne in lignes
        for colonne in genre.colonnes
    }


def _remplacer(nom, candidature, lignes, par, revision) -> Rubrique:
    """`lignes` with the `cle` of those already stored; what goes away stays in the revisions."""
    genre = LIGNES[nom]
    candidature, rubrique = _ouvrir(candidature, genre.partie, par, revision)
    stockees = genre.modele.objects.filter(candidature=candidature)
    avant = _cellules(genre, stockees.values("cle", *genre.colonnes))
    lignes = [{**ligne, "cle": ligne.get("cle") or uuid4()} for ligne in lignes]
    apres = _cellules(genre, lignes)
    stockees.delete()
    genre.modele.objects.bulk_create(
        genre.modele(candidature=candidature, **ligne) for ligne in lignes
    )
    disparues = {n: (avant[n], "") for n in avant if n not in apres}
    noter(candidature, disparues, par, toujours=True)
    noter(candidature, {n: (avant.get(n, ""), apres[n]) for n in apres}, par)
    return _fermer(candidature, rubrique, par)


@transaction.atomic
def enregistrer_projets(*, candidature, lignes: list[dict], par, revision: int) -> Rubrique:
    """Replace the projets en cours: intitule, porteur, avancement."""
    return _remplacer("projets", candidature, lignes, par, revision)


@transaction.atomic
def enregistrer_schemas(*, candidature, lignes: list[dict], par, revision: int) -> Rubrique:
    """Replace the schémas: nature, intitule, etat, annee."""
    return _remplacer("schemas", candidature, lignes, par, revision)


@transaction.atomic
def enregistrer_acteurs(*, candidature, lignes: list[dict], par, revision: int) -> Rubrique:
    """Replace the acteurs à mobiliser: college, nom, attente."""
    return _remplacer("acteurs", candidature, lignes, par, revision)


@transaction.atomic
def enregistrer_themes(
    *,
    candidature: Candidature,
    themes,
    stade: str,
    programmes: list[str] = (),
    blocages: str = "",
    gouvernance: str = "",
    par,
    revision: int,
) -> Rubrique:
    candidature, rubrique = _ouvrir(candidature, CleRubrique.THEMES, par, revision)
    noms = ("stade", "programmes", "blocages", "gouvernance")
    noms += tuple(f"themes.{famille.value}" for famille in FamilleTheme)
    avant = _valeurs(candidature, noms)
    candidature.themes.set(themes)
    candidature.stade = stade
    candidature.programmes = list(programmes)
    candidature.blocages = normaliser(blocages)
    candidature.gouvernance = normaliser(gouvernance)
    candidature.save(
        update_fields=["stade", "programmes", "blocages", "gouvernance", "modifiee_le"]
    )
    _noter_ecarts(candidature, avant, par)
    return _fermer(candidature, rubrique, par)
