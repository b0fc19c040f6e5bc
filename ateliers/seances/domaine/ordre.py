"""The order of the dispositif's steps, asked about where the gates of `conditions` allow both."""

from __future__ import annotations

from ateliers.seances.domaine.duree import de_la_demarche
from ateliers.seances.models import Seance
from socle.erreurs import confirmer
from socle.interface.templatetags.interface import date_courte


def hors_ordre(seance, debut, fin, autres) -> str:
    """The sentence that names the step this date would overtake, or nothing.

    `autres`: the other séances of the atelier, with their step. The nearest step is named.
    """
    if not seance.etape_type or not de_la_demarche(seance):
        return ""
    rang = seance.etape_type.ordre
    datees = [s for s in autres if s.etape_type and s.debut and de_la_demarche(s)]
    avant = [s for s in datees if s.etape_type.ordre < rang and s.fin > debut]
    apres = [s for s in datees if s.etape_type.ordre > rang and s.debut < fin]
    if avant:
        autre, sens = max(avant, key=lambda s: s.etape_type.ordre), "après"
    elif apres:
        autre, sens = min(apres, key=lambda s: s.etape_type.ordre), "avant"
    else:
        return ""
    jour = date_courte(autre.debut.astimezone(autre.zone).date())
    return f"Dans la démarche, « {seance} » vient {sens} « {autre} », prévue le {jour}."


def verifier_ordre(seance, debut, fin, confirmes) -> None:
    """Ask before this date puts a step out of the dispositif's order."""
    autres = (
        Seance.objects.filter(atelier=seance.atelier_id, etape_type__isnull=False)
        .exclude(pk=seance.pk)
        .select_related("etape_type")
    )
    if phrase := hors_ordre(seance, debut, fin, autres):
        confirmer(
            "ordre", f"{phrase} Cochez pour garder cette date.", confirmes, champ="jour_debut"
        )
