from django.urls import path

from socle.courriels import views, views_lots

app_name = "courriels"
urlpatterns = [
    path("courriels/", views.boite, name="boite"),
    path("courriels/<int:pk>/", views.detail, name="detail"),
    path("courriels/<int:pk>/pieces/<int:piece_pk>/", views.piece, name="piece"),
    path("courriels/<int:pk>/piece-prevue/", views.piece_prevue, name="piece_prevue"),
    path("courriels/<int:pk>/liberer/", views.liberer, name="liberer"),
    path("courriels/<int:pk>/annuler/", views.annuler, name="annuler"),
    path("courriels/<int:pk>/renvoyer/", views.renvoyer, name="renvoyer"),
    path("courriels/<int:pk>/corriger/", views_lots.VueCorriger.as_view(), name="corriger"),
    path("courriels/lots/", views_lots.liste_lots, name="lots"),
    path("courriels/lots/<int:pk>/", views_lots.lot, name="lot"),
    path(
        "courriels/lots/<int:pk>/envoyer/", views_lots.VueEnvoyerLot.as_view(), name="lot_envoyer"
    ),
    path(
        "courriels/lots/<int:pk>/annuler/", views_lots.VueAnnulerLot.as_view(), name="lot_annuler"
    ),
    path("mes-courriels/", views_lots.VuePreference.as_view(), name="preference"),
]
