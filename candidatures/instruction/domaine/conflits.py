"""Why a person must not read a dossier. Pure: no database here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Cause(StrEnum):
    ORGANISME = "Même organisme"
    MANDAT = "Mandat électif dans le périmètre"
    DEPARTEMENT = "Même département"


@dataclass(frozen=True)
class Profil:
    """What ties a person to places and organisations."""

    personne_id: int
    organisme_id: int | None = None
    departements: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()  # codes of the communes where they hold an office
    epcis: frozenset = frozenset()  # keys of the EPCI where they hold an office


@dataclass(frozen=True)
class Emprise:
    """What a dossier touches."""

    candidature_id: int
    organismes: frozenset[int] = frozenset()
    departements: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()
    epcis: frozenset = frozenset()


def causes(profil: Profil, emprise: Emprise) -> tuple[Cause, ...]:
    """Every reason, the gravest first. Empty: the person may read."""
    lues = []
    if profil.organisme_id in emprise.organismes:
        lues.append(Cause.ORGANISME)
    if profil.communes & emprise.communes or profil.epcis & emprise.epcis:
        lues.append(Cause.MANDAT)
    if profil.departements & emprise.departements:
        lues.append(Cause.DEPARTEMENT)
    return tuple(lues)


def motif(profil: Profil, emprise: Emprise) -> str:
    """The reasons as one sentence, without the name of the place: the person may read it."""
    lues = causes(profil, emprise)
    return f"{' ; '.join(str(c) for c in lues).capitalize()}." if lues else ""


@dataclass(frozen=True)
class Ecart:
    """What must change so that the computed recusals are true again."""

    a_creer: dict[int, str] = field(default_factory=dict)
    a_lever: frozenset[int] = frozenset()


def ecart(profils: Iterable[Profil], emprise: Emprise, actuels: Iterable[int]) -> Ecart:
    """`actuels`: persons already recused by computation. Applied twice, it changes nothing."""
    voulus = {p.personne_id: m for p in profils if (m := motif(p, emprise))}
    actuels = frozenset(actuels)
    return Ecart(
        a_creer={cle: m for cle, m in voulus.items() if cle not in actuels},
        a_lever=actuels - voulus.keys(),
    )
