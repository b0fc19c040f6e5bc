"""A query whose SQL is written once per process; only its values change.

Django writes the SQL of a query set again at each call. For a union of nine parts that takes
longer than the database’s answer: what every dashboard asks is kept here, written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler


class ValeurNonDite(ValueError):
    """The query set reads a clock or another value by itself: its SQL cannot be kept."""


@dataclass(frozen=True)
class _Place:
    nom: str
    genre: type  # psycopg’s own integers say their size


def _mettre(place, valeurs):
    if not isinstance(place, _Place):
        return place
    valeur = valeurs[place.nom]
    return place.genre(valeur) if issubclass(place.genre, int) else valeur


def _temoin(valeur, rang: int, tour: int):
    """A value of the same kind that no query writes by itself, another one at each turn."""
    if isinstance(valeur, datetime):
        return datetime(1000 + rang, 1, 1, tour, tzinfo=UTC)
    if isinstance(valeur, date):
        return date(1000 + rang, 1, 1 + tour)
    if isinstance(valeur, int) and not isinstance(valeur, bool):
        return -(2**40) - 2 * rang - tour
    if isinstance(valeur, str):
        return f"temoin-{rang}-{tour}"
    raise TypeError(f"Une requête gardée ne prend pas {valeur!r}.")


@dataclass(frozen=True)
class _Ecrite:
    sql: str
    places: list
    compilateur: SQLCompiler | None

    def executer(self, valeurs) -> list[tuple]:
        if not self.sql:
            return []
        with connection.cursor() as curseur:
            curseur.execute(self.sql, [_mettre(p, valeurs) for p in self.places])
            return curseur.fetchall()


class RequeteGardee:
    """`ecrire(*forme, **valeurs)` gives a query set.

    `forme`: what changes the SQL itself (a role); `valeurs`: numbers, words, days and moments, all
    of those that the SQL must not freeze. `lire` gives the rows of a `values_list`, `objets` those
    of a model, with what `select_related` and `annotate` bring.
    """

    def __init__(self, ecrire: Callable):
        self._ecrire, self._gardees = ecrire, {}

    def lire(self, *forme, **valeurs) -> list[tuple]:
        ecrite = self._ecrite(forme, valeurs)
        if ecrite.compilateur and any(
            hasattr(c.output_field, "from_db_value") for c, *_ in ecrite.compilateur.select
        ):
            raise TypeError("Une colonne demande une conversion : Django seul sait la lire.")
        return ecrite.executer(valeurs)

    def objets(self, *forme, **valeurs) -> list:
        ecrite = self._ecrite(forme, valeurs)
        return list(_instances(ecrite.compilateur, ecrite.executer(valeurs)))

    def _ecrite(self, forme, valeurs) -> _Ecrite:
        if forme not in self._gardees:
            self._gardees[forme] = self._preparer(forme, valeurs)
        return self._gardees[forme]

    def _preparer(self, forme, valeurs) -> _Ecrite:
        """Written twice with different values: what differs and was not given would be frozen."""
        try:
            ecrites = [self._compiler(forme, valeurs, tour) for tour in (0, 1)]
        except EmptyResultSet:  # nothing for this role
            return _Ecrite("", [], None)
        (sql, avant, premiers, compilateur), (autre, apres, seconds, _) = ecrites
        if sql != autre or len(avant) != len(apres):
            raise ValeurNonDite("Le texte de la requête dépend de ses valeurs.")
        paires = zip(avant, apres, strict=True)
        return _Ecrite(sql, [_place(a, b, premiers, seconds) for a, b in paires], compilateur)

    def _compiler(self, forme, valeurs, tour: int):
        temoins = {nom: _temoin(v, rang, tour) for rang, (nom, v) in enumerate(valeurs.items())}
        requete = self._ecrire(*forme, **temoins).query
        compilateur = requete.get_compiler(DEFAULT_DB_ALIAS)
        sql, parametres = compilateur.as_sql()
        return sql, list(parametres), temoins, compilateur


def _place(avant, apres, premiers, seconds):
    for nom, temoin in premiers.items():
        if isinstance(avant, type(temoin)) and (avant, apres) == (temoin, seconds[nom]):
            return _Place(nom, type(avant))
    if avant != apres or isinstance(avant, date):
        raise ValeurNonDite(f"{avant!r} n’est pas une valeur donnée.")
    return avant


def _instances(compilateur, lignes):
    """What Django’s own `ModelIterable` does of the same rows."""
    if not lignes:
        return
    info, select = compilateur.klass_info, compilateur.select
    debut, fin = info["select_fields"][0], info["select_fields"][-1] + 1
    noms = [colonne.target.attname for colonne, *_ in select[debut:fin]]
    liees = get_related_populators(info, select, DEFAULT_DB_ALIAS)
    convertisseurs = compilateur.get_converters([colonne for colonne, *_ in select])
    for ligne in compilateur.apply_converters(lignes, convertisseurs):
        objet = info["model"].from_db(DEFAULT_DB_ALIAS, noms, ligne[debut:fin])
        for liee in liees:
            liee.populate(ligne, objet)
        for nom, rang in compilateur.annotation_col_map.items():
            setattr(objet, nom, ligne[rang])
        yield objet
