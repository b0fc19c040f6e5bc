"""The ranking and the skills of one consultation, computed again at each reading."""

from __future__ import annotations

from ateliers.cadrage.choix import Discipline
from ateliers.marche.calcul.formule import ANoter, Classee, Regle, classer
from ateliers.marche.models import Offre


def regle_de(consultation) -> Regle:
    return Regle(
        poids={critere.pk: critere.poids for critere in consultation.criteres.all()},
        poids_prix=consultation.poids_prix,
        formule=consultation.formule,
        departage=consultation.departage,
    )


def classables(consultation) -> list[Offre]:
    """Opened, neither set aside nor waiting for their consensus."""
    return list(
        consultation.offres.filter(
            ouverte_le__isnull=False, motif_ecart="", consensus_le__isnull=False
        ).prefetch_related("consensus")
    )


def classement(consultation, offres=None) -> list[Classee]:
    """Computed again at each reading: it never disagrees with the notes."""
    offres = classables(consultation) if offres is None else offres
    return classer(
        [
            ANoter(o.pk, o.prix_ht, {n.critere_id: n.note for n in o.consensus.all()})
            for o in offres
        ],
        regle_de(consultation),
    )


def apports_offre(offre):
    return [(offre.discipline, offre.jours)] + [
        (membre.discipline, membre.jours) for membre in offre.membres.all()
    ]


def lisibles(competences) -> list[tuple[str, int]]:
    return [(Discipline(discipline).label, jours) for discipline, jours in competences]
