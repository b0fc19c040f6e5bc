"""Those who have no electronic address: convoked by post, answering by telephone or by letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from ateliers.parcours.droits import exiger
from ateliers.participants import journal
from ateliers.participants.choix import NE_VIENNENT_PAS, Reponse
from ateliers.participants.domaine.invitations import (
    TOUS_CONVOQUES,
    manques_convoquer,
    repondre,
    verrouiller_seance,
)
from ateliers.participants.domaine.requetes import dernier_report, invitations_lues
from ateliers.participants.droits import peut_convoquer, peut_gerer
from ateliers.participants.models import Invitation
from ateliers.seances.cycle_de_vie import CYCLE_SEANCE
from ateliers.seances.domaine.occupations import occuper
from socle.erreurs import ElementsManquants, ErreurMetier, Manque
from socle.interface.templatetags.interface import date_longue
from socle.journal.domaine import inscrire


def manques_poster(seance, *, par=None) -> list[Manque]:
    """The same as for a mail, e-mail addresses aside."""
    return [m for m in manques_convoquer(seance, par=par) if m != TOUS_CONVOQUES]


@dataclass(frozen=True)
class SansCourriel:
    """Who has no e-mail: a letter can be posted, or (no postal address) only handed over."""

    adressables: list[Invitation]
    injoignables: list[Invitation]

    @property
    def a_poster(self) -> list[Invitation]:
        return [i for i in self.adressables if reste_a_joindre(i)]

    @property
    def a_remettre(self) -> list[Invitation]:
        return [i for i in self.injoignables if reste_a_joindre(i)]


def reste_a_joindre(i) -> bool:
    """They don't know what now holds; an answer, even told by telephone, says that they did."""
    if i.convoque_le:
        return i.perime and i.reponse not in NE_VIENNENT_PAS
    return i.reponse == Reponse.ATTENDUE


def sans_courriel(invitations) -> SansCourriel:
    """From invitations read by `invitations_lues`, with the `personne` of each."""
    gens = [i for i in invitations if not i.participant.courriel and i.reponse != Reponse.DELEGUE]
    avec = [i for i in gens if i.participant.personne.adresse.strip()]
    return SansCourriel(avec, [i for i in gens if i not in avec])


def qui_reste_a_joindre(seance) -> list[Invitation]:
    """Of a séance just convoked, or moved: whom no mail has reached."""
    sans = sans_courriel(invitations_lues(seance).select_related("participant__personne"))
    return [*sans.a_poster, *sans.a_remettre]


@transaction.atomic
def marquer_postees(*, seance, par, le, postees=None, remises=()) -> int:
    """The convocations of those without e-mail left on this day. How many people.

    `postees`: to whom a letter was sent (by default all who wait for one and have an address);
    `remises`: into whose hands it was given. Nobody else is said to be convoked.
    """
    seance = verrouiller_seance(seance)
    exiger(peut_convoquer(par, seance.atelier), "Le service pilote envoie les convocations.")
    CYCLE_SEANCE.verifier(seance, "convoquer")
    if manques := manques_poster(seance, par=par):
        raise ElementsManquants(manques)
    if le > timezone.localdate():
        raise ErreurMetier("Les lettres ne peuvent pas être postées dans le futur.", champ="le")
    lues = invitations_lues(seance).select_related("participant__personne")
    sans = sans_courriel(lues.select_for_update(of=["self"]))
    voulues = sans.a_poster
    if postees is not None:
        voulues = [i for i in sans.adressables if i.pk in postees]
    en_main = [i for i in sans.injoignables if i.pk in remises]
    if not (voulues or en_main):
        raise ErreurMetier("Choisissez au moins une personne qui a reçu sa lettre.")
    CYCLE_SEANCE.appliquer(seance, "convoquer")
    seance.save(update_fields=["etat"])
    occuper(seance, par=par)
    _noter(seance, voulues, en_main, le)
    for action, gens in ((journal.POSTEES_LE, voulues), (journal.REMISES_LE, en_main)):
        if gens:
            details = {"seance": seance.titre, "nombre": len(gens), "jour": date_longue(le)}
            inscrire(action, objet=seance.atelier, par=par, **details)
    return len(voulues) + len(en_main)


def _noter(seance, postees, remises, le) -> None:
    report, maintenant = dernier_report(seance), timezone.now()
    parties = min(datetime.combine(le, time(23, 59), tzinfo=seance.zone), maintenant)
    for invitation in (*postees, *remises):
        deja = invitation.convoque_le
        if report is not None and deja is not None and deja < report:
            invitation.reponse, invitation.repondu_le = Reponse.ATTENDUE, None
        invitation.convoque_le, invitation.sequence_recue = parties, seance.sequence_ical
        invitation.par_courrier = invitation in postees
        invitation.en_main_propre = invitation in remises
    champs = ["convoque_le", "par_courrier", "en_main_propre", "sequence_recue"]
    Invitation.objects.bulk_update([*postees, *remises], [*champs, "reponse", "repondu_le"])


@transaction.atomic
def noter_reponse(*, invitation, par, reponse, message="") -> Invitation:
    """What somebody answered by telephone, by post or in person, written down by an agent."""
    exiger(
        peut_gerer(par, invitation.seance.atelier),
        "Le service pilote et la collectivité tiennent la liste des participants.",
    )
    return repondre(invitation, reponse=reponse, message=message, par=par)
