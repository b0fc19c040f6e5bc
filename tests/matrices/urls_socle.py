"""Accounts, mailbox, documents: the addresses of the socle."""

from tests.matrices.lignes import avec, connectes, tous


def courriel(objet="courriel", methode="GET", statut=200, **autres):
    """The DGALN sees all; the addressee sees theirs (in demo); the others nothing."""
    roles = {"dgaln": statut, "ddt": 200} | autres
    return avec(connectes(404, **roles), objet=objet, methode=methode)


def document(objet="document", methode="GET", statut=200):
    """Those who see the candidature see its receipt: carriers, DGALN, the region's DREAL."""
    roles = dict.fromkeys(("dgaln", "ddt", "dreal", "collectivite"), statut)
    return avec(connectes(404, **roles), objet=objet, methode=methode)


LIGNES = {
    "territoires:recherche": tous(200),
    # Signed in already: sent to the dashboard.
    "account_login": connectes(302, anonyme=200),
    "connexion_demonstration": avec(
        tous(302), methode="POST", donnees={"email": "ddt@demo.example"}
    ),
    "account_signup": connectes(302, anonyme=200),
    "account_inactive": tous(200),
    "account_logout": connectes(200, anonyme=302),
    "account_change_password": connectes(200),
    "account_reauthenticate": connectes(200),
    "account_reset_password": tous(200),
    "account_reset_password_done": tous(200),
    "account_reset_password_from_key": avec(tous(200), objet="jeton_de_mot_de_passe"),
    "account_reset_password_from_key_done": tous(200),
    "courriels:boite": connectes(200),
    "courriels:detail": courriel(),
    "courriels:piece": courriel("courriel_piece"),
    "courriels:liberer": courriel(methode="POST", statut=302, ddt=403),
    "courriels:annuler": courriel(methode="POST", statut=302, ddt=403),
    "courriels:renvoyer": courriel("courriel_en_echec", methode="POST", statut=302, ddt=403),
    "documents:etat": document(),
    "documents:telecharger": document(statut=302),
    "documents:relancer": document("document_en_echec", methode="POST", statut=302),
}
