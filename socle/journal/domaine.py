from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from socle.journal import catalogue
from socle.journal.models import Entree


def _reference(objet) -> tuple[str, str]:
    return objet._meta.label_lower, str(objet.pk)


def inscrire(cle: str, *, objet, par=None, motif: str = "", **details) -> Entree:
    """Write one entry. `par` is None for what the machine does. Raises KeyError if undeclared."""
    catalogue.action(cle)
    objet_type, objet_id = _reference(objet)
    return Entree.objects.create(
        action=cle,
        objet_type=objet_type,
        objet_id=objet_id,
        auteur=par,
        quand=timezone.now(),
        motif=motif or "",
        details=details,
    )


def historique(*objets, confidentielles: bool = False):
    """Entries about these objects, newest first, as a list of (entree, action)."""
    from django.db.models import Q

    filtre = Q(pk__in=[])
    for objet in objets:
        objet_type, objet_id = _reference(objet)
        filtre |= Q(objet_type=objet_type, objet_id=objet_id)
    lignes = []
    for entree in Entree.objects.filter(filtre).select_related("auteur__organisme"):
        declaree = catalogue.action(entree.action)
        if confidentielles or not declaree.confidentielle:
            lignes.append((entree, declaree))
    return lignes


def objets_de(cle: str, *, vers: datetime, duree=timedelta(hours=1), **details) -> list[str]:
    """Keys of the objects of one act that wrote several entries, which ended at this moment."""
    entrees = Entree.objects.filter(action=cle, quand__range=(vers - duree, vers + duree))
    for nom, valeur in details.items():
        entrees = entrees.filter(**{f"details__{nom}": valeur})
    return list(entrees.values_list("objet_id", flat=True))
