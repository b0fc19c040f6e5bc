"""A brake on requests from one connection. The address itself is not kept, only its digest."""

import hashlib

from django.conf import settings
from django.core.cache import cache

from socle.erreurs import ErreurMetier

PAR_HEURE = 20


def freiner(adresse_ip: str) -> None:
    """Raise once an address asked too many times within the hour."""
    empreinte = hashlib.sha256(f"{settings.SECRET_KEY}{adresse_ip}".encode()).hexdigest()[:32]
    cle = f"inscriptions:{empreinte}"
    cache.add(cle, 0, timeout=3600)
    try:
        nombre = cache.incr(cle)
    except ValueError:  # it expired in between
        return
    if nombre > PAR_HEURE:
        raise ErreurMetier(
            "Trop de demandes viennent de cette connexion : réessayez dans une heure."
        )
