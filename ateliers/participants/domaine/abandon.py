"""What the end of an atelier does to its séances to come."""

from ateliers.participants import journal, notifications
from ateliers.participants.domaine.requetes import invitations_de
from ateliers.participants.models import Invitation
from ateliers.seances import journal as journal_seances
from ateliers.seances.choix import EtatSeance
from ateliers.seances.cycle_de_vie import CYCLE_SEANCE
from ateliers.seances.domaine.numeros import marquer_changement
from ateliers.seances.domaine.occupations import occuper
from ateliers.seances.models import Seance
from socle.journal.domaine import inscrire

MOTIF = "L’atelier est abandonné."


def annuler_les_seances(atelier) -> None:
    """Inside the transaction of the verb. Teams and rooms are given back, people are told."""
    prevues = (
        Seance.objects.select_for_update(of=["self"])
        .select_related("atelier__service_pilote")
        .filter(atelier=atelier, etat__in=[EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE])
        .order_by("pk")
    )
    for seance in prevues:
        CYCLE_SEANCE.appliquer(seance, "annuler", motif=MOTIF)
        seance.save(update_fields=["etat"])
        occuper(seance, par=None)
        marquer_changement(seance)
        inscrire(journal_seances.ANNULEE, objet=atelier, motif=MOTIF, seance=seance.titre)
        _prevenir(seance, atelier)


def _prevenir(seance, atelier) -> None:
    convies = list(
        invitations_de(seance)
        .filter(convoque_le__isnull=False)
        .exclude(participant__courriel="")
        .select_for_update(of=["self"])
    )
    for invitation in convies:
        invitation.seance = seance
        invitation.convoque_le = invitation.sequence_recue = None
        notifications.annulation(invitation, par=None, motif=MOTIF)
    if convies:
        Invitation.objects.bulk_update(convies, ["convoque_le", "sequence_recue"])
        inscrire(
            journal.PREVENUS, objet=atelier, seance=seance.titre, nombre=len(convies), motif=MOTIF
        )
