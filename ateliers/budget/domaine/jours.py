"""The team sheet: days planned, days done séance by séance, who steps in for whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from ateliers.budget import journal
from ateliers.budget.models import JoursEquipe
from ateliers.cadrage.choix import Discipline
from ateliers.cadrage.domaine.contrat import CLOS
from ateliers.cadrage.domaine.couverture import couverture
from ateliers.cadrage.models import Equipe
from ateliers.parcours.domaine.cycle import verrouiller
from ateliers.parcours.droits import exiger, peut_piloter
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Seance
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire

JOURS_AU_PLUS = 20


@dataclass
class LigneEquipe:
    """Somebody of the team; `cle` is the member's number, None for the mandataire."""

    cle: int | None
    nom: str
    discipline: str
    prevus: Decimal | None
    supplee: str = ""
    faits: Decimal = Decimal(0)
    par_seance: dict[int, Decimal] = field(default_factory=dict)

    @property
    def metier(self) -> str:
        return Discipline(self.discipline).label

    @property
    def restent(self) -> Decimal | None:
        return None if self.prevus is None else self.prevus - self.faits


def equipe_de(atelier) -> Equipe | None:
    return (
        Equipe.objects.filter(atelier=atelier)
        .select_related("mandataire")
        .prefetch_related("membres__suppleant_de")
        .first()
    )


def fiche(equipe) -> list[LigneEquipe]:
    """Everybody, the mandataire first, with the days done."""
    lignes = [LigneEquipe(None, equipe.mandataire.nom, equipe.discipline, equipe.jours)]
    for membre in equipe.membres.all():
        membre.equipe = equipe
        lignes.append(
            LigneEquipe(membre.pk, membre.nom, membre.discipline, membre.jours, membre.supplee)
        )
    par_cle = {ligne.cle: ligne for ligne in lignes}
    for notes in JoursEquipe.objects.filter(equipe=equipe):
        ligne = par_cle[notes.membre_id]
        ligne.faits += notes.jours
        ligne.par_seance[notes.seance_id] = notes.jours
    return lignes


def couvertures(lignes, competences) -> tuple[list, list]:
    """What the team promises, then what it did, against the cahier des charges.

    A substitute promises nothing of their own; what they did counts.
    """
    prevus = [(ligne.discipline, ligne.prevus) for ligne in lignes if not ligne.supplee]
    faits = [(ligne.discipline, ligne.faits) for ligne in lignes]
    return couverture(competences, prevus), couverture(competences, faits)


def seances_tenues(atelier) -> list[Seance]:
    return list(
        Seance.objects.filter(atelier=atelier, etat=EtatSeance.TENUE).order_by("debut_reel", "pk")
    )


@transaction.atomic
def noter_jours(*, seance, par, jours):
    """Write the days done at one held séance. `jours`: {member or None: days or None}."""
    atelier = verrouiller(seance.atelier)
    exiger(peut_piloter(par, atelier))
    if atelier.etat in CLOS:
        raise TransitionImpossible("Cet atelier est terminé.")
    if seance.etat != EtatSeance.TENUE:
        raise TransitionImpossible("Les jours se notent une fois la séance tenue.")
    equipe = equipe_de(atelier)
    if equipe is None:
        raise ErreurMetier("Désignez d’abord l’équipe.")
    connus = {None, *(membre.pk for membre in equipe.membres.all())}
    if set(jours) - connus:
        raise ErreurMetier("Cette personne n’est pas de l’équipe.")
    for cle, valeur in jours.items():
        _ecrire(equipe, seance, par, cle, valeur)
    inscrire(journal.JOURS, objet=atelier, par=par, seance=seance.titre)
    return equipe


def _ecrire(equipe, seance, par, cle, valeur) -> None:
    if valeur is not None and not 0 <= valeur <= JOURS_AU_PLUS:
        raise ErreurMetier(
            f"Une séance demande {JOURS_AU_PLUS} jours au plus à chacun.", champ=f"jours_{cle or 0}"
        )
    ecrits = JoursEquipe.objects.filter(equipe=equipe, seance=seance, membre=cle)
    if not valeur:
        ecrits.delete()
    elif not ecrits.update(jours=valeur, par=par):
        JoursEquipe.objects.create(
            equipe=equipe, seance=seance, membre_id=cle, jours=valeur, par=par
        )
