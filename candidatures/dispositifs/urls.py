from django.urls import path

from candidatures.dispositifs.views import public

urlpatterns = [
    path("kits/", public.kits, name="kits"),
    path("kits/<slug:cle>/v<int:numero>/", public.telecharger_kit, name="kit_telecharger"),
]
