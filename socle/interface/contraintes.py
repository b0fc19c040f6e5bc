"""What the database refuses, told as the rule itself says it: no write ends in an error page."""

from __future__ import annotations

import logging
from functools import cache

from django.apps import apps
from django.db import DatabaseError, DataError, IntegrityError
from django.db.models import CheckConstraint, Q
from django.db.models.constraints import BaseConstraint

from socle.erreurs import ErreurMetier

journal = logging.getLogger(__name__)

DOUBLON = "Cet élément existe déjà\u00a0: rechargez la page pour voir ce qui est enregistré."
ETATS = {
    "22001": "Un texte est trop long pour ce champ\u00a0: raccourcissez-le.",
    "22003": "Un nombre est trop grand pour ce champ.",
    "22008": "Une date est hors du calendrier.",
    "23505": DOUBLON,
}


def champs_de(contrainte) -> list[str]:
    """Fields that a constraint is about, in the order it names them."""
    if isinstance(contrainte, CheckConstraint):
        return list(dict.fromkeys(_noms(contrainte.condition)))
    return list(getattr(contrainte, "fields", ()))


def _noms(condition):
    for enfant in getattr(condition, "children", ()):
        if isinstance(enfant, Q):
            yield from _noms(enfant)
        elif isinstance(enfant, tuple):
            yield enfant[0].split("__")[0]


@cache
def _par_nom() -> dict[str, BaseConstraint]:
    return {c.name: c for modele in apps.get_models() for c in modele._meta.constraints}


def refus(erreur: DatabaseError) -> ErreurMetier | None:
    """The sentence of a named constraint and the fields it is about; None for another failure."""
    if not isinstance(erreur, IntegrityError | DataError):
        return None
    diag = getattr(erreur.__cause__, "diag", None)
    contrainte = _par_nom().get(getattr(diag, "constraint_name", None) or "")
    propre = getattr(contrainte, "violation_error_message", None)
    if propre == BaseConstraint.default_violation_error_message:
        propre = None
    phrase = propre or ETATS.get(getattr(diag, "sqlstate", None) or "")
    if phrase is None:
        return None
    journal.warning("Refusé par la base plutôt que par un formulaire", exc_info=erreur)
    refuse = ErreurMetier(str(phrase))
    refuse.champs = tuple(champs_de(contrainte)) if contrainte else ()
    return refuse
