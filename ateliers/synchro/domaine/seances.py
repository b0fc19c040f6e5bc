"""Which séances belong in somebody's diary: as in the mails, or as in the personal feed."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from ateliers.agendas.choix import Portee
from ateliers.calendrier.domaine.abonnements import seances_de
from ateliers.parcours.choix import EtatAtelier
from ateliers.participants.choix import Reponse
from ateliers.participants.models import Invitation
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Seance

PARTIES = (Reponse.DECLINE, Reponse.DELEGUE)
# Postponed after its convocations, a séance is « programmée » again: those told keep it.
DATEES = (EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE, EtatSeance.TENUE)
PASSE = timedelta(days=1)


def invitations_de(utilisateur):
    return Invitation.objects.filter(
        Q(participant__courriel__iexact=utilisateur.email)
        | Q(participant__personne__utilisateur=utilisateur.pk)
    )


def voulues(agenda) -> list[Seance]:
    """Not those long gone; nor what the person declined or delegated."""
    utilisateur = agenda.utilisateur
    if agenda.portee == Portee.ATELIERS:
        lignes = seances_de(utilisateur)
    else:
        convoquees = invitations_de(utilisateur).filter(convoque_le__isnull=False)
        lignes = (
            Seance.objects.filter(
                pk__in=convoquees.values("seance"),
                etat__in=DATEES,
                debut_prevu__isnull=False,
            )
            .exclude(atelier__etat=EtatAtelier.ABANDONNE)
            .select_related("atelier")
            .order_by("debut_prevu", "pk")
        )
    declinees = set(
        invitations_de(utilisateur).filter(reponse__in=PARTIES).values_list("seance_id", flat=True)
    )
    limite = timezone.now() - PASSE
    return [s for s in lignes if s.fin_prevu > limite and s.pk not in declinees]


def dates_connues(agenda) -> set[tuple]:
    """When the person's own séances are: read back elsewhere, they are no other engagement."""
    siennes = invitations_de(agenda.utilisateur).values("seance")
    ecrites = agenda.evenements.values("seance")
    dates = Seance.objects.filter(debut_prevu__isnull=False)
    dates = dates.filter(pk__in=siennes) | dates.filter(pk__in=ecrites)
    return set(dates.values_list("debut_prevu", "fin_prevu"))
