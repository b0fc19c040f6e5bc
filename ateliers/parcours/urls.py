from django.urls import path

from ateliers.parcours.views import pilote

E = "ateliers/<slug:slug>/espace/"
urlpatterns = [
    path(f"{E}presentation/", pilote.Presenter.as_view(), name="presenter"),
    path(f"{E}clore/", pilote.Clore.as_view(), name="clore"),
    path(f"{E}abandonner/", pilote.Abandonner.as_view(), name="abandonner"),
]
