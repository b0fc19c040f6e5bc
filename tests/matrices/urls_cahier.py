"""Cahier des charges, its versions and visas, the library of clauses × roles."""

from tests.matrices.lignes import avec, connectes
from tests.matrices.urls_ateliers import CADRER, ECRIRE_CAHIER, LIRE, MOTIF, en_post, page

ETAT = connectes(403, dgaln=200, ddt=200, dreal=200, ddt_autre=200)
DGALN = connectes(403, dgaln=200)
# Before its team is named, the atelier does not exist for it.
LIRE_CADRAGE = LIRE | {"equipe": 404}
# The verb knows whose turn it is: here the pilot's, and DGALN does not sign in its place.
VISER = CADRER | {"dgaln": 403}
SAISIE = {"champ": "attendus", "valeur": "Écrit", "revision": "0"}
ENREGISTRER = connectes(404, dgaln=200, ddt=200, dreal=403, collectivite=200, anonyme=401)
MON_SERVICE = connectes(403, ddt=302, dgaln=404, dreal=404, ddt_autre=404)


LIGNES = {
    "ateliers:clauses": ETAT,
    "ateliers:clause_nouvelle": DGALN,
    "ateliers:clause": avec(ETAT, objet="clause"),
    "ateliers:clause_reviser": avec(DGALN, objet="clause"),
    "ateliers:clause_retirer": en_post(DGALN, "clause", MOTIF),
    "ateliers:clause_remettre": en_post(DGALN, "clause_retiree"),
    "ateliers:visas": ETAT,
    "ateliers:delegation_finir": avec(MON_SERVICE, objet="delegation", methode="POST"),
    "ateliers:titulaire_designer": ETAT,
    "ateliers:titulaire_retirer": avec(MON_SERVICE, objet="titulaire", methode="POST"),
    **page("cahier", LIRE_CADRAGE, "cahier"),
    **page("cahier_comparer", LIRE_CADRAGE, "cahier"),
    **page("cahier_lire", LIRE_CADRAGE, "cahier"),
    **page("cahier_travail", LIRE_CADRAGE, "cahier"),
    "ateliers:cahier_saisie": avec(ENREGISTRER, objet="cahier", methode="POST", donnees=SAISIE),
    **page("cahier_ajouter", ECRIRE_CAHIER, "cahier"),
    **page("cahier_facultatives", ECRIRE_CAHIER, "cahier"),
    "ateliers:cahier_deplacer": en_post(ECRIRE_CAHIER, "section_clause", {"sens": "haut"}),
    "ateliers:cahier_ecarter": en_post(ECRIRE_CAHIER, "section_clause"),
    "ateliers:cahier_retablir": en_post(ECRIRE_CAHIER, "section_ecartee"),
    **page("cahier_regenerer", ECRIRE_CAHIER, "section_clause"),
    **page("cahier_version", LIRE_CADRAGE, "cahier_vise"),
    **page("cahier_docx", LIRE_CADRAGE, "cahier_vise"),
    "ateliers:cahier_pdf": en_post(LIRE_CADRAGE, "cahier_au_visa"),
    "ateliers:cahier_viser": en_post(VISER, "cahier_au_visa"),
    "ateliers:cahier_refuser": en_post(VISER, "cahier_au_visa", MOTIF),
    **page("cahier_envoyer", CADRER, "cahier_vise"),
}
