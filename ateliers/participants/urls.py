from django.urls import path

from ateliers.participants.views import (
    annuaire,
    courrier,
    dates,
    importation,
    lettres,
    organisation,
    programme,
    public,
    rappel,
    seance,
    venue,
)

ESPACE = "ateliers/<slug:slug>/espace/"
GENS = ESPACE + "participants/"
SEANCE = ESPACE + "seances/<int:seance_id>/"
DATES = ESPACE + "seances/<int:pk>/"
urlpatterns = [
    path("annuaire/", annuaire.liste, name="annuaire"),
    path("annuaire/<int:pk>/", annuaire.Fiche.as_view(), name="annuaire_fiche"),
    path(
        "annuaire/<int:pk>/mandats/<int:mandat>/terminer/",
        annuaire.TerminerMandat.as_view(),
        name="annuaire_mandat_terminer",
    ),
    path("annuaire/doublons/", annuaire.doublons, name="annuaire_doublons"),
    path(
        "annuaire/<int:pk>/absorber/<int:autre>/",
        annuaire.Fusionner.as_view(),
        name="annuaire_fusionner",
    ),
    path(GENS + "imports/<int:pk>/", importation.rapport, name="participants_import"),
    path(
        GENS + "imports/<int:pk>/executer/",
        importation.ImporterFichier.as_view(),
        name="participants_import_executer",
    ),
    path(GENS, organisation.liste, name="participants"),
    path(GENS + "ajouter/", organisation.Ajouter.as_view(), name="participant_ajouter"),
    path(GENS + "importer/", organisation.Importer.as_view(), name="participants_importer"),
    path(GENS + "droit-a-l-image/", venue.registre, name="accords"),
    path(
        GENS + "<int:participant_id>/accord/",
        venue.Consigner.as_view(),
        name="accord_consigner",
    ),
    path(
        GENS + "<int:participant_id>/coordonnees/",
        lettres.Coordonnees.as_view(),
        name="participant_coordonnees",
    ),
    path(
        GENS + "<int:participant_id>/modifier/",
        organisation.Modifier.as_view(),
        name="participant_modifier",
    ),
    path(
        GENS + "<int:participant_id>/retirer/",
        organisation.Retirer.as_view(),
        name="participant_retirer",
    ),
    path(SEANCE + "invitations/", seance.invitations, name="invitations"),
    path(SEANCE + "invitations/ajouter/", seance.Inviter.as_view(), name="inviter"),
    path(
        SEANCE + "invitations/<int:invitation_id>/retirer/",
        seance.RetirerInvitation.as_view(),
        name="invitation_retirer",
    ),
    path(ESPACE + "seances/serie/", dates.Serie.as_view(), name="serie_nouvelle"),
    path(DATES + "programmer/", dates.Programmer.as_view(), name="seance_programmer"),
    path(DATES + "reporter/", dates.Reporter.as_view(), name="seance_reporter"),
    path(DATES + "annuler/", dates.Annuler.as_view(), name="seance_annuler"),
    path(DATES + "preciser/", dates.Decrire.as_view(), name="seance_decrire"),
    path(
        SEANCE + "invitations/<int:invitation_id>/lever-la-delegation/",
        seance.LeverDelegation.as_view(),
        name="delegation_lever",
    ),
    path(
        SEANCE + "invitations/<int:invitation_id>/indispensable/",
        seance.MarquerObligatoire.as_view(),
        name="invitation_indispensable",
    ),
    path(SEANCE + "equilibre/", seance.equilibre, name="equilibre"),
    path(SEANCE + "corriger-la-date/", dates.Corriger.as_view(), name="seance_corriger"),
    path(SEANCE + "programme/publier/", programme.Publier.as_view(), name="programme_publier"),
    path(SEANCE + "convoquer/", seance.Convoquer.as_view(), name="convoquer"),
    path(
        SEANCE + "prevenir-annulation/",
        seance.PrevenirAnnulation.as_view(),
        name="prevenir_annulation",
    ),
    path(SEANCE + "lettres/", lettres.Lettres.as_view(), name="lettres"),
    path(SEANCE + "lettres/preparer/", lettres.PreparerLettres.as_view(), name="lettres_preparer"),
    path(SEANCE + "lettres/postees/", courrier.MarquerPostees.as_view(), name="lettres_postees"),
    path(
        SEANCE + "invitations/<int:invitation_id>/reponse/",
        courrier.NoterReponse.as_view(),
        name="invitation_reponse",
    ),
    path(SEANCE + "lettres/imprimer/", lettres.ImprimerLettres.as_view(), name="lettres_imprimer"),
    path(SEANCE + "lettres/liste-postale.csv", lettres.liste_postale, name="liste_postale"),
    path(SEANCE + "besoins/", venue.besoins_de_la_seance, name="besoins"),
    path(SEANCE + "tables/", venue.Tables.as_view(), name="tables"),
    path(SEANCE + "tables/tirer/", venue.TirerTables.as_view(), name="tables_tirer"),
    path(SEANCE + "presences/pdf/", lettres.ImprimerFeuille.as_view(), name="feuille_pdf"),
    path(SEANCE + "presences/", seance.Emargement.as_view(), name="emargement"),
    path(SEANCE + "presences/accueillir/", seance.Accueillir.as_view(), name="accueillir"),
    path(SEANCE + "presences/feuille/", seance.feuille_a_signer, name="feuille_a_signer"),
    path("invitation/<str:jeton>/", public.Repondre.as_view(), name="repondre"),
    path("invitation/<str:jeton>/venue/", venue.PreparerVenue.as_view(), name="venue"),
    path("invitation/<str:jeton>/rappel/", rappel.Rappel.as_view(), name="rappel_sms"),
    path("invitation/<str:jeton>/rappel/retirer/", rappel.Retirer.as_view(), name="rappel_retirer"),
    path("invitation/<str:jeton>/deleguer/", public.Deleguer.as_view(), name="deleguer"),
    path("invitation/<str:jeton>/seance.ics", public.agenda, name="invitation_agenda"),
]
