"""Parcours, cadrage, sites, séances, livrables, carnet × roles.

The pilot is the DDT; the DREAL reads what happens in its region; strangers get 404.
"""

from tests.matrices.lignes import avec, connectes, tous

LIRE = connectes(404, dgaln=200, ddt=200, dreal=200, collectivite=200, equipe=200)
PILOTER = LIRE | {"dreal": 403, "collectivite": 403, "equipe": 403}
CONTRIBUER = LIRE | {"dreal": 403}
# Before its team is named, the atelier does not exist for it.
CADRER = PILOTER | {"equipe": 404}
ECRIRE_CAHIER = CADRER | {"collectivite": 200}
MOTIF = {"motif": "Une raison"}


def en_post(ligne, objet, donnees=None):
    return avec(
        {role: 302 if statut == 200 else statut for role, statut in ligne.items()},
        objet=objet,
        methode="POST",
        donnees=donnees,
    )


def page(nom, ligne, objet):
    return {f"ateliers:{nom}": avec(ligne, objet=objet)}


LIGNES = {
    "ateliers:liste": tous(200),
    "ateliers:atelier": avec(tous(200), objet="atelier"),
    "ateliers:ouvrables": connectes(403, dgaln=200, ddt=200, dreal=200, ddt_autre=200),
    "ateliers:ouvrir": en_post(
        connectes(404, dgaln=200, ddt=200, dreal=403, collectivite=403),
        "candidature_retenue",
    ),
    **page("espace", LIRE, "atelier"),
    **page("historique", LIRE, "atelier"),
    **page("carnet", LIRE, "atelier"),
    **page("presenter", CONTRIBUER, "atelier"),
    "ateliers:abandonner": en_post(PILOTER, "atelier", MOTIF),
    "ateliers:clore": en_post(PILOTER, "atelier_suivi"),
    "ateliers:ouvrir_suivi": en_post(PILOTER, "atelier_restitution"),
    **page("cadrage", LIRE, "atelier"),
    **page("cahier_section", ECRIRE_CAHIER, "cahier_section"),
    **page("cahier_competences", ECRIRE_CAHIER, "cahier"),
    "ateliers:cahier_valider": en_post(CADRER, "cahier_ecrit"),
    "ateliers:cahier_rouvrir": en_post(CADRER, "cahier_valide", MOTIF),
    **page("appel_equipes", PILOTER, "atelier"),
    **page("equipe", PILOTER, "atelier"),
    **page("equipe_inviter", PILOTER, "atelier"),
    "ateliers:equipe_invitation_annuler": en_post(PILOTER, "invitation_equipe"),
    "ateliers:equipe_invitation": avec(tous(200), objet="lien_equipe"),
    **page("contrat_nouveau", PILOTER, "atelier"),
    **page("contrat_notifier", PILOTER, "contrat"),
    **page("contrat_corriger", PILOTER, "contrat"),
    "ateliers:contrat_retirer": en_post(PILOTER, "contrat"),
    **page("contrat_avenant", PILOTER, "contrat"),
    **page("budget_ajouter", PILOTER, "atelier"),
    "ateliers:budget_retirer": en_post(PILOTER, "ligne_budget"),
    **page("sites", LIRE, "atelier"),
    **page("hypothese_nouvelle", CONTRIBUER, "atelier"),
    **page("hypothese_modifier", CONTRIBUER, "hypothese"),
    "ateliers:hypothese_verbe": en_post(CONTRIBUER, "hypothese_verbe"),
    **page("site_nouveau", CONTRIBUER, "atelier"),
    **page("site", LIRE, "site"),
    **page("site_modifier", CONTRIBUER, "site"),
    **page("seance", LIRE, "seance_programmee"),
    **page("seance_historique", LIRE, "seance_programmee"),
    **page("seance_nouvelle", PILOTER, "atelier"),
    **page("seance_programmer", PILOTER, "seance_a_programmer"),
    **page("seance_reporter", PILOTER, "seance_programmee"),
    **page("seance_corriger", PILOTER, "corriger_date"),
    **page("seance_tenir", PILOTER, "seance_programmee"),
    "ateliers:seance_annuler": en_post(PILOTER, "seance_copil", MOTIF),
    **page("seance_decrire", CONTRIBUER, "seance_programmee"),
    **page("seance_deroule", CONTRIBUER, "seance_programmee"),
    **page("livrables", LIRE, "atelier"),
    **page("livrable_deposer", CONTRIBUER | {"collectivite": 403}, "livrable"),
    "ateliers:livrable_accepter": en_post(PILOTER, "livrable_depose"),
    "ateliers:livrable_refuser": en_post(PILOTER, "livrable_depose", MOTIF),
    **page("livrable_fichier", LIRE, "version_livrable"),
    **page("compte_rendu", LIRE, "seance_tenue"),
    **page("compte_rendu_ecrire", CONTRIBUER, "seance_tenue"),
    "ateliers:compte_rendu_publier": en_post(PILOTER, "seance_tenue"),
}
