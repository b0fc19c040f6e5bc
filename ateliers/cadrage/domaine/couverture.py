"""The skills that the cahier des charges asks, against those of a team."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from ateliers.cadrage.choix import Discipline
from ateliers.cadrage.domaine.competences import demandees
from ateliers.cadrage.models import Equipe
from socle.erreurs import Manque


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


def manques_equipe(atelier) -> list[Manque]:
    """What the team in place lacks of it: said before it is bound by a contract."""
    equipe = Equipe.objects.filter(atelier=atelier).prefetch_related("membres").first()
    page = "ateliers:marche" if atelier.dispositif.avec_appel_equipes else "ateliers:equipe"
    url = reverse(page, args=[atelier.slug])
    lignes = couverture_equipe(equipe, demandees(atelier))
    return [
        Manque(f"Compétence demandée par le cahier des charges – {ligne.manque}", url)
        for ligne in lignes
        if ligne.manque
    ]
