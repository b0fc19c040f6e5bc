from django.urls import path

from ateliers.sondages.views import conduite, pilote, public

ESPACE = "ateliers/<slug:slug>/espace/"
SONDAGE = ESPACE + "sondages/<int:sondage_id>/"
urlpatterns = [
    path(ESPACE + "seances/<int:pk>/sonder/", pilote.Sonder.as_view(), name="sonder"),
    path(SONDAGE, pilote.resultats, name="sondage"),
    path(SONDAGE + "retenir/<int:creneau_id>/", pilote.Retenir.as_view(), name="sondage_retenir"),
    path(SONDAGE + "date-limite/", conduite.Prolonger.as_view(), name="sondage_prolonger"),
    path(SONDAGE + "annuler/", conduite.Annuler.as_view(), name="sondage_annuler"),
    path(SONDAGE + "personnes/<int:sonde_id>/", conduite.Saisir.as_view(), name="sondage_saisir"),
    path(SONDAGE + "ma-reponse/", public.MaReponse.as_view(), name="sondage_ma_reponse"),
    path(SONDAGE + "relancer/", conduite.Relancer.as_view(), name="sondage_relancer"),
    path("sondage/<str:jeton>/", public.Repondre.as_view(), name="sondage_repondre"),
    path("sondage/<str:jeton>/merci/", public.merci, name="sondage_merci"),
]
