"""The committee of the national appel: what is projected, over its 250 candidatures."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from candidatures.comite.models import Comite, MembreComite


def reunir(monde, appel) -> Comite:
    """Twelve members, thirty places, ten in reserve."""
    comite = Comite.objects.create(
        appel=appel,
        tenu_le=timezone.now() + timedelta(days=7),
        lieu="Paris",
        presidence="La directrice générale",
        quorum=6,
        plafond_places=30,
        reserve=10,
        cree_par=monde.dgaln,
    )
    MembreComite.objects.bulk_create(
        MembreComite(comite=comite, utilisateur=e, nom=f"{e} {rang}", present=True)
        for rang, e in enumerate(monde.evaluateurs[:12])
    )
    return comite
