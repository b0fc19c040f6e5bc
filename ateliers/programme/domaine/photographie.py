"""The déroulé of today as plain data, the same that versions and kits hold. Three queries."""

from django.db.models import Prefetch

from ateliers.programme.domaine.differences import ranger
from ateliers.programme.domaine.places import avec_places
from ateliers.programme.models import Visite
from ateliers.seances.models import Sequence

TEXTES = ("titre", "format", "public", "lieu", "animateur", "animateur_courriel", "materiel")


def visites_de(seance) -> dict[int, Visite]:
    arrets = Prefetch("arrets", avec_places())
    visites = Visite.objects.filter(sequence__seance=seance).prefetch_related(arrets)
    return {v.sequence_id: v for v in visites}


def _visite(visite) -> dict | None:
    if visite is None:
        return None
    return {
        "point_de_rencontre": visite.point_de_rencontre,
        "transport": visite.transport,
        "consignes": visite.consignes,
        "arrets": [
            {
                "nom": a.nom,
                "arrivee": f"{a.arrivee:%H:%M}",
                "duree_min": a.duree_min,
                "note": a.note,
            }
            for a in visite.arrets.all()
        ],
    }


def photographier(seance) -> list[dict]:
    visites = visites_de(seance)
    return ranger(
        [
            {champ: getattr(s, champ) for champ in TEXTES}
            | {
                "cle": s.pk,
                "jour": s.jour,
                "debut": f"{s.debut:%H:%M}",
                "duree_min": s.duree_min,
                "visite": _visite(visites.get(s.pk)),
            }
            for s in Sequence.objects.filter(seance=seance)
        ]
    )
