from django.urls import path

from socle.territoires import views

app_name = "territoires"
urlpatterns = [
    path("territoires/recherche/", views.recherche, name="recherche"),
    path("territoires/organisme/", views.organisme, name="organisme"),
    path("territoires/contours/<str:code>/", views.contours, name="contours"),
    path("territoires/tuiles/<int:z>/<int:x>/<int:y>/", views.tuile, name="tuile"),
    path("territoires/communes/<str:code>/", views.commune, name="commune"),
]
