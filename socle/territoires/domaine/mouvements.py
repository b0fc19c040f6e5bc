"""Mergers of communes and their undoing: who succeeds whom, and since when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from socle.territoires.choix import GenreEvenement
from socle.territoires.models import Commune, EvenementCommune

PROFONDEUR_MAX = 12


def reprendre_retablies(communes: list[list]) -> None:
    """A commune that the new file lists again is in force again: it has no end any more."""
    Commune.objects.filter(code__in=[c[0] for c in communes], actif=False).update(
        actif=True, jusqua=None, remplacee_par=None
    )


def absorbees(mouvements: list[list]) -> set[str]:
    return {avant for _, genre, avant, _ in mouvements if genre == GenreEvenement.FUSION}


def appliquer(mouvements: list[list], disparues: list[Commune], annee: int) -> dict[str, int]:
    """End each commune that left the list, and write the events: [date, genre, avant, apres]."""
    lus = [
        (date.fromisoformat(jour), genre, avant, apres) for jour, genre, avant, apres in mouvements
    ]
    connues = set(
        Commune.objects.filter(code__in={c for m in lus for c in m[2:]}).values_list(
            "code", flat=True
        )
    )
    lus = [m for m in lus if m[2] in connues and m[3] in connues]
    EvenementCommune.objects.bulk_create(
        [
            EvenementCommune(genre=g, date=jour, avant_id=av, apres_id=ap, millesime=annee)
            for jour, g, av, ap in lus
        ],
        ignore_conflicts=True,
    )
    fusions = {av: (jour, ap) for jour, g, av, ap in sorted(lus) if g == GenreEvenement.FUSION}
    orphelines = 0
    for commune in disparues:
        jour, successeur = fusions.get(commune.code, (date(annee, 1, 1), None))
        orphelines += successeur is None
        commune.actif, commune.jusqua, commune.remplacee_par_id = False, jour, successeur
    Commune.objects.bulk_update(disparues, ["actif", "jusqua", "remplacee_par"], batch_size=1000)
    for jour, genre, _, apres in lus:
        if genre == GenreEvenement.DEFUSION:
            Commune.objects.filter(code=apres, actif=True).update(depuis=jour)
    return {
        "communes fusionnées": len(disparues) - orphelines,
        "communes terminées sans remplaçante connue": orphelines,
    }


def successeurs(codes: Iterable[str]) -> dict[str, str]:
    """For each ended commune among `codes`, the code of the one in force (or the last known).

    A merger may be followed by another: the chain is walked to its end.
    """
    suivants: dict[str, str] = {}
    a_lire = set(codes)
    for _ in range(PROFONDEUR_MAX):
        lus = dict(
            Commune.objects.filter(code__in=a_lire, remplacee_par__isnull=False).values_list(
                "code", "remplacee_par_id"
            )
        )
        suivants |= lus
        a_lire = set(lus.values()) - suivants.keys()
        if not a_lire:
            break
    return {code: _bout(code, suivants) for code in codes if code in suivants}


def _bout(code: str, suivants: dict[str, str]) -> str:
    vus = set()
    while code in suivants and code not in vus:
        vus.add(code)
        code = suivants[code]
    return code
