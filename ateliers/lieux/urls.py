from django.urls import path

from ateliers.lieux.views import lieux as v

urlpatterns = [
    path("lieux/", v.liste, name="lieux"),
    path("lieux/ajouter/", v.Ajouter.as_view(), name="lieu_ajouter"),
    path("lieux/<int:pk>/", v.fiche, name="lieu"),
    path("lieux/<int:pk>/modifier/", v.Modifier.as_view(), name="lieu_modifier"),
    path("lieux/<int:pk>/fermer/", v.Fermer.as_view(), name="lieu_fermer"),
    path("lieux/<int:pk>/rouvrir/", v.Rouvrir.as_view(), name="lieu_rouvrir"),
]
