"""The answer of somebody who holds the signed link: kept créneau by créneau, the last one wins."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from ateliers.parcours.droits import exiger
from ateliers.seances.choix import EtatSeance
from ateliers.sondages import journal
from ateliers.sondages.choix import Choix, EtatSondage
from ateliers.sondages.droits import peut_sonder
from ateliers.sondages.models import ReponseCreneau, Sondage, Sonde
from socle.erreurs import ActionInterdite, ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire

MUETTES = (EtatSeance.TENUE, EtatSeance.ANNULEE)


def refus_de_repondre(sondage) -> str:
    """The sentence that closes the page, or nothing."""
    if sondage.seance.etat in MUETTES:
        return "Cette séance est passée ou annulée : il n’y a plus de réponse à donner."
    if sondage.etat == EtatSondage.ANNULE:
        return "Ce sondage est annulé : vous n’avez rien à faire."
    if sondage.etat == EtatSondage.CLOS:
        return "Le sondage est clos : la date est choisie."
    if not sondage.recueille:
        return "Le temps de répondre est passé : l’organisateur choisit la date et vous écrira."
    return ""


@transaction.atomic
def repondre_pour(sonde: Sonde, *, par, choix: dict[int, str], message: str = "") -> Sonde:
    """What a person without an address said on the phone; the others answer by their own link."""
    exiger(peut_sonder(par, sonde.sondage.seance.atelier), "Le service pilote note les réponses.")
    if sonde.courriel:
        raise ActionInterdite("Cette personne répond elle-même, par son lien.")
    return repondre(sonde, choix=choix, message=message, saisi_par=par)


@transaction.atomic
def repondre(sonde: Sonde, *, choix: dict[int, str], message: str = "", saisi_par=None) -> Sonde:
    """`choix`: créneau → oui, si_besoin or non. What is left out keeps its former answer."""
    sondage = (
        Sondage.objects.select_for_update(of=["self"])
        .select_related("seance")
        .get(pk=sonde.sondage_id)
    )
    if phrase := refus_de_repondre(sondage):
        raise TransitionImpossible(phrase)
    connus = set(sondage.creneaux.values_list("pk", flat=True))
    if not choix or set(choix) - connus or set(choix.values()) - set(Choix.values):
        raise ErreurMetier("Répondez « oui », « si besoin » ou « non » à au moins une date.")
    ReponseCreneau.objects.bulk_create(
        [ReponseCreneau(sonde_id=sonde.pk, creneau_id=c, choix=choix[c]) for c in sorted(choix)],
        update_conflicts=True,
        unique_fields=["sonde", "creneau"],
        update_fields=["choix"],
    )
    sonde.repondu_le, sonde.message = timezone.now(), message.strip()[:400]
    sonde.saisi_par = saisi_par
    sonde.save(update_fields=["repondu_le", "message", "saisi_par"])
    action = journal.NOTE if saisi_par else journal.REPONDU
    inscrire(action, objet=sondage.seance, par=saisi_par, seance=sondage.seance.titre)
    return sonde
