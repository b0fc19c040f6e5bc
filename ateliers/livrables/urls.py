from django.urls import path

from ateliers.livrables.views import atelier as vues
from ateliers.livrables.views import ouverture

ESPACE = "ateliers/<slug:slug>/espace/"
urlpatterns = [
    path("ateliers/ouvrir/", ouverture.ouvrables, name="ouvrables"),
    path("ateliers/ouvrir/<str:reference>/", ouverture.Ouvrir.as_view(), name="ouvrir"),
    path(ESPACE + "livrables/", vues.liste, name="livrables"),
    path(
        ESPACE + "livrables/<int:livrable_id>/deposer/",
        vues.Deposer.as_view(),
        name="livrable_deposer",
    ),
    path(
        ESPACE + "livrables/<int:livrable_id>/accepter/",
        vues.Accepter.as_view(),
        name="livrable_accepter",
    ),
    path(
        ESPACE + "livrables/<int:livrable_id>/refuser/",
        vues.Refuser.as_view(),
        name="livrable_refuser",
    ),
    path(
        ESPACE + "livrables/<int:livrable_id>/lever/",
        vues.LeverReserves.as_view(),
        name="livrable_lever",
    ),
    path(
        ESPACE + "livrables/<int:livrable_id>/echeance/",
        vues.FixerEcheance.as_view(),
        name="livrable_echeance",
    ),
    path(
        ESPACE + "livrables/versions/<int:version_id>/fichier/",
        vues.telecharger,
        name="livrable_fichier",
    ),
    path(ESPACE + "seances/<int:seance_id>/compte-rendu/", vues.compte_rendu, name="compte_rendu"),
    path(
        ESPACE + "seances/<int:seance_id>/compte-rendu/ecrire/",
        vues.EcrireCompteRendu.as_view(),
        name="compte_rendu_ecrire",
    ),
    path(
        ESPACE + "seances/<int:seance_id>/compte-rendu/publier/",
        vues.PublierCompteRendu.as_view(),
        name="compte_rendu_publier",
    ),
]
