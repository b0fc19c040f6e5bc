"""What follows a date retained: the séance is dated, its people convoked with what they said."""

from __future__ import annotations

from ateliers.participants.choix import Reponse
from ateliers.participants.domaine import invitations
from ateliers.participants.domaine.conflits import confirmer_conflits
from ateliers.participants.domaine.dates import annoncee
from ateliers.participants.domaine.delegations import marquer_obligatoire
from ateliers.participants.domaine.requetes import a_convoquer
from ateliers.participants.models import Invitation, Participant
from ateliers.seances.choix import EtatSeance
from ateliers.seances.domaine import agenda, preparation
from ateliers.sondages.choix import Choix
from ateliers.sondages.models import ReponseCreneau, Sonde

MOTIF_REPORT = "Date choisie à l’issue d’un sondage auprès des participants."
# Whoever said « oui » is coming; « si besoin » stays to be confirmed; « non » is asked again.
ACQUISES = {Choix.OUI: Reponse.ACCEPTE, Choix.SI_BESOIN: Reponse.PEUT_ETRE}


def dater(seance, creneau, par, confirmes=(), **ou) -> None:
    """A first date, or another: a slip that says why, unless nobody had received the former one.

    Or the same date, and perhaps a place.
    """
    dates = {"debut": creneau.debut, "fin": creneau.fin, "confirmes": {"duree", *confirmes}}
    if seance.etat == EtatSeance.A_PROGRAMMER:
        agenda.programmer(seance=seance, par=par, **dates, **ou)
    elif seance.debut_prevu != creneau.debut and not annoncee(seance):
        agenda.corriger(seance=seance, par=par, **dates, **ou)
    elif seance.debut_prevu != creneau.debut:
        agenda.reporter(seance=seance, par=par, motif=MOTIF_REPORT, **dates, **ou)
    else:
        champs = {c: getattr(seance, c) for c in ("titre", "objectif", "revision")}
        ou |= {c: ou[c] or getattr(seance, c) for c in ("lieu", "adresse")}
        preparation.decrire(seance=seance, par=par, **champs, **ou)


def _sondes(sondage):
    """The participants; accounts are told, not convoked."""
    return Sonde.objects.filter(sondage=sondage, participant__isnull=False)


def convier(sondage, creneau, seance, par, confirmes) -> None:
    deja = Invitation.objects.filter(seance=seance).values("participant")
    manquants = Participant.objects.filter(pk__in=_sondes(sondage).values("participant")).exclude(
        pk__in=deja
    )
    if nouveaux := list(manquants):
        invitations.inviter(seance=seance, participants=nouveaux, par=par)
    indispensables = _sondes(sondage).filter(obligatoire=True).values("participant")
    for invitation in Invitation.objects.filter(
        seance=seance, participant__in=indispensables, obligatoire=False
    ).select_related("seance__atelier", "participant"):
        marquer_obligatoire(invitation, obligatoire=True, par=par)
    seance.refresh_from_db(fields=["debut_prevu", "fin_prevu", "etat", "salle"])
    confirmer_conflits(seance, par=par, confirmes=confirmes)
    acquises = _acquises(creneau)
    if a_convoquer(seance).exists():
        invitations.convoquer(seance=seance, par=par, acquises=acquises)
    _reporter_les_reponses(seance, acquises)


def _acquises(creneau) -> dict[int, tuple]:
    """participant → (answer to the invitation, when), for those who can come on this date."""
    votes = ReponseCreneau.objects.filter(
        creneau=creneau, choix__in=list(ACQUISES), sonde__participant__isnull=False
    )
    return {
        participant: (ACQUISES[choix], le)
        for participant, choix, le in votes.values_list(
            "sonde__participant", "choix", "sonde__repondu_le"
        )
    }


def _reporter_les_reponses(seance, acquises) -> None:
    """Those that no mail reached now: without an address, or already convoked to this date."""
    attendues = Invitation.objects.filter(
        seance=seance, reponse=Reponse.ATTENDUE, participant__in=list(acquises)
    )
    lignes = list(attendues)
    for invitation in lignes:
        invitation.reponse, invitation.repondu_le = acquises[invitation.participant_id]
    Invitation.objects.bulk_update(lignes, ["reponse", "repondu_le"])
