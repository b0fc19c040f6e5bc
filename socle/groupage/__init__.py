"""Read all that hangs on a few objects in one query, into Django’s own prefetch caches.

A dossier has some twenty small collections: `prefetch_related` asks for each in turn. Here they
come together, as JSON rows of one UNION; `objet.collection.all()` then reads what was brought.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from socle.groupage.gardee import RequeteGardee
from socle.groupage.requete import Lecture, lecture

__all__ = ["Partie", "QuerySetGroupe", "RequeteGardee", "remplir"]


@dataclass(frozen=True)
class Partie:
    """One collection. `chemin`: from the object, as in `prefetch_related`.

    `avec`: forward relations of its rows, brought along; `ou`: SQL on its alias `t`; `sans`: heavy
    columns left in the database. What `ou` leaves out is absent from `.all()`, like a Prefetch.
    """

    chemin: str
    avec: tuple[str, ...] = ()
    ou: str = ""
    sans: tuple[str, ...] = ()


class QuerySetGroupe(QuerySet):
    """A queryset whose objects come with their parts."""

    _parties: tuple[Partie, ...] = ()

    def grouper(self, *parties: Partie):
        copie = self._chain()
        copie._parties = (*self._parties, *parties)
        return copie

    def _clone(self):
        copie = super()._clone()
        copie._parties = self._parties
        return copie

    def _fetch_all(self):
        a_remplir = self._result_cache is None and self._parties
        super()._fetch_all()
        if a_remplir and self._result_cache and isinstance(self._result_cache[0], self.model):
            remplir(self._result_cache, self._parties)


def remplir(objets, parties) -> None:
    """One query per depth: a part of a part waits for it."""
    modele, restantes = type(objets[0]), list(parties)
    while restantes:
        chemins = [p.chemin for p in restantes]
        niveau = [p for p in restantes if not any(p.chemin.startswith(f"{c}__") for c in chemins)]
        restantes = [p for p in restantes if p not in niveau]
        _lire(objets, [lecture(modele, p) for p in niveau])


def _parents(objets, etapes) -> list:
    """The owners of a collection, through forward relations and collections already read."""
    for etape in etapes:
        suivants = []
        for objet in objets:
            valeur = getattr(objet, etape)
            if valeur is not None:
                suivants += valeur.all() if hasattr(valeur, "all") else [valeur]
        objets = suivants
    return list(objets)


def _lire(objets, lectures: list[Lecture]) -> None:
    parents, morceaux, parametres = [], [], []
    for rang, une in enumerate(lectures):
        possesseurs = _parents(objets, une.etapes)
        parents.append(possesseurs)
        if possesseurs:
            morceaux.append(f"SELECT {rang}, {une.sql}")
            parametres.append(list({p.pk for p in possesseurs}))
    lignes: dict = {}
    if morceaux:
        with connection.cursor() as curseur:
            curseur.execute(" UNION ALL ".join(morceaux), parametres)
            lignes = {(rang, cle): valeurs for rang, cle, valeurs in curseur.fetchall()}
    for rang, (une, possesseurs) in enumerate(zip(lectures, parents, strict=True)):
        for parent in possesseurs:
            valeurs = lignes.get((rang, str(parent.pk)), ())
            une.ranger(parent, [une.objet(v, parent) for v in valeurs])
