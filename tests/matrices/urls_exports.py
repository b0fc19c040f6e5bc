"""Exports, mass mails, avis in batches."""

from tests.matrices.lignes import avec, connectes

A_SOI = connectes(404, dgaln=200)
DGALN = connectes(403, dgaln=200)

LIGNES = {
    "exports:liste": connectes(200),
    "exports:demander": avec(connectes(200), objet="export_declare"),
    "exports:telecharger": avec(A_SOI, objet="export_pret"),
    "exports:supprimer": avec(connectes(404, dgaln=302), objet="export_pret", methode="POST"),
    "courriels:lots": connectes(200),
    "courriels:lot": avec(A_SOI, objet="lot_courriels"),
    "courriels:lot_envoyer": avec(connectes(404, dgaln=302), objet="lot_courriels", methode="POST"),
    "courriels:lot_annuler": avec(connectes(404, dgaln=302), objet="lot_courriels", methode="POST"),
    "courriels:corriger": avec(
        connectes(404, dgaln=200, ddt=200, collectivite=200), objet="courriel_retenu"
    ),
    "courriels:preference": connectes(200),
    "candidatures:avis_suivi": DGALN,
    "candidatures:demander_avis_en_lot": DGALN,
    "candidatures:avis_relancer": avec(connectes(403, dgaln=302), methode="POST"),
}
