from django.urls import path

from ateliers.contributions.views import images, seance

ESPACE = "ateliers/<slug:slug>/espace/"
SEANCE = ESPACE + "seances/<int:seance_id>/"
UNE = ESPACE + "contributions/<int:contribution_id>/"
urlpatterns = [
    path(SEANCE + "contributions/", seance.Contributions.as_view(), name="contributions"),
    path(SEANCE + "mur/", seance.mur, name="mur"),
    path(SEANCE + "mur/cartes/", seance.mur_cartes, name="mur_cartes"),
    path(UNE + "modifier/", seance.Modifier.as_view(), name="contribution_modifier"),
    path(UNE + "retirer/", seance.Retirer.as_view(), name="contribution_retirer"),
    path(UNE + "photo/", images.photo, name="contribution_photo"),
    path(UNE + "photo/personnes/", images.Personnes.as_view(), name="contribution_personnes"),
    path(SEANCE + "contributions/photos.zip", images.telecharger, name="contributions_photos"),
]
