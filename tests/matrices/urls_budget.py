"""Contracts, budget and due dates × roles: amounts stay between State services."""

from tests.matrices.lignes import avec, connectes

LIRE = connectes(404, dgaln=200, ddt=200, dreal=200, collectivite=403, equipe=403)
PILOTER = LIRE | {"dreal": 403}
PROGRAMME = connectes(403, dgaln=200)


def page(nom, ligne, objet):
    return {f"ateliers:{nom}": avec(ligne, objet=objet)}


LIGNES = {
    "ateliers:budget_programme": PROGRAMME,
    "ateliers:accord_nouveau": PROGRAMME,
    **page("budget", LIRE, "atelier"),
    **page("equipe_fiche", LIRE | {"equipe": 200}, "atelier"),
    **page("equipe_jours", PILOTER, "seance_et_equipe"),
    **page("contrat_ordre", PILOTER, "contrat_notifie"),
    **page("contrat_echeancier", PILOTER, "contrat_notifie"),
    **page("piece_joindre", PILOTER, "piece_a_joindre"),
    "ateliers:piece_projet": avec(
        {role: 302 if statut == 200 else statut for role, statut in PILOTER.items()},
        objet="piece_a_joindre",
        methode="POST",
    ),
    **page("piece_notifier", PILOTER, "piece_signee"),
    **page("piece_fichier", LIRE, "piece_signee"),
    **page("jalon_service_fait", PILOTER, "jalon"),
    **page("budget_engager", PILOTER, "ligne_budget"),
    **page("depense_constater", PILOTER, "depense"),
    **page("livrable_echeance", PILOTER, "livrable"),
    "ateliers:livrable_lever": avec(
        {role: 302 if statut == 200 else statut for role, statut in PILOTER.items()},
        objet="livrable_reserve",
        methode="POST",
    ),
}
