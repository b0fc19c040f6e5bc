"""Committees: the DGALN alone."""

from tests.matrices.lignes import avec, connectes

LIRE = connectes(403, dgaln=200)
AGIR = connectes(403, dgaln=302)

LIGNES = {
    "candidatures:comites": LIRE,
    "candidatures:comite_nouveau": avec(LIRE, objet="appel_sans_comite"),
    "candidatures:comite": avec(LIRE, objet="comite"),
    "candidatures:comite_modifier": avec(LIRE, objet="comite"),
    "candidatures:comite_supprimer": avec(AGIR, objet="comite", methode="POST"),
    "candidatures:comite_membres": avec(LIRE, objet="comite"),
    "candidatures:comite_membre_retirer": avec(AGIR, objet="comite_membre", methode="POST"),
    "candidatures:comite_ouvrir": avec(AGIR, objet="comite", methode="POST"),
    "candidatures:comite_clore": avec(AGIR, objet="comite", methode="POST"),
    "candidatures:comite_pv": avec(LIRE, objet="comite_clos"),
    "candidatures:comite_garder": avec(
        AGIR, objet="comite", methode="POST", donnees={"nom": "Essai"}
    ),
    "candidatures:comite_retenir": avec(AGIR, objet="comite_scenario", methode="POST"),
    "candidatures:comite_deliberations": avec(LIRE, objet="comite"),
    "candidatures:comite_en_bloc": avec(AGIR, objet="comite", methode="POST"),
    "candidatures:comite_deliberer": avec(LIRE, objet="comite_dossier"),
    "candidatures:comite_rejet_retirer": avec(LIRE, objet="comite_rejet"),
    "candidatures:comite_deport": avec(
        connectes(403, dgaln=404), objet="comite_dossier", methode="POST"
    ),
    "candidatures:comite_decisions": avec(LIRE, objet="comite_clos"),
    "candidatures:comite_aligner": avec(AGIR, objet="comite_ecart", methode="POST"),
    "candidatures:comite_justifier": avec(LIRE, objet="comite_ecart_dossier"),
    "candidatures:decisions_confirmer": AGIR,
    "candidatures:lots": LIRE,
    "candidatures:lot_essai": connectes(403, dgaln=404),
    "candidatures:lot_executer": avec(AGIR, methode="POST"),
    "candidatures:lot_annuler": avec(AGIR, objet="lot", methode="POST"),
    "candidatures:lot_publier": avec(AGIR, objet="lot", methode="POST"),
    "candidatures:reserve": avec(LIRE, objet="appel_sans_comite"),
    "candidatures:constater_desistement": avec(
        connectes(404, dgaln=302, ddt=403, dreal=403, collectivite=403),
        objet="decidee",
        methode="POST",
        donnees={"motif": "Nous renonçons."},
    ),
    "candidatures:promouvoir": avec(
        connectes(404, ddt=403, dreal=403, collectivite=403), objet="decidee", methode="POST"
    ),
}
