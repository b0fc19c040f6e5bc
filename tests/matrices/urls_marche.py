"""Choice of the team × roles: State services only; the pilot acts; the team reads nothing.

The decor clears the team: an offer is opened before any team is named.
"""

from tests.matrices.lignes import avec, connectes

LIRE = connectes(404, dgaln=200, ddt=200, dreal=200, collectivite=403)
PILOTER = LIRE | {"dreal": 403}
NOTER = LIRE | {"dgaln": 403}
MOTIF = {"motif": "Une raison"}


def page(nom, ligne, objet):
    return {f"ateliers:{nom}": avec(ligne, objet=objet)}


def geste(nom, objet, donnees=None):
    ligne = {role: 302 if statut == 200 else statut for role, statut in PILOTER.items()}
    return {f"ateliers:{nom}": avec(ligne, objet=objet, methode="POST", donnees=donnees)}


LIGNES = {
    **page("marche", LIRE, "marche_recueil"),
    **page("marche_reglement", PILOTER, "marche_preparation"),
    **geste("marche_fixer", "marche_preparation"),
    **geste("marche_rouvrir", "marche_recueil", MOTIF),
    **page("marche_analystes", PILOTER, "marche_recueil"),
    **page("marche_reporter", PILOTER, "marche_recueil"),
    **page("marche_ouvrir", PILOTER, "marche_recueil"),
    **page("marche_lettres", PILOTER, "marche_recueil"),
    **geste("marche_sans_suite", "marche_recueil", MOTIF),
    **page("offre_nouvelle", PILOTER, "marche_recueil"),
    **page("offre", LIRE, "offre_ouverte"),
    **page("offre_fichier", LIRE, "fichier_offre"),
    **geste("offre_retirer", "offre_scellee", MOTIF),
    **page("offre_noter", NOTER, "offre_ouverte"),
    **page("offre_consensus", PILOTER | {"ddt": 403}, "offre_ouverte"),
    **geste("offre_ecarter", "offre_ouverte", MOTIF),
    **geste("offre_retenir", "offre_premiere", MOTIF),
}
