"""The SQL of one part, and how its JSON rows become instances. Made once per process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models


def _instant(valeur: str) -> datetime:
    return datetime.fromisoformat(valeur).astimezone(UTC)


# JSON has no dates, times, decimals nor UUIDs; what is not read here must come out as it went in.
LECTEURS: tuple[tuple[type, Callable], ...] = (
    (models.DateTimeField, _instant),
    (models.DateField, date.fromisoformat),
    (models.TimeField, time.fromisoformat),
    (models.DecimalField, Decimal),
    (models.UUIDField, UUID),
)
FIDELES = (
    models.AutoField,
    models.IntegerField,
    models.FloatField,
    models.BooleanField,
    models.CharField,
    models.TextField,
    models.FileField,
    models.JSONField,
    ArrayField,
)


def _lecteur(champ) -> Callable | None:
    """How a value is read back; raise `TypeError` for a type that JSON would change in silence."""
    while isinstance(champ, models.ForeignKey):
        champ = champ.target_field
    for genre, lire in LECTEURS:
        if isinstance(champ, genre):
            return lire
    nature = champ.output_field if isinstance(champ, models.GeneratedField) else champ
    if not isinstance(nature, FIDELES):
        raise TypeError(f"{champ} : {type(nature).__name__} ne passe pas par JSON, écartez-le")
    return None


@dataclass(frozen=True)
class Morceau:
    """The columns of one model in the row: `chemin` is empty for the row itself."""

    chemin: str
    modele: type
    noms: tuple[str, ...]
    lecteurs: tuple[tuple[int, Callable], ...]
    debut: int
    fin: int
    cle: int

    def construire(self, ligne: list):
        valeurs = ligne[self.debut : self.fin]
        if valeurs[self.cle] is None:
            return None
        for rang, lire in self.lecteurs:
            if valeurs[rang] is not None:
                valeurs[rang] = lire(valeurs[rang])
        return self.modele.from_db("default", self.noms, valeurs)


@dataclass(frozen=True)
class Lecture:
    etapes: tuple[str, ...]
    acces: str
    cache: str
    sql: str
    morceaux: tuple[Morceau, ...]
    vers_parent: Any

    def objet(self, ligne: list, parent):
        lus = {m.chemin: m.construire(ligne) for m in self.morceaux}
        for chemin, lu in lus.items():
            if chemin:
                hote, _, relation = chemin.rpartition("__")
                if lus[hote] is not None:
                    lus[hote]._meta.get_field(relation).set_cached_value(lus[hote], lu)
        if self.vers_parent is not None:
            self.vers_parent.set_cached_value(lus[""], parent)
        return lus[""]

    def ranger(self, parent, objets: list) -> None:
        """As `prefetch_related` does."""
        lus = getattr(parent, self.acces).get_queryset()
        lus._result_cache, lus._prefetch_done = objets, True
        if not hasattr(parent, "_prefetched_objects_cache"):
            parent._prefetched_objects_cache = {}
        parent._prefetched_objects_cache[self.cache] = lus


def _colonne(alias: str, champ) -> str:
    transtype = "::text" if isinstance(champ, models.DecimalField) else ""
    return f'{alias}."{champ.column}"{transtype}'


class _Ecriture:
    """Gathers the joins, the columns and the order of one part."""

    def __init__(self, modele, sans):
        self.modeles, self.alias = {"": modele}, {"": "t"}
        self.jointures, self.colonnes, self.morceaux, self.sans = [], [], [], sans

    def joindre(self, chemin: str) -> str:
        if chemin in self.alias:
            return self.alias[chemin]
        hote, _, relation = chemin.rpartition("__")
        cote = self.joindre(hote)
        champ = self.modeles[hote]._meta.get_field(relation)
        self.modeles[chemin], self.alias[chemin] = champ.related_model, f"t{len(self.alias)}"
        cible = champ.related_model._meta
        self.jointures.append(
            f'LEFT JOIN "{cible.db_table}" {self.alias[chemin]} '
            f'ON {self.alias[chemin]}."{cible.pk.column}" = {cote}."{champ.column}"'
        )
        return self.alias[chemin]

    def apporter(self, chemin: str) -> None:
        alias, modele = self.joindre(chemin), self.modeles[chemin]
        exclus = self.sans if not chemin else ()
        champs = [c for c in modele._meta.concrete_fields if c.name not in exclus]
        debut = len(self.colonnes)
        self.colonnes += [_colonne(alias, c) for c in champs]
        lecteurs = ((i, _lecteur(c)) for i, c in enumerate(champs))
        self.morceaux.append(
            Morceau(
                chemin=chemin,
                modele=modele,
                noms=tuple(c.attname for c in champs),
                lecteurs=tuple((i, lire) for i, lire in lecteurs if lire),
                debut=debut,
                fin=len(self.colonnes),
                cle=champs.index(modele._meta.pk),
            )
        )

    def ordre(self, parent: str) -> str:
        """The model’s own ordering; what sorts by the owner says nothing here."""
        termes = []
        for terme in [*self.modeles[""]._meta.ordering, "pk"]:
            chemin, _, nom = terme.removeprefix("-").rpartition("__")
            if not chemin and nom == parent:
                continue
            alias = self.joindre(chemin)
            meta = self.modeles[chemin]._meta
            champ = meta.pk if nom == "pk" else meta.get_field(nom)
            termes.append(f'{alias}."{champ.column}"{" DESC" if terme.startswith("-") else ""}')
        return ", ".join(termes)


@lru_cache(maxsize=256)
def lecture(racine, partie) -> Lecture:
    *etapes, acces = partie.chemin.split("__")
    hote = racine
    for etape in etapes:
        hote = hote._meta.get_field(etape).related_model
    relation = hote._meta.get_field(acces)
    modele = relation.related_model
    ecriture = _Ecriture(modele, partie.sans)
    if relation.many_to_many:
        through = relation.remote_field.through
        vers = through._meta.get_field(relation.m2m_reverse_field_name()).column
        depart, parent, cache = f'm."{relation.m2m_column_name()}"', "", relation.name
        ecriture.jointures.append(
            f'JOIN "{through._meta.db_table}" m ON m."{vers}" = t."{modele._meta.pk.column}"'
        )
        champ = None
    else:
        champ, cache = relation.field, relation.cache_name
        depart, parent = f't."{champ.column}"', champ.name
    for chemin in ("", *partie.avec):
        ecriture.apporter(chemin)
    ordre = ecriture.ordre(parent)
    sql = (
        f"{depart}::text, json_agg(json_build_array({', '.join(ecriture.colonnes)})"
        f' ORDER BY {ordre}) FROM "{modele._meta.db_table}" t {" ".join(ecriture.jointures)}'
        f" WHERE {depart} = ANY(%s){f' AND {partie.ou}' if partie.ou else ''} GROUP BY {depart}"
    )
    return Lecture(tuple(etapes), acces, cache, sql, tuple(ecriture.morceaux), champ)
