"""Who has a place is a participant, invited and coming, like the others."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from ateliers.inscriptions.models import Inscription
from ateliers.participants.choix import INVITATION_RETIREE, Reponse
from ateliers.participants.domaine.invitations import FERMEES, repondre
from ateliers.participants.domaine.rattachement import inscrire_a_l_atelier
from ateliers.participants.models import Invitation, Participant
from ateliers.participants.notifications import rendez_vous_retire
from ateliers.seances.domaine.numeros import renumeroter
from socle.abonnes import prevenir

VENUES = (Reponse.ACCEPTE, Reponse.PEUT_ETRE)


def deja_invites(seance, courriels) -> dict[str, Invitation]:
    """By address, whom the séance invited otherwise than through a sign-up: they need no place.

    An address is that of the invitation, of the person, or of their account.
    """
    cherchees = {courriel.lower() for courriel in courriels}
    nees_ici = Inscription.objects.filter(
        invitation__isnull=False, inscriptions__seance=seance
    ).values("invitation")
    invitations = (
        Invitation.objects.filter(seance=seance)
        .exclude(pk__in=nees_ici)
        .annotate(
            a=Lower("participant__courriel"),
            b=Lower("participant__personne__courriel"),
            c=Lower("participant__personne__utilisateur__email"),
        )
        .filter(Q(a__in=cherchees) | Q(b__in=cherchees) | Q(c__in=cherchees))
        .select_related("participant")
    )
    trouvees = {}
    for invitation in invitations:
        invitation.seance = seance
        for adresse in {invitation.a, invitation.b, invitation.c} & cherchees:
            trouvees[adresse] = invitation
    return trouvees


def _participant(atelier, courriel) -> Participant | None:
    tous = Participant.objects.filter(atelier=atelier)
    compte = Q(personne__courriel__iexact=courriel) | Q(
        personne__utilisateur__email__iexact=courriel
    )
    return tous.filter(courriel__iexact=courriel).first() or tous.filter(compte).first()


def inviter_inscrit(inscription) -> Invitation:
    seance = inscription.inscriptions.seance
    participant = _participant(seance.atelier, inscription.courriel)
    if participant is None:
        cles = ("prenom", "nom", "courriel", "college", "organisation")
        champs = {cle: getattr(inscription, cle) for cle in cles}
        participant = inscrire_a_l_atelier(atelier=seance.atelier, champs=champs)
    invitation, _ = Invitation.objects.get_or_create(seance=seance, participant=participant)
    # A former sign-up, given back, no longer answers for this invitation.
    Inscription.objects.filter(invitation=invitation).update(invitation=None)
    if invitation.reponse != Reponse.ACCEPTE:
        invitation = repondre(invitation, reponse=Reponse.ACCEPTE)
    renumeroter(seance)
    invitation.seance = seance
    invitation.convoque_le, invitation.sequence_recue = timezone.now(), seance.sequence_ical
    invitation.save(update_fields=["convoque_le", "sequence_recue"])
    return invitation


def rendre_invitation(invitation, *, prise_le) -> list:
    """They no longer come: off the list, and what clears their diary, for the mail that says so.

    An answer older than the sign-up was given to an invitation of its own: it stays.
    """
    seance = invitation.seance
    if invitation.reponse not in VENUES or seance.etat in FERMEES:
        return []
    if prise_le and invitation.repondu_le < prise_le:
        return []
    if invitation.mandants.exists() or invitation.presence:
        repondre(invitation, reponse=Reponse.DECLINE)  # whoever they stood for is told
        seance.refresh_from_db(fields=["sequence_ical"])
    renumeroter(seance)
    retrait = rendez_vous_retire(invitation)
    if not invitation.presence:
        prevenir(INVITATION_RETIREE, invitation)
        Invitation.objects.filter(pk=invitation.pk).delete()
    return [retrait]
