"""A new version of the déroulé goes to those whom its changes concern, and to nobody else."""

from django.db import transaction

from ateliers.participants.choix import Reponse
from ateliers.participants.domaine.requetes import invitations_de
from ateliers.participants.notifications import programme_animateur, programme_invite
from ateliers.programme.domaine.differences import (
    concernes,
    pour_l_animateur,
    pour_les_invites,
)
from ateliers.programme.domaine.versions import publier
from ateliers.programme.models import VersionProgramme


@transaction.atomic
def publier_programme(*, seance, par) -> VersionProgramme:
    """Guests: those convoked who have not declined. Facilitators: those of the séquences changed.

    Who is not convoked yet will read the programme in the convocation.
    """
    version = publier(seance=seance, par=par)
    cible = concernes(version.changements)
    ecrits = set()
    if cible.invites:
        phrases = pour_les_invites(version.changements)
        invites = invitations_de(seance).filter(convoque_le__isnull=False)
        invites = invites.exclude(participant__courriel="").exclude(reponse=Reponse.DECLINE)
        for invitation in invites:
            invitation.seance = version.seance
            ecrits.add(invitation.participant.courriel.lower())
            if invitation.participant.courriel.lower() not in cible.courriels:
                programme_invite(invitation, version, phrases, par=par)
    for courriel in sorted(cible.courriels):
        phrases = pour_l_animateur(version.changements, courriel)
        if courriel in ecrits:
            phrases = list(dict.fromkeys(phrases + pour_les_invites(version.changements)))
        programme_animateur(courriel, version, phrases, par=par)
    return version
