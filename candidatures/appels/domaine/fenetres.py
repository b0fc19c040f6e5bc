"""When a call closes, for whom, and in which words. Pure: instants in, instants out.

`ferme_le` is typed and kept as an hour of Paris. When the call says « heure locale », the same hour
on the clock of each territory is meant: noon in Cayenne is four hours after noon in Paris.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from socle.interface.templatetags.interface import date_courte, heure

PARIS = ZoneInfo("Europe/Paris")
TOLERANCE = timedelta(minutes=15)
NOMS = {
    "Europe/Paris": "heure de Paris",
    "America/Guadeloupe": "heure de la Guadeloupe",
    "America/Martinique": "heure de la Martinique",
    "America/Cayenne": "heure de la Guyane",
    "Indian/Reunion": "heure de La Réunion",
    "Indian/Mayotte": "heure de Mayotte",
    "America/Miquelon": "heure de Saint-Pierre-et-Miquelon",
    "America/St_Barthelemy": "heure de Saint-Barthélemy",
    "America/Marigot": "heure de Saint-Martin",
    "Pacific/Noumea": "heure de la Nouvelle-Calédonie",
    "Pacific/Tahiti": "heure de la Polynésie française",
    "Pacific/Wallis": "heure de Wallis-et-Futuna",
}


def a_l_horloge_de(moment: datetime, fuseau: str) -> datetime:
    """The same hour on the clock, in another zone; the later instant when a clock changes then."""
    horloge = moment.astimezone(PARIS).replace(tzinfo=ZoneInfo(fuseau), fold=0)
    return max(horloge, horloge.replace(fold=1), key=lambda m: m.timestamp())


def fermeture(
    ferme_le: datetime | None, *, heure_locale: bool = False, fuseaux: Iterable[str] = ()
) -> datetime | None:
    """The instant after which nothing begins; on several zones, the latest one."""
    if ferme_le is None or not heure_locale:
        return ferme_le
    instants = [a_l_horloge_de(ferme_le, fuseau) for fuseau in set(fuseaux)]
    return max(instants, key=lambda m: m.timestamp(), default=ferme_le)


def depot_recu(
    ferme: datetime | None, recu_le: datetime, commences: Iterable[datetime] = ()
) -> bool:
    """A deposit is kept when it arrives before closing, or began before, 15 minutes at most.

    `commences`: when its page « Vérifier et déposer » was opened, when the request was received.
    """
    if ferme is None or recu_le < ferme:
        return True
    return any(debut < ferme and recu_le - debut <= TOLERANCE for debut in commences)


def dire(
    ferme_le: datetime | None, *, heure_locale: bool = False, fuseaux: Iterable[str] = ()
) -> str:
    """« 31 mars 2027 à 12 h (heure de Paris) »."""
    if ferme_le is None:
        return ""
    fuseaux = sorted(set(fuseaux))
    if not heure_locale:
        return _dire(ferme_le.astimezone(PARIS), "heure de Paris")
    if not fuseaux:
        return _dire(ferme_le.astimezone(PARIS), "heure locale de chaque territoire")
    instant = fermeture(ferme_le, heure_locale=True, fuseaux=fuseaux)
    nom = next(f for f in fuseaux if a_l_horloge_de(ferme_le, f) == instant)
    return _dire(instant.astimezone(ZoneInfo(nom)), NOMS.get(nom, "heure locale"))


def _dire(moment: datetime, horloge: str) -> str:
    sans_fuseau = moment.replace(tzinfo=None)
    return f"{date_courte(sans_fuseau)} à {heure(sans_fuseau)} ({horloge})"
