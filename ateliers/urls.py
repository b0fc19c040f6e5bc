"""Addresses of the app: each room adds its own list here."""

from importlib import import_module
from importlib.util import find_spec

app_name = "ateliers"
urlpatterns: list = []
# "livrables" comes first: « ateliers/ouvrir/ » is not an atelier's slug.
for _salle in (
    "livrables",
    "budget",
    "carnet",
    "parcours",
    "annuaire",
    "cadrage",
    "marche",
    "sites",
    "lieux",
    "seances",
    "programme",
    "participants",
    "sondages",
    "inscriptions",
    "calendrier",
    "synchro",
    "contributions",
):
    if find_spec(f"ateliers.{_salle}.urls"):
        urlpatterns += import_module(f"ateliers.{_salle}.urls").urlpatterns
