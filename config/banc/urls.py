from django.urls import path

from config.banc import vues
from config.urls import urlpatterns as du_produit

urlpatterns = [
    path("banc/plancher/", vues.plancher),
    path("banc/ecriture/", vues.plancher_ecriture),
    path("banc/agenda/<str:jeton>.ics", vues.agenda_ecrit),
    *du_produit,
]
