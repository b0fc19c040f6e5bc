"""What leaves for the diaries. Each message to a person bears a greater number than the last."""

from __future__ import annotations

from django.utils import timezone

from ateliers.participants import journal, notifications
from ateliers.participants.choix import Reponse
from ateliers.participants.documents import LETTRE
from ateliers.participants.models import Invitation, SignatureConvocation
from ateliers.seances.choix import EtatSeance
from ateliers.seances.cycle_de_vie import CYCLE_SEANCE
from ateliers.seances.domaine.numeros import renumeroter
from ateliers.seances.domaine.occupations import occuper
from ateliers.seances.models import Seance
from socle.courriels.pieces import declarer_source
from socle.documents.domaine import demander
from socle.documents.models import Document
from socle.journal.domaine import inscrire

ENVOYES = ["convoque_le", "sequence_recue", "reponse", "repondu_le", "delegue_refuse_le"]


def _lettre_faite(document: str) -> bytes | None:
    fait = Document.objects.get(pk=document)
    if not fait.est_pret:
        return None
    with fait.fichier.open("rb") as fichier:
        return fichier.read()


_lettre = declarer_source("lettre", _lettre_faite)


def envoyer(seance, choisies, *, par, acquises=None) -> list[Invitation]:
    """Send the current state to these invitations; the séance, locked, becomes « convoquée ».

    Somebody signs its letters: each one goes with its mail, which waits until it is made.
    """
    CYCLE_SEANCE.appliquer(seance, "convoquer")
    seance.save(update_fields=["etat"])
    occuper(seance, par=par)
    invitations = list(choisies.select_for_update(of=["self"]))
    if seance.sequence_ical > seance.sequence_contenu:
        renumeroter(seance)  # somebody was withdrawn: who comes back must see a later number
    reports, maintenant = list(seance.glissements.order_by("le", "pk")), timezone.now()
    signees = SignatureConvocation.objects.filter(seance=seance).exists()
    for invitation in invitations:
        acquise = (acquises or {}).get(invitation.participant_id)
        invitation.seance = seance
        lettre = _lettre(demander(LETTRE, objet=invitation, par=par).pk) if signees else None
        _envoyer_a(invitation, reports, maintenant, par, acquise, lettre)
    Invitation.objects.bulk_update(invitations, [*ENVOYES, "lettre_le"])
    inscrire(
        journal.CONVOQUES,
        objet=seance.atelier,
        par=par,
        seance=seance.titre,
        nombre=len(invitations),
    )
    return invitations


def _envoyer_a(invitation, reports, maintenant, par, acquise, lettre) -> None:
    """A new date asks for a new answer; another change keeps the one that was given."""
    deja = invitation.convoque_le
    # All that this person was not told yet: the date they hold, and the last reason.
    depuis = [g for g in reports if deja is not None and deja < g.le]
    invitation.convoque_le, invitation.sequence_recue = maintenant, invitation.seance.sequence_ical
    if lettre:
        invitation.lettre_le = maintenant
    if (deja is None or depuis) and invitation.reponse != Reponse.DELEGUE:
        invitation.reponse, invitation.repondu_le = acquise or (Reponse.ATTENDUE, None)
        invitation.delegue_refuse_le = None
    notifications.convocation(
        invitation,
        par=par,
        acquise=acquise is not None,
        reports=depuis,
        mise_a_jour=deja is not None and not depuis,
        lettre=lettre,
    )


def ouvertes_de(participant):
    """Invitations of one person to séances that are still to come about.

    And to those cancelled since, while the person was not told: their diary still shows it.
    """
    return (
        Invitation.objects.filter(participant=participant)
        .exclude(seance__etat=EtatSeance.TENUE)
        .exclude(seance__etat=EtatSeance.ANNULEE, convoque_le__isnull=True)
        .select_related("participant")
        .order_by("seance_id")
    )


def retirer_des_agendas(invitations, *, par) -> None:
    """A CANCEL to each person who holds a convocation, with a number of its own."""
    for invitation in invitations:
        if invitation.convoque_le is None or not invitation.participant.courriel:
            continue
        seance = (
            Seance.objects.select_for_update(of=["self"])
            .select_related("atelier__service_pilote")
            .get(pk=invitation.seance_id)
        )
        renumeroter(seance)
        invitation.seance = seance
        if seance.etat == EtatSeance.ANNULEE:
            notifications.annulation(invitation, par=par, motif="")
        else:
            notifications.retrait(invitation, par=par)
        invitation.convoque_le = invitation.sequence_recue = None
        if invitation.reponse != Reponse.DELEGUE:
            invitation.reponse, invitation.repondu_le = Reponse.ATTENDUE, None
        invitation.save(update_fields=ENVOYES)


def rendre_aux_mandants(delegue, *, par=None) -> None:
    """The deputy won't come: whom they stood for are asked again, and so told; the pilot too.

    The row of the séance is locked.
    """
    mandants = Invitation.objects.filter(delegue=delegue.pk).select_for_update(of=["self"])
    for mandant in mandants.select_related("participant"):
        genre = mandant.get_delegation_display().lower()
        mandant.seance = delegue.seance
        mandant.delegue, mandant.delegation = None, ""
        mandant.reponse, mandant.repondu_le = Reponse.ATTENDUE, None
        mandant.delegue_refuse_le = timezone.now()
        mandant.save(
            update_fields=["delegue", "delegation", "reponse", "repondu_le", "delegue_refuse_le"]
        )
        notifications.delegue_empeche(mandant, delegue=delegue, genre=genre, par=par)
        inscrire(journal.DELEGUE_EMPECHE, objet=delegue.seance, par=par, genre=genre)


def defaire_delegation(invitation, *, par) -> None:
    """The answer waits again; who came by the delegation alone is told, and taken off the list."""
    delegue = invitation.delegue
    invitation.delegue, invitation.delegation = None, ""
    invitation.reponse, invitation.repondu_le = Reponse.ATTENDUE, None
    invitation.save(update_fields=["delegue", "delegation", "reponse", "repondu_le"])
    if delegue.mandants.exists() or not delegue.par_delegation or delegue.presence:
        return
    choisie = Invitation.objects.filter(pk=delegue.pk).select_related("participant")
    retirer_des_agendas(choisie, par=par)
    Invitation.objects.filter(pk=delegue.pk).delete()
