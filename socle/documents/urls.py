from django.urls import path

from socle.documents import views

app_name = "documents"
urlpatterns = [
    path("documents/<uuid:uuid>/", views.etat, name="etat"),
    path("documents/<uuid:uuid>/fichier/", views.telecharger, name="telecharger"),
    path("documents/<uuid:uuid>/relancer/", views.relancer, name="relancer"),
]
