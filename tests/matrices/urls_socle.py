"""Accounts, mailbox and documents: who gets what."""

from tests.matrices.lignes import ROLES, avec, connectes, tous

DEJA_CONNECTE = dict.fromkeys(set(ROLES) - {"anonyme"}, 302)
LU_PAR = {"dgaln": 200, "ddt": 200, "collectivite": 200}
DECIDE_PAR = {"dgaln": 302, "ddt": 302, "collectivite": 403}

LIGNES = {
    "account_login": tous(200, **DEJA_CONNECTE),
    "account_signup": tous(200, **DEJA_CONNECTE),
    "account_logout": tous(200, anonyme=302),
    "account_inactive": tous(200),
    "account_change_password": connectes(200),
    "account_reauthenticate": connectes(200),
    "account_reset_password": tous(200),
    "account_reset_password_done": tous(200),
    "account_reset_password_from_key": avec(tous(200), objet="lien_oubli"),
    "account_reset_password_from_key_done": tous(200),
    "connexion_demonstration": avec(
        tous(302), methode="POST", donnees={"email": "ddt@demo.example"}
    ),
    "courriels:boite": connectes(200),
    "territoires:organisme": connectes(200),
    # No background map is declared here: nothing to serve, and nothing for an unknown reader.
    "territoires:tuile": avec(connectes(404), objet="tuile"),
    "territoires:contours": avec(connectes(200), objet="departement"),
    "courriels:detail": avec(connectes(404, **LU_PAR), objet="courriel_retenu"),
    "courriels:piece": avec(connectes(404, **LU_PAR), objet="piece_jointe"),
    "courriels:piece_prevue": avec(connectes(404), objet="courriel_retenu"),
    "courriels:liberer": avec(
        connectes(404, **DECIDE_PAR), objet="courriel_retenu", methode="POST"
    ),
    "courriels:annuler": avec(
        connectes(404, **DECIDE_PAR), objet="courriel_retenu", methode="POST"
    ),
    "courriels:renvoyer": avec(
        connectes(404, **DECIDE_PAR), objet="courriel_en_echec", methode="POST"
    ),
    "documents:etat": avec(connectes(404, dgaln=200, collectivite=200), objet="document_en_echec"),
    # Not ready yet: those who may see it are led back to its page.
    "documents:telecharger": avec(
        connectes(404, dgaln=302, collectivite=302), objet="document_en_echec"
    ),
    "documents:relancer": avec(
        connectes(404, dgaln=302, collectivite=302), objet="document_en_echec", methode="POST"
    ),
}
