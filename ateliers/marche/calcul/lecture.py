"""The ranking and the skills of one consultation, computed again at each reading."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

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


@dataclass(frozen=True)
class Couverture:
    """One skill asked: what the team brings, and what is missing."""

    discipline: str
    libelle: str
    demandes: Decimal
    apportes: Decimal
    presente: bool
    comptee: bool

    @property
    def manque(self) -> str:
        if not self.presente:
            return f"{self.libelle} : personne dans l’équipe"
        if not self.comptee and self.apportes < self.demandes:
            return f"{self.libelle} : jours non indiqués, {_jours(self.demandes)} demandés"
        if self.apportes < self.demandes:
            return f"{self.libelle} : {_jours(self.apportes)} sur {_jours(self.demandes)} demandés"
        return ""


def _jours(valeur) -> str:
    texte = f"{valeur.normalize():f}".replace(".", ",")
    return f"{texte}\u00a0jour{'s' if valeur >= 2 else ''}"


def couverture(competences, apports) -> list[Couverture]:
    """Skills asked [(discipline, days)] against (discipline, days or None) of each member."""
    totaux: dict[str, Decimal] = {}
    for discipline, jours in apports:
        if discipline:
            totaux[discipline] = totaux.get(discipline, Decimal(0)) + (jours or 0)
    return [
        Couverture(
            discipline=discipline,
            libelle=Discipline(discipline).label,
            demandes=Decimal(jours),
            apportes=totaux.get(discipline, Decimal(0)),
            presente=discipline in totaux,
            comptee=all(jours is not None for d, jours in apports if d == discipline),
        )
        for discipline, jours in competences
    ]


def apports_offre(offre):
    return [(offre.discipline, offre.jours)] + [
        (membre.discipline, membre.jours) for membre in offre.membres.all()
    ]


def couverture_equipe(equipe, competences) -> list[Couverture]:
    """The team in place against the skills asked; empty without a team."""
    if equipe is None:
        return []
    apports = [(equipe.discipline, equipe.jours)] + [
        (membre.discipline, membre.jours)
        for membre in equipe.membres.all()
        if not membre.suppleant  # whose days are those of somebody else
    ]
    return couverture(competences, apports)


def lisibles(competences) -> list[tuple[str, int]]:
    return [(Discipline(discipline).label, jours) for discipline, jours in competences]
