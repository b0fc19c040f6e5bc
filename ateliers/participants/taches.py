"""What waits on the pilot: séances near whose participants know nothing yet."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from ateliers.parcours.droits import visibles_par
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Seance
from socle.comptes.choix import Role
from socle.interface.taches import Tache

HORIZON = timedelta(days=45)


def a_traiter(utilisateur) -> list[Tache]:
    """Only for the pilot service itself: DGALN would see every séance of France."""
    if not utilisateur.a_le_role(Role.SERVICE_ETAT) or utilisateur.organisme_id is None:
        return []
    miens = visibles_par(utilisateur).filter(service_pilote=utilisateur.organisme_id)
    maintenant = timezone.now()
    proches = (
        Seance.objects.filter(
            atelier__in=miens.values("pk"),
            etat=EtatSeance.PROGRAMMEE,
            debut_prevu__gte=maintenant,
            debut_prevu__lte=maintenant + HORIZON,
        )
        .select_related("atelier")
        .order_by("debut_prevu")
    )
    return [
        Tache(
            verbe="Convoquer les participants",
            objet=f"{seance}, {seance.atelier}",
            url=reverse("ateliers:invitations", args=[seance.atelier.slug, seance.pk]),
            echeance=seance.debut,
        )
        for seance in proches
    ]
