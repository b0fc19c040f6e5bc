"""Save each part of the dossier, one at a time, under its own revision."""

from __future__ import annotations

from django.db import transaction

from candidatures.dossiers import journal
from candidatures.dossiers.choix import CleRubrique
from candidatures.dossiers.domaine.commun import (
    marquer,
    verifier_modification,
    verifier_revision,
    verrouiller,
)
from candidatures.dossiers.models import (
    ActeurAMobiliser,
    Candidature,
    ProjetEnCours,
    RessourcePropre,
    Rubrique,
    SchemaPlanification,
    SectionNote,
)
from socle.journal.domaine import inscrire
from socle.territoires.domaine import creer_perimetre, modifier_perimetre


@transaction.atomic
def enregistrer_section(
    *, candidature: Candidature, cle: str, texte: str, par, revision: int
) -> SectionNote:
    """Save one section. The same text again changes nothing (autosave)."""
    candidature = verrouiller(candidature)
    verifier_modification(candidature, par)
    section = candidature.sections.select_for_update().get(cle=cle)
    texte = texte.strip()
    if section.texte == texte:
        return section
    verifier_revision(section, revision)
    section.texte = texte
    marquer(section, par, "texte")
    inscrire(journal.REDIGEE, objet=candidature, par=par, partie=section.get_cle_display())
    return section


def _ouvrir(candidature, cle, par, revision) -> tuple[Candidature, Rubrique]:
    candidature = verrouiller(candidature)
    verifier_modification(candidature, par)
    rubrique = candidature.rubriques.select_for_update().get(cle=cle)
    verifier_revision(rubrique, revision)
    return candidature, rubrique


def _fermer(candidature, rubrique, par) -> Rubrique:
    marquer(rubrique, par)
    inscrire(journal.REDIGEE, objet=candidature, par=par, partie=rubrique.get_cle_display())
    return rubrique


@transaction.atomic
def enregistrer_identite(
    *, candidature: Candidature, titre: str, perimetre: dict | None, par, revision: int
) -> Rubrique:
    """`perimetre`: {"communes": …, "epcis": …, "zones": …}, or None to leave it unset."""
    candidature, rubrique = _ouvrir(candidature, CleRubrique.IDENTITE, par, revision)
    candidature.titre = titre.strip()
    if perimetre and candidature.perimetre_id:
        modifier_perimetre(candidature.perimetre, nom=candidature.titre, **perimetre)
    elif perimetre:
        candidature.perimetre = creer_perimetre(nom=candidature.titre, **perimetre)
    candidature.save(update_fields=["titre", "perimetre", "modifiee_le"])
    return _fermer(candidature, rubrique, par)


@transaction.atomic
def enregistrer_ressources(
    *, candidature: Candidature, textes: dict[str, str], par, revision: int
) -> Rubrique:
    """`textes` by nature; an empty text means that nothing is said of it."""
    candidature, rubrique = _ouvrir(candidature, CleRubrique.RESSOURCES, par, revision)
    candidature.ressources.all().delete()
    RessourcePropre.objects.bulk_create(
        RessourcePropre(candidature=candidature, nature=nature, texte=texte.strip())
        for nature, texte in textes.items()
        if texte.strip()
    )
    return _fermer(candidature, rubrique, par)


def _remplacer(modele, cle, candidature, lignes, par, revision) -> Rubrique:
    candidature, rubrique = _ouvrir(candidature, cle, par, revision)
    modele.objects.filter(candidature=candidature).delete()
    modele.objects.bulk_create(modele(candidature=candidature, **ligne) for ligne in lignes)
    return _fermer(candidature, rubrique, par)


@transaction.atomic
def enregistrer_projets(*, candidature, lignes: list[dict], par, revision: int) -> Rubrique:
    """Replace the projets en cours: intitule, porteur, avancement."""
    return _remplacer(ProjetEnCours, CleRubrique.PROJETS, candidature, lignes, par, revision)


@transaction.atomic
def enregistrer_schemas(*, candidature, lignes: list[dict], par, revision: int) -> Rubrique:
    """Replace the schémas: nature, intitule, etat, annee."""
    return _remplacer(SchemaPlanification, CleRubrique.SCHEMAS, candidature, lignes, par, revision)


@transaction.atomic
def enregistrer_acteurs(*, candidature, lignes: list[dict], par, revision: int) -> Rubrique:
    """Replace the acteurs à mobiliser: college, nom, attente."""
    return _remplacer(ActeurAMobiliser, CleRubrique.ACTEURS, candidature, lignes, par, revision)


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
    candidature.themes.set(themes)
    candidature.stade = stade
    candidature.programmes = list(programmes)
    candidature.blocages = blocages.strip()
    candidature.gouvernance = gouvernance.strip()
    candidature.save(
        update_fields=["stade", "programmes", "blocages", "gouvernance", "modifiee_le"]
    )
    return _fermer(candidature, rubrique, par)
