"""Between the stops of a visit: how long by road, which hour cannot be kept, what to write instead.

Pure functions on stops that know their place (`position`), in their order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from ateliers.programme.domaine.horaires import MINUIT, fin_de, minutes, moment
from socle.interface.templatetags.interface import duree, heure
from socle.territoires.distances import kilometres_de_route, minutes_de_route


@dataclass(frozen=True)
class Trajet:
    """From the stop before; `minutes` is None where a place is not known well enough.

    `retard`: by how many minutes the hour written is too early.
    """

    minutes: int | None
    km: int
    retard: int

    @property
    def texte(self) -> str:
        if self.minutes is None:
            return ""
        if not self.minutes:
            return "même endroit"
        km = f"{self.km or 'moins de 1'}\N{NO-BREAK SPACE}km"
        return f"environ {duree(self.minutes)} de route ({km}), estimation"


@dataclass(frozen=True)
class Total:
    route: int
    km: int
    sur_place: int
    inconnus: int

    @property
    def texte(self) -> str:
        phrase = f"{duree(self.sur_place)} sur place"
        if self.route:
            km = f"{self.km}\N{NO-BREAK SPACE}km"
            phrase += f", environ {duree(self.route)} de route ({km}, estimation)"
        if self.inconnus:
            accord = "s" if self.inconnus > 1 else ""
            phrase += f", {self.inconnus} trajet{accord} non estimé{accord}"
        return phrase


def _route(avant, apres) -> tuple[int | None, float]:
    """Two stops of one commune, known by it alone, are at an unknown distance."""
    un, autre = avant.position, apres.position
    if un is None or autre is None:
        return None, 0.0
    if un == autre and not (avant.precis and apres.precis):
        return None, 0.0
    return minutes_de_route(un, autre), kilometres_de_route(un, autre)


def _au_plus_tot(avant, apres, arrivee: int) -> int:
    """The least hour of the next stop, the one before being reached at `arrivee`."""
    return arrivee + avant.duree_min + (_route(avant, apres)[0] or 0)


def trajets(arrets) -> list[Trajet | None]:
    """One for each stop; nothing before the first."""
    suite = [None] if arrets else []
    for avant, apres in zip(arrets, arrets[1:], strict=False):
        temps, km = _route(avant, apres)
        tot = _au_plus_tot(avant, apres, minutes(avant.arrivee))
        suite.append(Trajet(temps, round(km), max(0, tot - minutes(apres.arrivee))))
    return suite


def au_plus_tot(arrets) -> list[int]:
    """Minutes since midnight: each stop once it can be reached, never earlier than written."""
    heures = []
    for rang, arret in enumerate(arrets):
        voulue = minutes(arret.arrivee)
        if rang:
            voulue = max(voulue, _au_plus_tot(arrets[rang - 1], arret, heures[-1]))
        heures.append(voulue)
    return heures


def recales(arrets) -> list[time]:
    """The hours put right."""
    return [moment(h) for h in au_plus_tot(arrets)]


def total(visites) -> Total:
    """Of all the visits of a day: lists of stops."""
    tous = [t for arrets in visites for t in trajets(arrets) if t]
    return Total(
        route=sum(t.minutes or 0 for t in tous),
        km=sum(t.km for t in tous),
        sur_place=sum(a.duree_min for arrets in visites for a in arrets),
        inconnus=sum(t.minutes is None for t in tous),
    )


def alertes(sequence, arrets) -> list[str]:
    """Hours that cannot be kept, and a visit longer than its séquence."""
    phrases = []
    for avant, apres, trajet in zip(arrets, arrets[1:], trajets(arrets)[1:], strict=False):
        if trajet.retard:
            phrases.append(
                f"« {sequence} » : « {apres} » ne peut pas être atteint à {heure(apres.arrivee)} "
                f"en venant de « {avant} » ; il manque {duree(trajet.retard)}."
            )
    if arrets:
        fin = minutes(arrets[-1].arrivee) + arrets[-1].duree_min
        if fin > fin_de(sequence):
            phrases.append(f"« {sequence} » : le dernier arrêt finit après la séquence.")
        if minutes(arrets[0].arrivee) < minutes(sequence.debut):
            phrases.append(f"« {sequence} » : le premier arrêt précède la séquence.")
    return phrases


def corrections(arrets) -> list[str]:
    """« Friche : 10 h 45 au lieu de 10 h 40 », for the hours that change; none past midnight."""
    heures = au_plus_tot(arrets)
    if any(h >= MINUIT for h in heures):
        return []
    return [
        f"{arret} : {heure(moment(voulue))} au lieu de {heure(arret.arrivee)}"
        for arret, voulue in zip(arrets, heures, strict=True)
        if moment(voulue) != arret.arrivee
    ]
