"""What the candidates wrote: sections, rows, frozen versions, pieces, revisions of fields."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from candidatures.dispositifs.choix import College, RessourceNature
from candidatures.dispositifs.models import PieceRequise
from candidatures.dossiers.choix import CleRubrique, CleSection, NatureSchema
from candidatures.dossiers.domaine.versions import empreinte
from candidatures.dossiers.models import (
    ActeurAMobiliser,
    Piece,
    ProjetEnCours,
    RessourcePropre,
    RevisionChamp,
    Rubrique,
    SchemaPlanification,
    SectionNote,
    VersionNote,
)
from config.banc.textes import FICHIERS, PARTICULIERS, note

LOT = 4000
TRANCHE = 500
PIECES = 4


def ecrire(monde, candidatures) -> None:
    """By slices, so that the memory stays flat."""
    requises = {}
    for piece in PieceRequise.objects.order_by("ordre", "pk"):
        requises.setdefault(piece.dispositif_id, []).append(piece)
    for debut in range(0, len(candidatures), TRANCHE):
        tranche = candidatures[debut : debut + TRANCHE]
        textes = {c.pk: _sections(monde.hasard, c) for c in tranche}
        SectionNote.objects.bulk_create([s for t in textes.values() for s in t], batch_size=LOT)
        Rubrique.objects.bulk_create(
            [Rubrique(candidature=c, cle=cle, revision=1) for c in tranche for cle in CleRubrique],
            batch_size=LOT,
        )
        _lignes(monde.hasard, tranche)
        _pieces(monde, tranche, requises)
        _versions(tranche, textes)
        _revisions(tranche, textes)


def _sections(hasard, candidature) -> list[SectionNote]:
    lieu = f" Tout part d’un lieu : {hasard.choice(PARTICULIERS)}."
    return [
        SectionNote(
            candidature=candidature,
            cle=cle,
            texte=note(hasard, 10) + (lieu if cle == CleSection.OBJET else ""),
            revision=1,
        )
        for cle in CleSection
    ]


def _cle(hasard) -> UUID:
    return UUID(int=hasard.getrandbits(128))


def _lignes(hasard, tranche) -> None:
    ressources, projets, schemas, acteurs = [], [], [], []
    for c in tranche:
        for nature in list(RessourceNature)[:3]:
            ressources.append(RessourcePropre(candidature=c, nature=nature, texte=note(hasard, 3)))
        for i in range(2):
            projets.append(
                ProjetEnCours(
                    candidature=c,
                    cle=_cle(hasard),
                    intitule=f"Projet {i + 1} du territoire",
                    porteur="Commune centre",
                    avancement="Études en cours",
                )
            )
            schemas.append(
                SchemaPlanification(
                    candidature=c,
                    cle=_cle(hasard),
                    nature=hasard.choice(NatureSchema.values),
                    intitule="Document approuvé",
                    annee=2015 + i,
                )
            )
            acteurs.append(
                ActeurAMobiliser(
                    candidature=c,
                    cle=_cle(hasard),
                    college=hasard.choice(College.values),
                    nom="Association des habitants",
                    attente="Une connaissance des usages",
                )
            )
    for lignes in (ressources, projets, schemas, acteurs):
        type(lignes[0]).objects.bulk_create(lignes, batch_size=LOT)


def _pieces(monde, tranche, requises) -> None:
    """Four files, the first ones against what the dispositif requires. Nothing on disk."""
    hasard, toutes = monde.hasard, []
    for c in tranche:
        demandees = requises[c.appel.dispositif_id]
        for i in range(PIECES):
            nom = f"{hasard.choice(FICHIERS)} {i + 1}.pdf"
            toutes.append(
                Piece(
                    candidature=c,
                    piece_requise=demandees[i] if i < len(demandees) else None,
                    fichier=f"candidatures/pieces/{_cle(hasard).hex}.pdf",
                    nom=nom,
                    mime="application/pdf",
                    sha256=f"{hasard.getrandbits(256):064x}",
                    taille=hasard.randint(40_000, 4_000_000),
                    deposee_par_id=c.cree_par_id,
                )
            )
    Piece.objects.bulk_create(toutes, batch_size=LOT)


def _versions(tranche, textes) -> None:
    """One frozen version per deposited dossier, with the same key as its candidature."""
    figees, maintenant = [], timezone.now()
    for c in tranche:
        if not c.deposee_le:
            continue
        fige = {
            "reference": c.reference,
            "titre": c.titre,
            "sections": [
                {"cle": s.cle, "titre": s.get_cle_display(), "texte": s.texte} for s in textes[c.pk]
            ],
            "blocages": c.blocages,
            "gouvernance": c.gouvernance,
        }
        figees.append(
            VersionNote(
                pk=c.pk,
                candidature=c,
                numero=1,
                contenu=fige,
                sha256=empreinte(fige),
                figee_le=maintenant,
                figee_par_id=c.cree_par_id,
                motif="Dépôt",
            )
        )
    VersionNote.objects.bulk_create(figees, batch_size=500)


def _revisions(tranche, textes) -> None:
    maintenant = timezone.now()
    RevisionChamp.objects.bulk_create(
        [
            RevisionChamp(
                candidature=c,
                champ=f"section.{s.cle}",
                revision=1,
                valeur=s.texte,
                par_id=c.cree_par_id,
                le=maintenant,
            )
            for c in tranche
            for s in textes[c.pk][:3]
        ],
        batch_size=LOT,
    )
