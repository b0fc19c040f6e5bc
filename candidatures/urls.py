"""Addresses of the app: each room has its own list. Those with a fixed name come first."""

from candidatures.appels.urls import urlpatterns as appels
from candidatures.comite.urls import urlpatterns as comite
from candidatures.dispositifs.urls import urlpatterns as dispositifs
from candidatures.dossiers.urls import urlpatterns as dossiers
from candidatures.echanges.urls import urlpatterns as echanges
from candidatures.instruction.urls import urlpatterns as instruction
from candidatures.listes.urls import urlpatterns as listes

app_name = "candidatures"
urlpatterns = [*dispositifs, *appels, *listes, *instruction, *dossiers, *echanges, *comite]
