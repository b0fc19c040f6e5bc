"""What every page may need, as plain values: nothing here costs a query (but one for the menu
of those who may find nothing behind one of its entries)."""

from __future__ import annotations

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from socle.interface.navigation import entrees

NOM_SITE = "Atelier des territoires"

# django-dsfr reads SITE_CONFIG; its own context processor would query the database twice a page.
SITE_CONFIG = {
    "site_title": NOM_SITE,
    "site_tagline": "Élaborer ensemble un projet d’aménagement",
    "header_brand_html": "République<br>Française",
    "footer_brand_html": "République<br>Française",
    "footer_brand": "République française",
    "notice_title": "",
    "notice_description": "",
    "mourning": False,
}


def interface(request):
    utilisateur = getattr(request, "user", None)

    def menu():
        connecte = utilisateur is not None and utilisateur.is_authenticated
        return entrees(utilisateur if connecte else None, request.path, settings.DEMO)

    return {
        "SITE_CONFIG": SITE_CONFIG,
        "nom_site": NOM_SITE,
        "demonstration": settings.DEMO,
        "version_produit": settings.VERSION,
        "menu_principal": SimpleLazyObject(menu),
    }
