from django.urls import path

from socle.exports import views

app_name = "exports"
urlpatterns = [
    path("exports/", views.liste, name="liste"),
    path("exports/nouveau/<slug:cle>/", views.VueDemander.as_view(), name="demander"),
    path("exports/<uuid:pk>/telecharger/", views.telecharger, name="telecharger"),
    path("exports/<uuid:pk>/supprimer/", views.VueSupprimer.as_view(), name="supprimer"),
]
