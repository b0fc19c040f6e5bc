"""Reminders: to the silent only, seven and two days before the last day, once each."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ateliers.parcours.droits import exiger
from ateliers.sondages import journal, notifications
from ateliers.sondages.choix import EtatSondage
from ateliers.sondages.cycle_de_vie import CYCLE_SONDAGE
from ateliers.sondages.droits import peut_sonder
from ateliers.sondages.models import Sondage, Sonde
from socle.erreurs import ErreurMetier
from socle.journal.domaine import inscrire

ECHEANCES = {7: "rappel_j7_le", 2: "rappel_j2_le"}
ENTRE_DEUX = timedelta(hours=20)


def verrouiller(sondage) -> Sondage:
    return (
        Sondage.objects.select_for_update(of=["self"])
        .select_related("seance__atelier__service_pilote")
        .get(pk=sondage.pk)
    )


def silencieux(sondage):
    """Those who have answered nothing at all, and can be written to."""
    return ecrivables(sondage).filter(repondu_le__isnull=True)


def ecrivables(sondage):
    """Those with an address, but for an account closed since."""
    return (
        Sonde.objects.filter(sondage=sondage)
        .exclude(participant__courriel="")
        .exclude(compte__is_active=False)
        .select_related("participant", "compte")
    )


def echeance_du_jour(sondage, jour) -> str:
    """The field of the reminder due on this day; none for a poll opened too late for it."""
    reste = (sondage.clot_le - jour).days
    ouverture = timezone.localtime(sondage.ouvert_le).date()
    for jours, champ in sorted(ECHEANCES.items()):
        if 0 <= reste <= jours:
            return champ if ouverture < sondage.clot_le - timedelta(days=jours) else ""
    return ""


def relancer_tous() -> int:
    """Beat: whatever the number of times it runs, each reminder leaves once."""
    jour = timezone.localdate()
    ouverts = Sondage.objects.filter(
        etat=EtatSondage.OUVERT, clot_le__gte=jour, clot_le__lte=jour + timedelta(days=7)
    )
    return sum(_relancer_un(sondage, jour) for sondage in ouverts.order_by("pk"))


@transaction.atomic
def _relancer_un(sondage, jour) -> int:
    sondage = verrouiller(sondage)
    champ = echeance_du_jour(sondage, jour)
    if not champ or not sondage.recueille:
        return 0
    return _ecrire(sondage, silencieux(sondage).filter(**{f"{champ}__isnull": True}), champ)


def _ecrire(sondage, sondes, champ, par=None) -> int:
    sondes, maintenant = list(sondes), timezone.now()
    for sonde in sondes:
        sonde.sondage = sondage
        setattr(sonde, champ, maintenant)
        notifications.rappel(sonde, par=par)
    Sonde.objects.bulk_update(sondes, [champ])
    return len(sondes)


@transaction.atomic
def relancer(*, sondage, par) -> int:
    """By hand, to the silent only, at most once a day each."""
    sondage = verrouiller(sondage)
    exiger(peut_sonder(par, sondage.seance.atelier))
    CYCLE_SONDAGE.verifier(sondage, "relancer")
    if not sondage.recueille:
        raise ErreurMetier("Le temps de répondre est passé : changez d’abord la date limite.")
    limite = timezone.now() - ENTRE_DEUX
    nombre = _ecrire(sondage, silencieux(sondage).exclude(relance_le__gt=limite), "relance_le", par)
    if not nombre:
        raise ErreurMetier("Chacun a répondu, ou vient d’être relancé.")
    inscrire(
        journal.RELANCE,
        objet=sondage.seance.atelier,
        par=par,
        seance=sondage.seance.titre,
        personnes=nombre,
    )
    return nombre
