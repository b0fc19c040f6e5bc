"""Those who have no electronic address: convoked by post, answering by telephone or by letter."""

from __future__ import annotations

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from ateliers.parcours.droits import exiger
from ateliers.participants import journal
from ateliers.participants.choix import Reponse
from ateliers.participants.domaine.invitations import (
    TOUS_CONVOQUES,
    manques_convoquer,
    repondre,
    verrouiller_seance,
)
from ateliers.participants.domaine.requetes import dernier_report, sans_adresse
from ateliers.participants.droits import peut_convoquer, peut_gerer
from ateliers.participants.models import Invitation
from ateliers.seances.cycle_de_vie import CYCLE_SEANCE
from ateliers.seances.domaine.occupations import occuper
from socle.erreurs import ElementsManquants, ErreurMetier, Manque
from socle.journal.domaine import inscrire


def manques_poster(seance, *, par=None) -> list[Manque]:
    """The same as for a mail, e-mail addresses aside."""
    return [m for m in manques_convoquer(seance, par=par) if m != TOUS_CONVOQUES]


def sans_adresse_postale(invitations) -> list[Invitation]:
    """Among people without e-mail, those to whom no letter can be addressed."""
    return [
        i
        for i in invitations
        if not i.participant.courriel and not i.participant.personne.adresse.strip()
    ]


@transaction.atomic
def marquer_postees(*, seance, par, le) -> int:
    """The letters printed for those without e-mail left on this day. How many people."""
    seance = verrouiller_seance(seance)
    exiger(peut_convoquer(par, seance.atelier), "Le service pilote envoie les convocations.")
    CYCLE_SEANCE.verifier(seance, "convoquer")
    if manques := manques_poster(seance, par=par):
        raise ElementsManquants(manques)
    if le > timezone.localdate():
        raise ErreurMetier("Les lettres ne peuvent pas être postées dans le futur.", champ="le")
    gens = list(
        sans_adresse(seance).exclude(reponse=Reponse.DELEGUE).select_for_update(of=["self"])
    )
    if not gens:
        raise ErreurMetier("Tous les invités ont une adresse électronique.")
    CYCLE_SEANCE.appliquer(seance, "convoquer")
    seance.save(update_fields=["etat"])
    occuper(seance, par=par)
    report, maintenant = dernier_report(seance), timezone.now()
    parties = min(datetime.combine(le, time(23, 59), tzinfo=seance.zone), maintenant)
    for invitation in gens:
        deja = invitation.convoque_le
        if deja is None or (report is not None and deja < report):
            invitation.reponse, invitation.repondu_le = Reponse.ATTENDUE, None
        invitation.convoque_le, invitation.par_courrier = parties, True
        invitation.sequence_recue = seance.sequence_ical
    Invitation.objects.bulk_update(
        gens, ["convoque_le", "par_courrier", "sequence_recue", "reponse", "repondu_le"]
    )
    inscrire(journal.POSTEES, objet=seance.atelier, par=par, seance=seance.titre, nombre=len(gens))
    return len(gens)


@transaction.atomic
def noter_reponse(*, invitation, par, reponse, message="") -> Invitation:
    """What somebody answered by telephone, by post or in person, written down by an agent."""
    exiger(
        peut_gerer(par, invitation.seance.atelier),
        "Le service pilote et la collectivité tiennent la liste des participants.",
    )
    return repondre(invitation, reponse=reponse, message=message, par=par)
