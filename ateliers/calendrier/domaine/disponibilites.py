"""Verbs on availabilities and on electoral reserves."""

from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from ateliers.calendrier import journal
from ateliers.calendrier.choix import Rythme
from ateliers.calendrier.droits import (
    exiger,
    indisponibilites_de,
    peut_declarer,
    peut_regler_reserves,
)
from ateliers.calendrier.models import Indisponibilite, PeriodeReserve
from ateliers.parcours.domaine.cycle import verrouiller
from ateliers.participants.models import Participant
from socle.comptes.models import Organisme
from socle.erreurs import ErreurMetier
from socle.journal.domaine import inscrire

CHAMPS = ("rythme", "debut", "fin", "jour", "rang", "heure_debut", "heure_fin", "du", "au", "motif")
RECURRENTS = ("jour", "rang", "heure_debut", "heure_fin", "du", "au")


def organismes_de(atelier) -> list[Organisme]:
    """The pilot, the carriers and the team."""
    pks = {
        atelier.service_pilote_id,
        *atelier.porteurs.values_list("pk", flat=True),
        *atelier.intervenants.values_list("pk", flat=True),
    }
    return list(Organisme.objects.filter(pk__in=pks))


def indisponibilites(atelier):
    return list(indisponibilites_de(atelier, organismes_de(atelier)))


@transaction.atomic
def declarer(*, atelier, par, participant=None, organisme=None, **valeurs):
    """A participant of the atelier, or one of its organisations. Hours are those of the site."""
    atelier = verrouiller(atelier)
    exiger(peut_declarer(par, atelier, organisme=organisme))
    if participant and not Participant.objects.filter(atelier=atelier, pk=participant.pk).exists():
        raise ErreurMetier("Cette personne ne participe pas à cet atelier.")
    if organisme and organisme not in organismes_de(atelier):
        raise ErreurMetier("Cet organisme ne participe pas à cet atelier.")
    champs = _nettoyer({cle: valeurs.get(cle) for cle in CHAMPS}, ZoneInfo(atelier.fuseau))
    ligne = Indisponibilite(
        atelier=atelier,
        participant=participant,
        organisme=organisme,
        fuseau=atelier.fuseau,
        **champs,
    )
    ligne.save()
    inscrire(journal.INDISPONIBLE, objet=atelier, par=par)
    return ligne


def _nettoyer(champs, zone):
    """Keep only what the rhythm uses, and refuse what is not complete."""
    champs["motif"] = champs["motif"] or ""
    if champs["rythme"] == Rythme.PONCTUELLE:
        champs |= dict.fromkeys(RECURRENTS)
        if not champs["debut"] or not champs["fin"]:
            raise ErreurMetier("Indiquez un début et une fin.", champ="debut")
        for cle in ("debut", "fin"):
            if timezone.is_naive(champs[cle]):
                champs[cle] = champs[cle].replace(tzinfo=zone)
        if champs["fin"] <= champs["debut"]:
            raise ErreurMetier("La fin vient après le début.", champ="fin")
        return champs
    return _nettoyer_rythme(champs)


def _nettoyer_rythme(champs):
    """Each week or each month: a day, hours, perhaps bounds."""
    champs |= {"debut": None, "fin": None}
    if champs["rythme"] == Rythme.HEBDOMADAIRE:
        champs["rang"] = None
    elif champs["rang"] is None:
        raise ErreurMetier("Indiquez le rang dans le mois.", champ="rang")
    for cle in ("jour", "heure_debut", "heure_fin"):
        if champs[cle] is None:
            raise ErreurMetier("Indiquez le jour et les heures.", champ=cle)
    if champs["du"] and champs["au"] and champs["au"] < champs["du"]:
        raise ErreurMetier("Le dernier jour ne peut pas précéder le premier.", champ="au")
    return champs


@transaction.atomic
def retirer(*, indisponibilite, atelier, par):
    atelier = verrouiller(atelier)
    ligne = Indisponibilite.objects.select_for_update().get(pk=indisponibilite.pk)
    exiger(peut_declarer(par, atelier, organisme=ligne.organisme))
    ligne.delete()
    inscrire(journal.DISPONIBLE, objet=atelier, par=par)


@transaction.atomic
def ajouter_reserve(*, par, nom, debut, fin, bloquante, departements):
    exiger(peut_regler_reserves(par))
    if fin < debut:
        raise ErreurMetier("Le dernier jour ne peut pas précéder le premier.", champ="fin")
    periode = PeriodeReserve.objects.create(nom=nom, debut=debut, fin=fin, bloquante=bloquante)
    periode.departements.set(departements)
    return periode


@transaction.atomic
def retirer_reserve(*, periode, par):
    exiger(peut_regler_reserves(par))
    periode.delete()
