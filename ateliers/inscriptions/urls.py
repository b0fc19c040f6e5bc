from django.urls import path

from ateliers.inscriptions.views import pilote, public

SEANCE = "ateliers/<slug:slug>/espace/seances/<int:seance_id>/inscriptions/"
LIEN = "inscription/<str:jeton>/"
urlpatterns = [
    path(SEANCE, pilote.liste, name="inscriptions"),
    path(SEANCE + "regler/", pilote.Regler.as_view(), name="inscriptions_regler"),
    path(
        "seances/<int:seance_id>/inscription/",
        public.Demander.as_view(),
        name="inscription_publique",
    ),
    path(LIEN, public.Suivre.as_view(), name="inscription"),
    path(LIEN + "confirmer/", public.Confirmer.as_view(), name="inscription_confirmer"),
    path(LIEN + "retirer/", public.Retirer.as_view(), name="inscription_retirer"),
]
