"""Where a retained candidature goes on: the apps above declare it, since arrows go one way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Suite:
    """The next step, who must take it, and where."""

    libelle: str
    qui: str = ""
    url: str = ""


_declarees: list[Callable] = []


def declarer_suite(fonction: Callable) -> Callable:
    """Register `fonction(candidature, utilisateur) -> Suite | None`."""
    _declarees.append(fonction)
    return fonction


_engagements: list[Callable] = []


def declarer_engagement(fonction: Callable) -> Callable:
    """Register `fonction(candidature) -> bool`: work has begun that a withdrawal would orphan."""
    _engagements.append(fonction)
    return fonction


def engagee(candidature) -> bool:
    return any(f(candidature) for f in _engagements)


def suite_declaree(candidature, utilisateur) -> Suite | None:
    return next((s for f in _declarees if (s := f(candidature, utilisateur))), None)
