"""Participants and contributions × roles, and the public search of territories.

The DREAL sees the atelier of its region: it reads contributions, never the people.
"""

from tests.matrices.lignes import avec, connectes, tous

PILOTES = {"dgaln": 200, "ddt": 200}
LISTE = connectes(404, **PILOTES, collectivite=200, equipe=200, dreal=403)
GERER = connectes(404, **PILOTES, collectivite=200, equipe=403, dreal=403)
GERER_POST = connectes(404, dgaln=302, ddt=302, collectivite=302, equipe=403, dreal=403)
PILOTER_POST = connectes(404, dgaln=302, ddt=302, collectivite=403, equipe=403, dreal=403)
LIRE = connectes(404, **PILOTES, collectivite=200, equipe=200, dreal=200)


def en_post(ligne, objet):
    return avec(ligne, objet=objet, methode="POST")


ETAT = connectes(403, dgaln=200, ddt=200, dreal=200, ddt_autre=200)

CORRIGER = connectes(403, dgaln=200, ddt=200, dreal=403, ddt_autre=404)
CORRIGER_POST = connectes(403, dgaln=302, ddt=302, dreal=403, ddt_autre=404)

LIGNES = {
    "ateliers:annuaire": ETAT,
    "ateliers:annuaire_doublons": ETAT,
    "ateliers:annuaire_fiche": avec(
        connectes(403, dgaln=200, ddt=200, dreal=200, ddt_autre=404), objet="fiche_d_annuaire"
    ),
    "ateliers:annuaire_corriger": avec(CORRIGER, objet="fiche_d_annuaire"),
    "ateliers:annuaire_mandat_corriger": avec(CORRIGER, objet="mandat_d_annuaire"),
    "ateliers:annuaire_compte_lier": en_post(CORRIGER_POST, "fiche_et_compte"),
    "ateliers:annuaire_compte_delier": en_post(CORRIGER_POST, "fiche_liee"),
    "ateliers:annuaire_mandat_terminer": en_post(
        connectes(403, dgaln=302, ddt=302, dreal=403, ddt_autre=404), "mandat_d_annuaire"
    ),
    "ateliers:annuaire_fusionner": en_post(
        connectes(403, dgaln=302, ddt=302, dreal=403, ddt_autre=404), "deux_personnes"
    ),
    "ateliers:annuaire_organismes": ETAT,
    "ateliers:annuaire_organismes_doublons": ETAT,
    "ateliers:annuaire_organisme_nouveau": ETAT,
    "ateliers:organismes_proposes": connectes(200),
    "ateliers:annuaire_organisme": avec(
        connectes(403, dgaln=200, ddt=200, dreal=200, ddt_autre=404), objet="organisme_d_annuaire"
    ),
    "ateliers:annuaire_organisme_modifier": avec(
        connectes(403, dgaln=200, ddt=200, ddt_autre=404), objet="organisme_d_annuaire"
    ),
    "ateliers:annuaire_organisme_supprimer": en_post(
        connectes(403, dgaln=302, ddt=302, dreal=404, ddt_autre=404), "organisme_vide"
    ),
    "ateliers:annuaire_organismes_fusionner": en_post(
        connectes(403, dgaln=302, ddt=302, ddt_autre=404), "deux_organismes"
    ),
    "ateliers:participants_import": avec(GERER, objet="import_participants"),
    "ateliers:participants_import_executer": en_post(GERER_POST, "import_participants"),
    "territoires:recherche": tous(200),
    "territoires:commune": avec(tous(200), objet="commune"),
    "ateliers:participants": avec(LISTE, objet="atelier_participants"),
    "ateliers:participant_ajouter": avec(GERER, objet="atelier_participants"),
    "ateliers:participant_annuaire": avec(
        connectes(404, **PILOTES, collectivite=403, equipe=403, dreal=403),
        objet="atelier_participants",
    ),
    "ateliers:participant_reprendre": en_post(PILOTER_POST, "mandat_a_reprendre"),
    "ateliers:participants_importer": avec(GERER, objet="atelier_participants"),
    "ateliers:participant_modifier": avec(GERER, objet="participant"),
    "ateliers:participant_retirer": en_post(GERER_POST, "participant"),
    "ateliers:invitations": avec(LISTE, objet="seance_invitee"),
    "ateliers:inviter": avec(GERER, objet="seance_invitee"),
    "ateliers:invitation_retirer": en_post(GERER_POST, "invitation"),
    "ateliers:delegation_lever": en_post(GERER_POST, "invitation_deleguee"),
    "ateliers:invitation_indispensable": en_post(GERER_POST, "invitation"),
    "ateliers:equilibre": avec(LISTE, objet="seance_invitee"),
    "ateliers:deleguer": avec(tous(200), objet="lien_signe"),
    "ateliers:convoquer": en_post(PILOTER_POST, "seance_invitee"),
    "ateliers:prevenir_annulation": en_post(PILOTER_POST, "seance_annulee_convoquee"),
    "ateliers:emargement": avec(LISTE, objet="seance_invitee"),
    "ateliers:accueillir": avec(LISTE, objet="seance_invitee"),
    "ateliers:feuille_joindre": avec(LISTE, objet="seance_invitee"),
    "ateliers:feuille_signee": avec(LISTE, objet="emargement_signe"),
    "ateliers:feuille_a_signer": avec(LISTE, objet="seance_invitee"),
    "ateliers:repondre": avec(tous(200), objet="lien_signe"),
    "ateliers:rappel_sms": avec(tous(404), objet="lien_signe"),  # no gateway: no such page
    "ateliers:rappel_retirer": avec(tous(404), objet="lien_signe", methode="POST"),
    "ateliers:invitation_agenda": avec(tous(200), objet="lien_signe"),
    "ateliers:lettres": avec(
        connectes(404, **PILOTES, collectivite=403, equipe=403, dreal=403), objet="seance_invitee"
    ),
    "ateliers:lettres_postees": avec(
        connectes(404, **PILOTES, collectivite=403, equipe=403, dreal=403), objet="seance_invitee"
    ),
    "ateliers:invitation_reponse": avec(GERER, objet="invitation"),
    "ateliers:lettres_preparer": en_post(PILOTER_POST, "seance_invitee"),
    "ateliers:lettres_imprimer": en_post(GERER_POST, "seance_invitee"),
    "ateliers:lettre_imprimer": en_post(GERER_POST, "invitation"),
    "ateliers:liste_postale": avec(GERER, objet="seance_invitee"),
    "ateliers:besoins": avec(LISTE, objet="seance_invitee"),
    "ateliers:tables": avec(LISTE, objet="seance_invitee"),
    "ateliers:tables_tirer": en_post(
        connectes(404, dgaln=302, ddt=302, collectivite=302, equipe=302, dreal=403),
        "seance_invitee",
    ),
    "ateliers:feuille_pdf": en_post(
        connectes(404, dgaln=302, ddt=302, collectivite=302, equipe=302, dreal=403),
        "seance_invitee",
    ),
    "ateliers:accords": avec(LISTE, objet="atelier_participants"),
    "ateliers:accord_consigner": en_post(GERER_POST, "participant"),
    "ateliers:participant_coordonnees": avec(GERER, objet="participant"),
    "ateliers:venue": avec(tous(200), objet="lien_signe"),
    "ateliers:inscriptions": avec(LISTE, objet="seance_ouverte"),
    "ateliers:inscriptions_regler": avec(
        connectes(404, **PILOTES, collectivite=403, equipe=403, dreal=403), objet="seance_ouverte"
    ),
    "ateliers:inscription_publique": avec(tous(200), objet="page_d_inscription"),
    "ateliers:inscription": avec(tous(200), objet="lien_d_inscription"),
    "ateliers:inscription_confirmer": en_post(tous(302), "lien_d_inscription"),
    "ateliers:inscription_retirer": en_post(tous(302), "lien_d_inscription"),
    "ateliers:contributions": avec(LIRE, objet="seance_invitee"),
    "ateliers:mur": avec(LIRE, objet="seance_invitee"),
    "ateliers:mur_cartes": avec(LIRE, objet="seance_invitee"),
    "ateliers:contribution_photo": avec(LIRE, objet="contribution"),
    "ateliers:contribution_personnes": avec(
        connectes(404, **PILOTES, collectivite=403, equipe=200, dreal=403), objet="contribution"
    ),
    "ateliers:contributions_photos": avec(LISTE, objet="seance_invitee"),
    "ateliers:contribution_modifier": avec(
        connectes(404, **PILOTES, collectivite=403, equipe=200, dreal=403), objet="contribution"
    ),
    "ateliers:contribution_retirer": en_post(
        connectes(404, dgaln=302, ddt=302, collectivite=403, equipe=302, dreal=403),
        "contribution",
    ),
}
