"""What the other rooms may ask: when is somebody busy. Never why, never from which diary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from ateliers.agendas.choix import EtatAgenda
from ateliers.agendas.domaine.intervalles import Intervalle
from ateliers.agendas.models import AgendaDistant, IntervalleOccupe

FRAICHEUR = timedelta(days=7)  # read longer ago, a diary no longer tells anything
HORIZON = timedelta(days=366)  # how far a reading looks
GARDES = timedelta(days=30)


def horizon(lu_le: datetime) -> datetime:
    """Past it, nothing is known."""
    return lu_le + HORIZON


def lisibles():
    """Diaries whose last reading still counts."""
    return AgendaDistant.objects.filter(
        utilisateur__is_active=True, succes_le__gte=timezone.now() - FRAICHEUR
    ).exclude(etat=EtatAgenda.PAUSE)


def periodes(*heures: Intervalle):
    """Rows that overlap one of these, each with the `adresse` of its owner in small letters."""
    touchees = Q()
    for debut, fin in heures:
        touchees |= Q(debut__lt=fin, fin__gt=debut)
    lignes = IntervalleOccupe.objects.annotate(adresse=Lower("agenda__utilisateur__email"))
    return lignes.filter(touchees, agenda__in=lisibles())


def occupes(
    courriels: Iterable[str], debut: datetime, fin: datetime
) -> dict[str, list[Intervalle]]:
    """Address in small letters → busy intervals that overlap [debut, fin[. One query."""
    adresses = {c.lower() for c in courriels if c}
    if not adresses:
        return {}
    lignes = periodes((debut, fin)).filter(adresse__in=adresses).order_by("debut")
    resultat = defaultdict(list)
    for adresse, commence, finit in lignes.values_list("adresse", "debut", "fin"):
        resultat[adresse].append((commence, finit))
    return dict(resultat)


def purger(maintenant: datetime | None = None) -> int:
    """Nothing is kept of an interval 30 days after its end, whatever the state of its diary."""
    limite = (maintenant or timezone.now()) - GARDES
    nombre, _ = IntervalleOccupe.objects.filter(fin__lt=limite).delete()
    return nombre
