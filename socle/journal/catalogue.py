"""The declared actions. Writing an undeclared one is a programming error."""

from __future__ import annotations

from dataclasses import dataclass

_ACTIONS: dict[str, Action] = {}


@dataclass(frozen=True)
class Action:
    """`phrase` follows the author's name: « a déposé la candidature »; may use {details} keys.

    `confidentielle`: shown only to DGALN and State services, never to candidates. `regroupe`: the
    detail that names what was saved; consecutive ones of one author then make one line.
    """

    cle: str
    phrase: str
    confidentielle: bool = False
    regroupe: str = ""


def declarer(cle: str, phrase: str, *, confidentielle: bool = False, regroupe: str = "") -> str:
    """Declare an action at import time, return its key. Raises ValueError when declared twice."""
    if cle in _ACTIONS:
        raise ValueError(f"action déclarée deux fois : {cle}")
    _ACTIONS[cle] = Action(cle, phrase, confidentielle, regroupe)
    return cle


def action(cle: str) -> Action:
    return _ACTIONS[cle]


def actions() -> dict[str, Action]:
    return dict(_ACTIONS)
