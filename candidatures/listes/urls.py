from django.urls import path

from candidatures.listes.views import carte, liste, vues

urlpatterns = [
    path("candidatures/", liste.liste, name="liste"),
    path("candidatures/carte/", carte.carte, name="carte"),
    path("instruction/", liste.instruction, name="instruction"),
    path("vues/<slug:page>/", vues.VueEnregistrer.as_view(), name="vue_enregistrer"),
    path("vues/<int:pk>/defaut/", vues.VueParDefaut.as_view(), name="vue_defaut"),
    path("vues/<int:pk>/supprimer/", vues.VueSupprimer.as_view(), name="vue_supprimer"),
]
