from django.urls import path

from ateliers.programme.views import programme as v

P = "ateliers/<slug:slug>/espace/seances/<int:pk>/programme/"
S = P + "<int:sequence_id>/"
urlpatterns = [
    path(P, v.programme, name="programme"),
    path(P + "imprimer/", v.imprimer, name="programme_imprimer"),
    path(P + "v<int:numero>/", v.version, name="programme_version"),
    path(P + "ajouter/", v.Ajouter.as_view(), name="sequence_ajouter"),
    path(P + "kit/", v.PartirDUnKit.as_view(), name="programme_kit"),
    path(P + "garder/", v.GarderUnKit.as_view(), name="programme_garder"),
    path(S + "modifier/", v.Modifier.as_view(), name="sequence_modifier"),
    path(S + "retirer/", v.Retirer.as_view(), name="sequence_retirer"),
    path(S + "itineraire/", v.Itineraire.as_view(), name="sequence_itineraire"),
    path(S + "itineraire/recaler/", v.Recaler.as_view(), name="sequence_recaler"),
    path(S + "<slug:sens>/", v.Deplacer.as_view(), name="sequence_deplacer"),
]
