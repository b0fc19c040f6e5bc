"""Participants, invitations and contributions that fill the addresses of both rooms."""

from ateliers.contributions.domaine.contributions import enregistrer_contribution
from ateliers.participants.lien import jeton
from tests.ateliers.contributions.test_contributions import image
from tests.factories import participants as fabrique
from tests.matrices.decor import decor


@decor("atelier_participants")
def atelier_participants(distribution):
    return {"slug": fabrique.faire_atelier(distribution).slug}


@decor("participant")
def participant(distribution):
    atelier = fabrique.faire_atelier(distribution)
    (personne,) = fabrique.faire_participants(distribution, atelier, 1)
    return {"slug": atelier.slug, "participant_id": personne.pk}


def _seance(distribution, etat="programmee"):
    seance, invitations = fabrique.faire_invites(distribution, etat=etat, nombre=1)
    return {"slug": seance.atelier.slug, "seance_id": seance.pk}, invitations[0]


@decor("seance_invitee")
def seance_invitee(distribution):
    return _seance(distribution)[0]


@decor("seance_annulee_convoquee")
def seance_annulee_convoquee(distribution):
    from django.utils import timezone

    adresse, invitation = _seance(distribution, etat="annulee")
    invitation.convoque_le = timezone.now()
    invitation.save()
    return adresse


@decor("invitation")
def invitation(distribution):
    adresse, invitation = _seance(distribution)
    return adresse | {"invitation_id": invitation.pk}


@decor("lien_signe")
def lien_signe(distribution):
    return {"jeton": jeton(_seance(distribution)[1])}


@decor("contribution")
def contribution(distribution):
    seance = fabrique.faire_seance(distribution)
    carte = enregistrer_contribution(
        seance=seance, par=distribution.equipe, texte="Une halle", photo=image()
    )
    return {"slug": seance.atelier.slug, "contribution_id": carte.pk}
