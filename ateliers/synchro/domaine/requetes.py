"""What the owner of a diary reads about it."""

from __future__ import annotations

from django.db.models import Count, Q
from django.utils import timezone

from ateliers.agendas.choix import EtatAgenda, EtatEcrit

MONTRES = 50


def sante(agenda) -> dict:
    """Last success, last failure, what was written, what was left to its owner."""
    calendriers = list(agenda.calendriers.all())
    comptes = agenda.evenements.aggregate(
        ecrits=Count("pk", filter=Q(etat=EtatEcrit.ECRIT)), tous=Count("pk")
    )
    lignes = agenda.evenements.select_related("seance__atelier").order_by(
        "seance__debut_prevu", "pk"
    )[:MONTRES]
    return {
        "lus": [c for c in calendriers if c.lu],
        "ecrit": next((c for c in calendriers if c.ecrit), None),
        "choisi": any(c.lu or c.ecrit for c in calendriers),
        "ecrits": comptes["ecrits"],
        "autres": max(comptes["tous"] - MONTRES, 0),
        "lignes": list(lignes),
        "intervalles": agenda.intervalles.filter(fin__gt=timezone.now()).count(),
        "actif": agenda.etat == EtatAgenda.ACTIF,
        "en_pause": agenda.etat == EtatAgenda.PAUSE,
        "a_redonner": agenda.etat == EtatAgenda.REFUSE,
        "a_decider": (EtatEcrit.MODIFIE, EtatEcrit.EFFACE),
    }
