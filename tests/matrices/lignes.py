"""Words to write the matrix with. See `tests/matrices/urls.py`."""

ROLES = (
    "anonyme",
    "dgaln",
    "ddt",
    "dreal",
    "collectivite",
    "equipe",
    "evaluateur",
    "ddt_autre",
    "collectivite_autre",
)
CONNEXION = 302  # a stranger to the site is sent to the sign-in page


def tous(statut, **exceptions):
    """Give everybody the same status, exceptions named."""
    return dict.fromkeys(ROLES, statut) | exceptions


def connectes(statut, **exceptions):
    """Give the same status to all who are signed in; the visitor is sent to sign in."""
    return tous(statut, anonyme=CONNEXION) | exceptions


def avec(ligne, *, objet=None, methode="GET", donnees=None):
    """Say which object fills the address (`decor`), and how the page is asked for."""
    extra = {"_objet": objet, "_methode": methode, "_donnees": donnees or {}}
    return ligne | {cle: valeur for cle, valeur in extra.items() if valeur}
