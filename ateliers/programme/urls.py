from django.urls import path

from ateliers.programme.views import kits as k
from ateliers.programme.views import programme as v
from ateliers.programme.views import sequences as s

P = "ateliers/<slug:slug>/espace/seances/<int:pk>/programme/"
S = P + "<int:sequence_id>/"
urlpatterns = [
    path(P, v.programme, name="programme"),
    path(P + "imprimer/", v.imprimer, name="programme_imprimer"),
    path(P + "v<int:numero>/", v.version, name="programme_version"),
    path(P + "ajouter/", s.Ajouter.as_view(), name="sequence_ajouter"),
    path(P + "kit/", k.PartirDUnKit.as_view(), name="programme_kit"),
    path(P + "garder/", k.GarderUnKit.as_view(), name="programme_garder"),
    path(S + "modifier/", s.Modifier.as_view(), name="sequence_modifier"),
    path(S + "retirer/", s.Retirer.as_view(), name="sequence_retirer"),
    path(S + "decaler/", s.Decaler.as_view(), name="sequence_decaler"),
    path(S + "itineraire/", s.Itineraire.as_view(), name="sequence_itineraire"),
    path(S + "itineraire/recaler/", s.Recaler.as_view(), name="sequence_recaler"),
    path(S + "<slug:sens>/", s.Deplacer.as_view(), name="sequence_deplacer"),
]
