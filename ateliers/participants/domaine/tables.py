"""Where people sit: by hand, or drawn so that every table hears every college."""

from __future__ import annotations

import random

from django.db import transaction

from ateliers.parcours.droits import exiger
from ateliers.participants import journal
from ateliers.participants.choix import NE_VIENNENT_PAS
from ateliers.participants.domaine.invitations import invitations_de, verrouiller_seance
from ateliers.participants.droits import peut_emarger
from ateliers.participants.models import Invitation
from ateliers.seances.choix import EtatSeance
from candidatures.dispositifs.choix import College
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire

TABLES_MAX = 30
REFUS = "Le service pilote, la collectivité et l’équipe répartissent les tables."


def repartir(personnes: list[tuple[int, str]], nombre: int, hasard=None) -> dict[int, int]:
    """{key: table}: tables differ by one person at most, and by one of each college at most."""
    hasard = hasard or random.SystemRandom()
    ordre = {college: rang for rang, college in enumerate(College.values)}
    melangees = list(personnes)
    hasard.shuffle(melangees)
    melangees.sort(key=lambda p: ordre[p[1]])
    return {cle: rang % nombre + 1 for rang, (cle, _) in enumerate(melangees)}


def _ouvrir(seance, par):
    seance = verrouiller_seance(seance)
    exiger(peut_emarger(par, seance.atelier), REFUS)
    if seance.etat == EtatSeance.ANNULEE:
        raise TransitionImpossible("Cette séance est annulée.")
    return seance


@transaction.atomic
def tirer_tables(*, seance, nombre: int, par) -> int:
    """Draw again for everybody who may come. Returns how many people sit."""
    seance = _ouvrir(seance, par)
    if not 1 <= nombre <= TABLES_MAX:
        raise ErreurMetier(f"Indiquez de 1 à {TABLES_MAX} tables.", champ="nombre")
    invitations = list(invitations_de(seance).select_for_update(of=["self"]))
    venant = [i for i in invitations if i.reponse not in NE_VIENNENT_PAS]
    if not venant:
        raise ErreurMetier("Personne n’est attendu à cette séance.")
    tables = repartir([(i.pk, i.participant.college) for i in venant], nombre)
    for invitation in invitations:
        invitation.table = tables.get(invitation.pk)
    Invitation.objects.bulk_update(invitations, ["table"])
    inscrire(
        journal.TABLES_TIREES, objet=seance.atelier, par=par, seance=seance.titre, nombre=nombre
    )
    return len(tables)


@transaction.atomic
def placer(*, seance, tables: dict[int, int | None], par) -> None:
    """By hand: {invitation id: table or None}."""
    seance = _ouvrir(seance, par)
    if any(table is not None and not 1 <= table <= TABLES_MAX for table in tables.values()):
        raise ErreurMetier(f"Les tables vont de 1 à {TABLES_MAX}.")
    changees = []
    for invitation in invitations_de(seance).select_for_update(of=["self"]):
        voulue = tables.get(invitation.pk, invitation.table)
        if voulue != invitation.table:
            invitation.table = voulue
            changees.append(invitation)
    Invitation.objects.bulk_update(changees, ["table"])
    if changees:
        inscrire(journal.TABLES, objet=seance.atelier, par=par, seance=seance.titre)
