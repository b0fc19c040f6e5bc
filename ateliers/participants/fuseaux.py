"""VTIMEZONE of a site: yearly rules read in the time zone database, not lists of dates."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

PREMIERE, DERNIERE = 2000, 2037  # before, no atelier; after, rules are a promise anyway
JOURS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _bascules(zone: ZoneInfo, annee: int) -> list[datetime]:
    """Instants of this year at which the offset changes, to the minute."""
    trouvees, avant = [], datetime(annee, 1, 1, tzinfo=UTC)
    for _ in range(366):
        apres = avant + timedelta(days=1)
        if avant.astimezone(zone).utcoffset() != apres.astimezone(zone).utcoffset():
            trouvees.append(_preciser(zone, avant, apres))
        avant = apres
    return trouvees


def _preciser(zone, avant, apres) -> datetime:
    ancien = avant.astimezone(zone).utcoffset()
    while apres - avant > timedelta(minutes=1):
        milieu = (avant + (apres - avant) / 2).replace(second=0, microsecond=0)
        milieu = max(milieu, avant + timedelta(minutes=1))
        if milieu.astimezone(zone).utcoffset() == ancien:
            avant = milieu
        else:
            apres = milieu
    return apres


def _rangs(jour: datetime) -> set[int]:
    """« second Sunday », and « last Sunday » when it is that too."""
    rangs = {(jour.day - 1) // 7 + 1}
    if jour.day + 7 > monthrange(jour.year, jour.month)[1]:
        rangs.add(-1)
    return rangs


def _murale(bascule: datetime, zone) -> datetime:
    """Wall clock just before the change: what DTSTART of a rule is written in."""
    veille = (bascule - timedelta(minutes=1)).astimezone(zone)
    return veille.replace(tzinfo=None) + timedelta(minutes=1)


def _regle(murales: list[datetime]) -> dict | None:
    """The yearly rule that gives all these moments, or None."""
    rangs = set.intersection(*(_rangs(m) for m in murales))
    traits = {(m.month, m.weekday(), m.time()) for m in murales}
    if len(traits) != 1 or not rangs:
        return None
    mois, jour, _ = traits.pop()
    return {"freq": "yearly", "bymonth": mois, "byday": f"{min(rangs)}{JOURS[jour]}"}


def _composant(zone, bascule: datetime | None, regle=None):
    instant = bascule or datetime(DERNIERE, 1, 1, tzinfo=UTC)
    local = instant.astimezone(zone)
    composant = (TimezoneDaylight if local.dst() else TimezoneStandard)()
    avant = (instant - timedelta(minutes=1)).astimezone(zone) if bascule else local
    composant.add("dtstart", _murale(bascule, zone) if bascule else datetime(1970, 1, 1))
    composant.add("tzoffsetfrom", avant.utcoffset())
    composant.add("tzoffsetto", local.utcoffset())
    composant.add("tzname", local.tzname())
    if regle:
        composant.add("rrule", regle)
    return composant


def _serie(annees: dict, rang: int, zone) -> list[datetime]:
    return [_murale(bascules[rang], zone) for bascules in annees.values()]


def _annees_reglees(zone) -> dict[int, list[datetime]]:
    """Back from the last year, as long as the same two rules (or none) explain every change."""
    annees: dict[int, list[datetime]] = {}
    for annee in range(DERNIERE, PREMIERE - 1, -1):
        bascules = _bascules(zone, annee)
        essai = annees | {annee: bascules}
        if len(bascules) not in (0, 2) or len({len(b) for b in essai.values()}) > 1:
            break
        if bascules and not all(_regle(_serie(essai, rang, zone)) for rang in (0, 1)):
            break
        annees = essai
    return annees


@lru_cache(maxsize=64)
def vtimezone(cle: str) -> Timezone:
    zone = ZoneInfo(cle)
    annees = _annees_reglees(zone)
    if not annees:  # no rule explains it: the list of dates, then
        return Timezone.from_tzid(cle)
    fuseau = Timezone()
    fuseau.add("tzid", cle)
    if not annees[DERNIERE]:
        fuseau.add_component(_composant(zone, None))
        return fuseau
    for rang, bascule in enumerate(annees[min(annees)]):
        regle = _regle(_serie(annees, rang, zone))
        fuseau.add_component(_composant(zone, bascule, regle))
    return fuseau
