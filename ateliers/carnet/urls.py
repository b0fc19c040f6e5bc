from django.urls import path

from ateliers.carnet.views import acteurs, public
from ateliers.carnet.views.carnet import carnet

E = "ateliers/<slug:slug>/espace/"
urlpatterns = [
    path("ateliers/", public.liste, name="liste"),
    path("ateliers/<slug:slug>/", public.atelier, name="atelier"),
    path(E, acteurs.espace, name="espace"),
    path(f"{E}historique/", acteurs.historique, name="historique"),
    path(f"{E}carnet/", carnet, name="carnet"),
    path(f"{E}seances/<int:pk>/", acteurs.seance, name="seance"),
    path(f"{E}seances/<int:pk>/historique/", acteurs.historique_seance, name="seance_historique"),
]
