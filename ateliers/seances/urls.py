from django.urls import path

from ateliers.seances.views import pilote as v

E = "ateliers/<slug:slug>/espace/"
S = f"{E}seances/<int:pk>/"
urlpatterns = [
    path(f"{E}seances/nouvelle/", v.Ajouter.as_view(), name="seance_nouvelle"),
    path(f"{E}ouvrir-le-suivi/", v.OuvrirSuivi.as_view(), name="ouvrir_suivi"),
    path(f"{S}tenir/", v.Tenir.as_view(), name="seance_tenir"),
    path(f"{S}deroule/", v.EcrireDeroule.as_view(), name="seance_deroule"),
]
