"""Pages of everyone."""

from tests.matrices.lignes import avec, connectes, tous

LIGNES = {
    "accueil": tous(200),
    "chercher": tous(200),
    "accessibilite": tous(200),
    "mentions_legales": tous(200),
    "donnees_personnelles": tous(200),
    "tableau_de_bord": connectes(200),
    # Nothing was typed: back to the dashboard.
    "reprendre": connectes(302),
    "reprendre_abandonner": avec(connectes(302), methode="POST"),
}
