"""Addresses of the app: each room adds its own list here."""

from importlib import import_module
from importlib.util import find_spec

app_name = "candidatures"
urlpatterns: list = []
for _salle in ("dispositifs", "appels", "dossiers", "instruction"):
    if find_spec(f"candidatures.{_salle}.urls"):
        urlpatterns += import_module(f"candidatures.{_salle}.urls").urlpatterns
