from django.urls import path

from ateliers.calendrier.views import abonnements as a
from ateliers.calendrier.views import calendrier as v
from ateliers.calendrier.views import recherche as r
from ateliers.calendrier.views import vues

E = "ateliers/<slug:slug>/espace/calendrier/"
D = "calendrier/demandes/<int:pk>/"
urlpatterns = [
    path(f"{E}proposer/", r.Proposer.as_view(), name="calendrier_proposer"),
    path(f"{E}disponibilites/", v.Disponibilites.as_view(), name="disponibilites"),
    path(
        f"{E}disponibilites/<int:pk>/retirer/",
        v.RetirerDisponibilite.as_view(),
        name="disponibilite_retirer",
    ),
    path("calendrier/sessions/", r.sessions, name="calendrier_sessions"),
    path("calendrier/sessions/<int:pk>/", r.ProposerSession.as_view(), name="calendrier_session"),
    path("calendrier/reserves/", v.Reserves.as_view(), name="reserves"),
    path(
        "calendrier/reserves/<int:pk>/retirer/", v.RetirerReserve.as_view(), name="reserve_retirer"
    ),
    path(D, r.Demande.as_view(), name="calendrier_demande"),
    path(f"{D}arreter/", r.Arreter.as_view(), name="calendrier_arreter"),
    path(f"{D}retenir/<int:numero>/", r.Retenir.as_view(), name="calendrier_retenir"),
    path("agenda/<str:jeton>.ics", a.flux, name="agenda_flux"),
    path("calendrier/abonnements/", a.Abonnements.as_view(), name="abonnements"),
    path(
        "calendrier/abonnements/<int:pk>/revoquer/",
        a.Revoquer.as_view(),
        name="abonnement_revoquer",
    ),
    path("calendrier/conflits/", a.Regles.as_view(), name="regles_conflit"),
    path("calendrier/", vues.calendrier, name="calendrier"),
    path("calendrier/reports/", vues.glissements, name="glissements"),
    path(E, vues.atelier, name="calendrier_atelier"),
]
