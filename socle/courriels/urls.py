from django.urls import path

from socle.courriels import views

app_name = "courriels"
urlpatterns = [
    path("courriels/", views.boite, name="boite"),
    path("courriels/<int:pk>/", views.detail, name="detail"),
    path("courriels/<int:pk>/pieces/<int:piece_pk>/", views.piece, name="piece"),
    path("courriels/<int:pk>/liberer/", views.liberer, name="liberer"),
    path("courriels/<int:pk>/annuler/", views.annuler, name="annuler"),
    path("courriels/<int:pk>/renvoyer/", views.renvoyer, name="renvoyer"),
]
