"""Who must be told at once that a séance changed."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.functions import Lower

from ateliers.agendas.choix import Portee
from ateliers.parcours.droits import visibles_par
from ateliers.participants.models import Invitation, Participant
from ateliers.seances.models import Seance
from ateliers.synchro.domaine.passage import a_synchroniser


def agendas_de_la_seance(seance_id: int) -> list[int]:
    seance = Seance.objects.filter(pk=seance_id).first()
    if seance is None:
        return []
    adresses = (
        Invitation.objects.filter(seance=seance)
        .annotate(a=Lower("participant__courriel"))
        .values("a")
    )
    agendas = a_synchroniser().annotate(a=Lower("utilisateur__email"))
    lies = Participant.objects.filter(invitations__seance=seance).values("personne__utilisateur")
    directs = agendas.filter(
        Q(evenements__seance=seance) | Q(a__in=adresses) | Q(utilisateur__in=lies)
    )
    pks = set(directs.values_list("pk", flat=True))
    larges = a_synchroniser().filter(portee=Portee.ATELIERS).exclude(pk__in=pks)
    for agenda in larges.select_related("utilisateur__organisme"):
        if visibles_par(agenda.utilisateur).filter(pk=seance.atelier_id).exists():
            pks.add(agenda.pk)
    return sorted(pks)
