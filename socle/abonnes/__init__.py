"""A room below says that something changed; rooms above asked to be told. No signal, no magic.

`abonner` is called once, when the apps are loaded; `prevenir` inside the transaction of a verb.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

PERIMETRE = "perimetre"  # a Perimetre was composed again
PERSONNE = "personne"  # a Utilisateur changed of organisme or of role
ORGANISME = "organisme"  # an Organisme changed of territory
CANDIDATURE = "candidature"  # a Candidature enters the instruction, or comes back to it
SEANCE = "seance"  # a Seance changed its date, its place or its state
ATELIER = "atelier"  # an Atelier is given up: nothing of it will happen any more

_abonnes: dict[str, list[Callable]] = defaultdict(list)


def abonner(evenement: str, fonction: Callable) -> None:
    if fonction not in _abonnes[evenement]:
        _abonnes[evenement].append(fonction)


def prevenir(evenement: str, objet) -> None:
    for fonction in _abonnes[evenement]:
        fonction(objet)
