"""One pass over one diary: write, read, and say how it went. Running it twice changes nothing."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from ateliers.agendas.choix import A_REDONNER, EtatAgenda
from ateliers.agendas.models import AgendaDistant
from ateliers.synchro.domaine.coffre import ouvrir
from ateliers.synchro.domaine.ecriture import Ecriture
from ateliers.synchro.domaine.garde import EchecAgenda
from ateliers.synchro.domaine.lecture import garder, lire
from ateliers.synchro.domaine.seances import voulues

BAIL = timedelta(minutes=11)  # longer than a task may last


class DejaEnCours(Exception):
    """Another worker is at it."""


def a_synchroniser():
    """Active diaries of active accounts, for which calendars were chosen."""
    return (
        AgendaDistant.objects.filter(etat=EtatAgenda.ACTIF, utilisateur__is_active=True)
        .filter(Q(calendriers__lu=True) | Q(calendriers__ecrit=True))
        .distinct()
        .order_by("pk")
    )


def _prendre(pk: int) -> AgendaDistant | None:
    """No transaction stays open while a server of the outside answers: a lease, instead."""
    maintenant = timezone.now()
    agenda = a_synchroniser().filter(pk=pk).select_related("utilisateur__organisme").first()
    if agenda is None:
        return None
    libre = Q(en_cours_depuis__isnull=True) | Q(en_cours_depuis__lt=maintenant - BAIL)
    pris = AgendaDistant.objects.filter(libre, pk=pk).update(en_cours_depuis=maintenant)
    if not pris:
        raise DejaEnCours
    return agenda


def synchroniser(pk: int) -> None:
    """Raises EchecAgenda once the failure is on the row; DejaEnCours when somebody is at it."""
    agenda = _prendre(pk)
    if agenda is None:
        return
    bilan = {"en_cours_depuis": None}
    try:
        with ouvrir(agenda) as serveur:
            Ecriture(agenda, serveur).passer(voulues(agenda))
            garder(agenda, lire(agenda, serveur))
        bilan |= {"succes_le": timezone.now(), "echec_le": None, "echec": ""}
    except EchecAgenda as erreur:
        bilan |= {"echec_le": timezone.now(), "echec": erreur.echec}
        if erreur.echec in A_REDONNER:  # asking again would lock the person's account
            bilan["etat"] = EtatAgenda.REFUSE
        raise
    finally:
        AgendaDistant.objects.filter(pk=pk).update(**bilan)
