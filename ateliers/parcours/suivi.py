"""What other apps ask before the follow-up opens: they declare it here, at start-up."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Prealable:
    """One thing not done yet: a sentence, where to do it, with which verb, and who does it."""

    phrase: str
    url: str
    action: str
    qui: str = "service pilote"


_DECLARES: list[Callable] = []


def declarer(fonction: Callable) -> Callable:
    """`fonction(atelier)` gives the list of its Prealable."""
    if fonction not in _DECLARES:
        _DECLARES.append(fonction)
    return fonction


def prealables(atelier) -> list[Prealable]:
    return [prealable for fonction in _DECLARES for prealable in fonction(atelier)]
