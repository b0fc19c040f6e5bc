from django.urls import path

from candidatures.dispositifs.views import programmes, public, zonages

urlpatterns = [
    path("programmes/", programmes.liste, name="programmes"),
    path("programmes/importer/", programmes.importer, name="programmes_importer"),
    path("zonages/", zonages.liste, name="zonages"),
    path("zonages/importer/", zonages.importer, name="zonages_importer"),
    path("kits/", public.kits, name="kits"),
    path("kits/<slug:cle>/v<int:numero>/", public.telecharger_kit, name="kit_telecharger"),
]
