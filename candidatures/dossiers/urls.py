from django.urls import path

from candidatures.dossiers.views import (
    accord,
    auteurs,
    cadastre,
    demarches,
    emprise,
    fenetre,
    importation,
    invitation,
    lecture,
    pilotage,
    porteur,
    questions,
    rediger,
    regles,
    relais,
    territoire,
)

D = "candidatures/<str:reference>"

urlpatterns = [
    path("regles/", regles.liste, name="regles"),
    path("regles/nouvelle/", regles.VueNouvelleRegle.as_view(), name="regle_nouvelle"),
    path("regles/<int:pk>/reviser/", regles.VueReviserRegle.as_view(), name="regle_reviser"),
    path("regles/<int:pk>/retirer/", regles.VueRetirerRegle.as_view(), name="regle_retirer"),
    path("candidatures/nouvelle/<slug:slug>/", porteur.VueCreer.as_view(), name="creer"),
    path(
        "candidatures/nouvelle/<slug:slug>/demarches-simplifiees/",
        demarches.VueReprendreDemarche.as_view(),
        name="reprendre_demarche",
    ),
    path(
        "appels/<slug:slug>/demarches-simplifiees/",
        demarches.VueCorrespondances.as_view(),
        name="correspondances",
    ),
    path("candidatures/import/", importation.VueImport.as_view(), name="import"),
    path("candidatures/import/<int:pk>/", importation.rapport, name="import_rapport"),
    path(
        "candidatures/import/<int:pk>/importer/",
        importation.VueImporter.as_view(),
        name="import_executer",
    ),
    path(
        "candidatures/import/modele/<slug:format_fichier>/",
        importation.modele,
        name="import_modele",
    ),
    path("candidatures/passer-la-main/", relais.VuePasserLaMain.as_view(), name="passer_la_main"),
    path(f"{D}/", lecture.dossier, name="dossier"),
    path(f"{D}/territoire/", territoire.fiche, name="territoire"),
    path(
        f"{D}/territoire/actualiser/",
        territoire.VueActualiserPerimetre.as_view(),
        name="actualiser_perimetre",
    ),
    path(f"{D}/pilote/", pilotage.VuePilote.as_view(), name="changer_pilote"),
    path(f"{D}/dreal/<str:region>/", pilotage.VueDreal.as_view(), name="designer_dreal"),
    path(
        f"{D}/dreal/<str:region>/revenir/",
        pilotage.VueRevenirDreal.as_view(),
        name="revenir_dreal",
    ),
    path(f"{D}/copilotes/designer/", pilotage.VueCopilote.as_view(), name="designer_copilote"),
    path(
        f"{D}/copilotes/<int:pk>/retirer/",
        pilotage.VueRetirerCopilote.as_view(),
        name="retirer_copilote",
    ),
    path(f"{D}/trace/importer/", emprise.VueImporterTrace.as_view(), name="trace_importer"),
    path(f"{D}/trace/communes/", accord.VueCommunesTouchees.as_view(), name="trace_communes"),
    path(
        f"{D}/parcelles/choisir/", cadastre.VueChoisirParcelles.as_view(), name="parcelles_choisir"
    ),
    path(f"{D}/trace/contour/", accord.VueTracerCommunes.as_view(), name="trace_reunir"),
    path(f"{D}/perimetre.geojson", emprise.trace, name="trace"),
    path(f"{D}/parcelles.csv", emprise.parcelles, name="parcelles"),
    path(f"{D}/historique/", lecture.historique_dossier, name="historique"),
    path(f"{D}/versions/<int:numero>/", lecture.version, name="version"),
    path(f"{D}/rediger/<slug:etape>/", rediger.etape, name="etape"),
    path(
        "candidatures/invitation/<str:jeton>/",
        invitation.VueInvitation.as_view(),
        name="invitation",
    ),
    path(f"{D}/auteurs/", auteurs.auteurs, name="auteurs"),
    path(f"{D}/auteurs/inviter/", auteurs.VueInviterPersonne.as_view(), name="inviter_personne"),
    path(f"{D}/auteurs/<int:pk>/retirer/", auteurs.VueRevoquer.as_view(), name="coauteur_revoquer"),
    path(
        f"{D}/auteurs/<int:pk>/renvoyer/", auteurs.VueRenvoyer.as_view(), name="coauteur_renvoyer"
    ),
    path(f"{D}/auteurs/deposant/", auteurs.VueDeposant.as_view(), name="deposant"),
    path(f"{D}/visa/", auteurs.VueVisa.as_view(), name="viser"),
    path(f"{D}/visas/demander/", auteurs.VueDemanderVisas.as_view(), name="visas_demander"),
    path(f"{D}/mandats/enregistrer/", relais.VueMandat.as_view(), name="mandat_enregistrer"),
    path(f"{D}/mandats/<int:pk>/", relais.mandat, name="mandat"),
    path(
        f"{D}/mandats/<int:pk>/retirer/", relais.VueRetirerMandat.as_view(), name="mandat_retirer"
    ),
    path(f"{D}/transferer/", relais.VueTransferer.as_view(), name="transferer"),
    path(f"{D}/ecrits/", auteurs.ecrits_du_dossier, name="ecrits"),
    path(f"{D}/ecrits/<int:pk>/reprendre/", auteurs.VueRestaurer.as_view(), name="restaurer"),
    path(f"{D}/saisie/", rediger.VueSaisieNote.as_view(), name="saisie"),
    path(f"{D}/questions/<slug:rubrique>/", questions.VueQuestions.as_view(), name="questions"),
    path(
        "appels/<slug:slug>/formulaire/publier/",
        questions.VuePublierRevision.as_view(),
        name="formulaire_publier",
    ),
    path("appels/<slug:slug>/modifier/", fenetre.VueModifierAppel.as_view(), name="appel_modifier"),
    path("appels/<slug:slug>/prolonger/", fenetre.VueProlonger.as_view(), name="appel_prolonger"),
    path("appels/<slug:slug>/dupliquer/", fenetre.VueDupliquer.as_view(), name="appel_dupliquer"),
    path(f"{D}/porteurs/inviter/", porteur.VueInviter.as_view(), name="inviter"),
    path(
        f"{D}/porteurs/<int:organisme>/retirer/",
        porteur.VueRetirerPorteur.as_view(),
        name="retirer_porteur",
    ),
    path(f"{D}/pieces/<uuid:fichier>/", lecture.piece, name="piece"),
    path(
        f"{D}/pieces/<uuid:fichier>/retirer/",
        porteur.VueRetirerPiece.as_view(),
        name="retirer_piece",
    ),
    path(
        f"{D}/pieces/<uuid:fichier>/reprendre/",
        porteur.VueReprendrePiece.as_view(),
        name="reprendre_piece",
    ),
    path(f"{D}/deposer/", porteur.VueDeposer.as_view(), name="deposer"),
    path(f"{D}/retirer/", porteur.VueRetirer.as_view(), name="retirer"),
]
