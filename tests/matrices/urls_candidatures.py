"""Dispositifs, appels and dossiers: who gets which status."""

from tests.matrices.lignes import avec, connectes, tous

GERER = connectes(403, dgaln=200)
LIRE = connectes(404, dgaln=200, ddt=200, dreal=200, collectivite=200)
REDIGER = connectes(404, ddt=200, collectivite=200)
AGIR = connectes(404, ddt=302, collectivite=302)
MOTIF = {"motif": "Une raison"}
TERRITOIRE = connectes(404, dgaln=200, ddt=200, dreal=403, collectivite=403)

LIGNES = {
    "candidatures:kits": tous(200),
    "candidatures:kit_telecharger": avec(tous(200), objet="kit"),
    "candidatures:appels": tous(200),
    "candidatures:appel": avec(tous(200), objet="appel"),
    "candidatures:appel_nouveau": GERER,
    "candidatures:session_nouvelle": GERER,
    "candidatures:appel_modifier": avec(GERER, objet="appel"),
    "candidatures:appel_publier": avec(
        connectes(404, dgaln=302), objet="appel_brouillon", methode="POST"
    ),
    "candidatures:appel_clore": avec(connectes(403, dgaln=302), objet="appel", methode="POST"),
    "candidatures:appel_rouvrir": avec(
        connectes(403, dgaln=302), objet="appel_clos", methode="POST", donnees=MOTIF
    ),
    "candidatures:liste": connectes(200),
    "candidatures:carte": connectes(403, dgaln=200, dreal=200),
    "candidatures:regles": GERER,
    "candidatures:regle_nouvelle": connectes(403, dgaln=404),  # no type in the address
    "candidatures:regle_reviser": avec(GERER, objet="regle"),
    "candidatures:regle_retirer": avec(connectes(403, dgaln=302), objet="regle", methode="POST"),
    "candidatures:programmes": GERER,
    "candidatures:programmes_importer": GERER,
    "candidatures:zonages": GERER,
    "candidatures:zonages_importer": GERER,
    "candidatures:creer": avec(
        connectes(200, dgaln=403, equipe=403, evaluateur=403), objet="appel"
    ),
    "candidatures:reprendre_demarche": avec(connectes(404), objet="appel"),  # not configured here
    "candidatures:correspondances": avec(GERER, objet="appel"),
    "candidatures:dossier": avec(LIRE, objet="candidature"),
    "candidatures:territoire": avec(LIRE, objet="candidature"),
    "candidatures:actualiser_perimetre": avec(
        TERRITOIRE | {"dgaln": 302, "ddt": 403}, objet="candidature", methode="POST"
    ),
    "candidatures:changer_pilote": avec(TERRITOIRE | {"ddt": 403}, objet="candidature"),
    "candidatures:designer_dreal": avec(TERRITOIRE | {"ddt": 403}, objet="candidature_region"),
    "candidatures:revenir_dreal": avec(
        TERRITOIRE | {"dgaln": 302, "ddt": 403, "dreal": 404},
        objet="designation",
        methode="POST",
        donnees=MOTIF,
    ),
    "candidatures:designer_copilote": avec(TERRITOIRE, objet="candidature"),
    "candidatures:retirer_copilote": avec(
        TERRITOIRE | {"dgaln": 302, "ddt": 302, "ddt_autre": 403},
        objet="copilotage",
        methode="POST",
        donnees=MOTIF,
    ),
    "candidatures:trace_importer": avec(REDIGER, objet="brouillon"),
    "candidatures:trace_communes": avec(REDIGER, objet="brouillon"),
    "candidatures:parcelles_choisir": avec(REDIGER, objet="brouillon"),
    "candidatures:trace_reunir": avec(REDIGER, objet="brouillon"),
    "candidatures:trace": avec(LIRE, objet="candidature_emprise"),
    "candidatures:parcelles": avec(LIRE, objet="candidature_emprise"),
    "candidatures:historique": avec(LIRE, objet="candidature"),
    "candidatures:version": avec(LIRE, objet="candidature_version"),
    "candidatures:piece": avec(LIRE, objet="candidature_piece"),
    "candidatures:etape": avec(REDIGER, objet="brouillon_section"),
    # The browser reads these answers: a lost session says 401 instead of leading to the sign-in.
    "candidatures:saisie": avec(
        connectes(404, anonyme=401, ddt=200, collectivite=200),
        objet="brouillon",
        methode="POST",
        donnees={"champ": "section.objet", "valeur": "Un texte", "revision": "1"},
    ),
    "candidatures:invitation": avec(tous(200), objet="invitation_coauteur"),
    "candidatures:import": GERER,
    "candidatures:import_rapport": avec(GERER, objet="import"),
    "candidatures:import_executer": avec(connectes(403, dgaln=302), objet="import", methode="POST"),
    "candidatures:import_modele": avec(GERER, objet="import_modele"),
    "candidatures:recommencer": avec(
        connectes(404, dgaln=403, dreal=403, ddt=200, collectivite=200), objet="irrecevable"
    ),
    "candidatures:auteurs": avec(REDIGER, objet="brouillon"),
    "candidatures:inviter_personne": avec(REDIGER, objet="brouillon"),
    "candidatures:coauteur_revoquer": avec(AGIR, objet="coauteur", methode="POST"),
    "candidatures:coauteur_renvoyer": avec(AGIR, objet="coauteur", methode="POST"),
    "candidatures:deposant": avec(REDIGER, objet="brouillon"),
    "candidatures:viser": avec(connectes(404, ddt=403, collectivite=200), objet="brouillon"),
    "candidatures:mandat_enregistrer": avec(REDIGER, objet="brouillon"),
    "candidatures:mandat": avec(REDIGER, objet="mandat"),
    "candidatures:visas_demander": avec(AGIR, objet="brouillon_visas", methode="POST"),
    "candidatures:mandat_retirer": avec(REDIGER, objet="mandat"),
    "candidatures:passer_la_main": connectes(200, dgaln=403, evaluateur=403),
    "candidatures:transferer": avec(REDIGER, objet="brouillon"),
    "candidatures:ecrits": avec(REDIGER, objet="brouillon"),
    "candidatures:restaurer": avec(
        AGIR, objet="revision_champ", methode="POST", donnees={"revision": "2"}
    ),
    "candidatures:inviter": avec(REDIGER, objet="brouillon"),
    "candidatures:retirer_porteur": avec(AGIR, objet="brouillon_porteur", methode="POST"),
    "candidatures:retirer_piece": avec(AGIR, objet="brouillon_piece", methode="POST"),
    "candidatures:reprendre_piece": avec(AGIR, objet="brouillon_piece_remplacee", methode="POST"),
    "candidatures:deposer": avec(AGIR, objet="brouillon", methode="POST"),
    "candidatures:retirer": avec(
        connectes(404, dgaln=403, dreal=403, ddt=302, collectivite=302),
        objet="candidature",
        methode="POST",
        donnees=MOTIF,
    ),
    "candidatures:formulaire": avec(GERER, objet="appel"),
    "candidatures:formulaire_apercu": avec(GERER, objet="appel_revise"),
    "candidatures:formulaire_publier": avec(GERER, objet="appel_revise"),
    "candidatures:formulaire_reglages": avec(GERER, objet="appel_revise"),
    "candidatures:formulaire_ouvrir": avec(
        connectes(403, dgaln=302), objet="appel", methode="POST"
    ),
    "candidatures:formulaire_abandonner": avec(
        connectes(403, dgaln=302), objet="appel_revise", methode="POST"
    ),
    "candidatures:question_ajouter": avec(GERER, objet="appel_revise"),
    "candidatures:question_modifier": avec(GERER, objet="question"),
    "candidatures:question_retirer": avec(
        connectes(403, dgaln=302), objet="question", methode="POST"
    ),
    "candidatures:question_deplacer": avec(
        connectes(403, dgaln=302), objet="question_sens", methode="POST"
    ),
    "candidatures:questions": avec(REDIGER, objet="brouillon_questions"),
    "candidatures:appel_prolonger": avec(GERER, objet="appel_date"),
    "candidatures:appel_dupliquer": avec(GERER, objet="appel"),
    "candidatures:grille": avec(GERER, objet="appel"),
}
