"""What a séance collides with, over [start, end): two that only touch do not collide."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from ateliers.parcours.droits import visibles_par
from ateliers.seances.choix import EtatSeance, GenreConflit, GenreOccupation, Severite
from ateliers.seances.domaine.severites import severites
from ateliers.seances.models import Occupation

PREVUES = (EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE)


@dataclass(frozen=True)
class Conflit:
    genre: str
    severite: str
    phrase: str

    @property
    def bloquant(self) -> bool:
        return self.severite == Severite.BLOQUER


def se_chevauchent(un, autre) -> bool:
    """Half-open intervals; an empty one collides with nothing. As PostgreSQL's && does."""
    (a, b), (c, d) = un, autre
    return a < b and c < d and a < d and c < b


def adoucir(severite, autre_publiee: bool) -> str:
    """What is only planned elsewhere warns: the first to publish has it."""
    if severite == Severite.BLOQUER and not autre_publiee:
        return Severite.AVERTIR
    return severite


def connus(utilisateur, ateliers) -> set[int]:
    """Those of these ateliers that the user may hear named."""
    if utilisateur is None or not ateliers:
        return set()
    return set(visibles_par(utilisateur).filter(pk__in=ateliers).values_list("pk", flat=True))


def par_qui(seance, nommables: set[int]) -> str:
    if seance.atelier_id in nommables:
        return f"par « {seance.titre} », {seance.atelier.nom}"
    return "par un autre atelier"


def conflits_d_occupation(seance, *, par, regles=None) -> list[Conflit]:
    """Team and room, as the séance stands. `regles`: severities already read."""
    if not (seance.debut_prevu and seance.fin_prevu) or seance.debut_prevu == seance.fin_prevu:
        return []
    regles = severites() if regles is None else regles
    equipes = seance.atelier.intervenants.values("pk")
    prises = list(
        Occupation.objects.filter(
            Q(genre=GenreOccupation.EQUIPE, organisme__in=equipes)
            | Q(genre=GenreOccupation.LIEU, lieu=seance.salle_id),
            periode__overlap=(seance.debut_prevu, seance.fin_prevu),
            seance__etat__in=PREVUES,
        )
        .exclude(seance=seance.pk)
        .select_related("seance__atelier", "organisme", "lieu")
        .order_by("genre", "pk")
    )
    nommables = connus(par, {p.seance.atelier_id for p in prises})
    lignes = []
    for prise in prises:
        if regles[prise.genre] == Severite.IGNORER:
            continue
        severite = adoucir(regles[prise.genre], prise.ferme)
        lignes.append(Conflit(prise.genre, severite, _phrase(prise, nommables)))
    return lignes


def _phrase(prise, nommables) -> str:
    qui = par_qui(prise.seance, nommables)
    verbe = "est déjà retenu" if prise.ferme else "est aussi pressenti"
    if prise.genre == GenreConflit.EQUIPE:
        return f"L’équipe « {prise.organisme} » {verbe}e au même moment {qui}."
    return f"Le lieu « {prise.lieu} » {verbe} au même moment {qui}."
