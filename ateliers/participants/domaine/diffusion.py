"""A new version of the déroulé goes to those whom its changes concern, and to nobody else."""

from django.db import transaction

from ateliers.participants.choix import Reponse
from ateliers.participants.domaine.invitations import verrouiller_seance
from ateliers.participants.domaine.requetes import invitations_lues
from ateliers.participants.models import Invitation
from ateliers.participants.notifications import (
    AGENDA_INCHANGE,
    AGENDA_JOINT,
    AGENDA_SUIT,
    programme_animateur,
    programme_invite,
)
from ateliers.programme.domaine.differences import (
    concernes,
    deroule_dit,
    pour_l_animateur,
    pour_les_invites,
)
from ateliers.programme.domaine.versions import publier
from ateliers.programme.models import VersionProgramme
from ateliers.seances.choix import EtatSeance


@transaction.atomic
def publier_programme(*, seance, par, confirmes=()) -> VersionProgramme:
    """Guests: those convoked who have not declined. Facilitators: those of the séquences changed.

    Where the diary shows the change, the mail brings the diary entry too, to whoever holds the
    latest one. Who is not convoked yet will read the programme in the convocation.
    """
    avant = verrouiller_seance(seance)
    invites = list(
        invitations_lues(avant)
        .filter(convoque_le__isnull=False)
        .exclude(participant__courriel="")
        .exclude(reponse=Reponse.DECLINE)
    )
    version = publier(seance=seance, par=par, confirmes=confirmes)
    cible = concernes(version.changements)
    ecrits = {}
    if cible.invites:
        change = version.seance.sequence_contenu > avant.sequence_contenu
        phrases = _pour_les_invites(version)
        for invitation in invites:
            invitation.seance = version.seance
            invitation.agenda = _agenda(invitation, change)
            ecrits[invitation.participant.courriel.lower()] = invitation
            if invitation.participant.courriel.lower() not in cible.courriels:
                programme_invite(invitation, version, phrases, par=par)
        _a_jour(ecrits.values())
    for courriel in sorted(cible.courriels):
        phrases = _pour_l_animateur(version, courriel, invite=courriel in ecrits)
        programme_animateur(courriel, version, phrases, invitation=ecrits.get(courriel), par=par)
    return version


def _pour_les_invites(version) -> list[str]:
    if version.numero == 1:
        return deroule_dit(version.contenu)
    return pour_les_invites(version.changements)


def _pour_l_animateur(version, courriel, *, invite: bool) -> list[str]:
    """What they lead; and the rest of the programme to who is a guest too."""
    if version.numero == 1:
        return deroule_dit(version.contenu, invite=invite, courriel=courriel)
    phrases = pour_l_animateur(version.changements, courriel)
    if invite:
        phrases = list(dict.fromkeys(phrases + pour_les_invites(version.changements)))
    return phrases


def _agenda(invitation, change) -> str:
    """Who was already late waits for the update that says why: a new date, another place."""
    if not change:
        return AGENDA_INCHANGE
    joint = invitation.seance.etat == EtatSeance.CONVOQUEE and not invitation.perime
    return AGENDA_JOINT if joint else AGENDA_SUIT


def _a_jour(invitations) -> None:
    """Those who now hold the entry of this version."""
    servies = [i for i in invitations if i.agenda == AGENDA_JOINT]
    for invitation in servies:
        invitation.sequence_recue = invitation.seance.sequence_ical
    Invitation.objects.bulk_update(servies, ["sequence_recue"])
