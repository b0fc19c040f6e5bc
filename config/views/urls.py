"""Addresses of the pages that see every app."""

from django.urls import path

from config.views.accueil import accueil
from config.views.chercher import chercher
from config.views.legales import PageLegale
from config.views.tableau_de_bord import tableau_de_bord

urlpatterns = [
    path("", accueil, name="accueil"),
    path("chercher/", chercher, name="chercher"),
    path("tableau-de-bord/", tableau_de_bord, name="tableau_de_bord"),
    path(
        "accessibilite/",
        PageLegale.as_view(template_name="config/accessibilite.html"),
        name="accessibilite",
    ),
    path(
        "mentions-legales/",
        PageLegale.as_view(template_name="config/mentions_legales.html"),
        name="mentions_legales",
    ),
    path(
        "donnees-personnelles/",
        PageLegale.as_view(template_name="config/donnees_personnelles.html"),
        name="donnees_personnelles",
    ),
]
