from django.urls import path

from candidatures.dossiers.views import lecture, porteur, questions, rediger, territoire

D = "candidatures/<str:reference>"

urlpatterns = [
    path("candidatures/nouvelle/<slug:slug>/", porteur.VueCreer.as_view(), name="creer"),
    path(f"{D}/", lecture.dossier, name="dossier"),
    path(f"{D}/territoire/", territoire.fiche, name="territoire"),
    path(
        f"{D}/territoire/actualiser/",
        territoire.VueActualiserPerimetre.as_view(),
        name="actualiser_perimetre",
    ),
    path(f"{D}/pilote/", territoire.VuePilote.as_view(), name="changer_pilote"),
    path(f"{D}/copilotes/designer/", territoire.VueCopilote.as_view(), name="designer_copilote"),
    path(
        f"{D}/copilotes/<int:pk>/retirer/",
        territoire.VueRetirerCopilote.as_view(),
        name="retirer_copilote",
    ),
    path(f"{D}/historique/", lecture.historique_dossier, name="historique"),
    path(f"{D}/versions/<int:numero>/", lecture.version, name="version"),
    path(f"{D}/rediger/<slug:etape>/", rediger.etape, name="etape"),
    path(f"{D}/saisie/", rediger.VueSaisieNote.as_view(), name="saisie"),
    path(f"{D}/questions/<slug:rubrique>/", questions.VueQuestions.as_view(), name="questions"),
    path(
        "appels/<slug:slug>/formulaire/publier/",
        questions.VuePublierRevision.as_view(),
        name="formulaire_publier",
    ),
    path(f"{D}/porteurs/inviter/", porteur.VueInviter.as_view(), name="inviter"),
    path(
        f"{D}/porteurs/<int:organisme>/retirer/",
        porteur.VueRetirerPorteur.as_view(),
        name="retirer_porteur",
    ),
    path(f"{D}/pieces/<int:pk>/", lecture.piece, name="piece"),
    path(f"{D}/pieces/<int:pk>/retirer/", porteur.VueRetirerPiece.as_view(), name="retirer_piece"),
    path(f"{D}/deposer/", porteur.VueDeposer.as_view(), name="deposer"),
    path(f"{D}/retirer/", porteur.VueRetirer.as_view(), name="retirer"),
]
