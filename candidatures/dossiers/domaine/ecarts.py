"""Where the drawn outline and the list of communes disagree, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from socle.territoires.domaine import traces
from socle.territoires.domaine.lues import communes_lues
from socle.territoires.domaine.recouvrement import Proche, Touchee, communes_touchees
from socle.territoires.models import Commune, Perimetre

NOMS_MONTRES = 5


@dataclass(frozen=True)
class Ecarts:
    """Names of the communes listed that the outline leaves out, and of those it covers unlisted."""

    hors_trace: tuple[str, ...] = ()
    absentes: tuple[str, ...] = ()

    @property
    def phrases(self) -> list[str]:
        phrases = []
        if self.hors_trace:
            nombre = len(self.hors_trace)
            debut = "1 commune du périmètre est hors" if nombre == 1 else ""
            debut = debut or f"{nombre} communes du périmètre sont hors"
            phrases.append(f"{debut} du tracé\u00a0: {enumerer(self.hors_trace)}.")
        if self.absentes:
            nombre = len(self.absentes)
            suite = "1 commune absente" if nombre == 1 else f"{nombre} communes absentes"
            phrases.append(
                f"Le tracé couvre au moins la moitié de {suite} du périmètre\u00a0: "
                f"{enumerer(self.absentes)}."
            )
        return phrases


def enumerer(noms: Collection[str]) -> str:
    noms = list(noms)
    if len(noms) > NOMS_MONTRES + 1:
        noms = [*noms[:NOMS_MONTRES], f"{len(noms) - NOMS_MONTRES} autres"]
    return noms[0] if len(noms) == 1 else f"{', '.join(noms[:-1])} et {noms[-1]}"


def comparer(
    touchees: Collection[Touchee],
    communes: Iterable[Commune],
    situees: Collection[str],
    listees: Collection[str],
) -> Ecarts:
    """Pure. `situees`: communes whose outline is held, the others are not judged; `listees`:
    those of the perimeter, and what they became."""
    vues = {t.code for t in touchees}
    return Ecarts(
        hors_trace=tuple(c.nom for c in communes if c.pk in situees and c.pk not in vues),
        absentes=tuple(t.nom for t in touchees if t.couverte and t.code not in listees),
    )


def ecarts(
    perimetre: Perimetre | None, trace: dict | None, proches: Mapping[str, Proche] | None = None
) -> Ecarts:
    """One query when there is an outline and what is around was not read; none otherwise."""
    if perimetre is None or not trace or not perimetre.couverture:
        return Ecarts()
    lues = communes_lues(perimetre)
    situees = {c.pk for c in lues.communes if situee(c)}
    touchees = communes_touchees(traces.depuis_geojson(trace), proches)
    return comparer(touchees, lues.communes, situees, lues.codes)


def situee(commune: Commune) -> bool:
    """Its outline is held, and compared: that of an ended commune is not."""
    return commune.actif and commune.surface_km2 is not None
