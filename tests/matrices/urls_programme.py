"""The déroulé × roles: read by who sees the atelier, written together, published by the pilot."""

from tests.matrices.lignes import avec, connectes

LIRE = connectes(404, dgaln=200, ddt=200, collectivite=200, equipe=200, dreal=200)
ECRIRE = LIRE | {"dreal": 403}
ECRIRE_POST = connectes(404, dgaln=302, ddt=302, collectivite=302, equipe=302, dreal=403)
PILOTER_POST = ECRIRE_POST | {"collectivite": 403, "equipe": 403}
NATIONAL = connectes(404, dgaln=200, ddt=403, collectivite=403, equipe=403, dreal=403)

LIGNES = {
    "ateliers:programme": avec(LIRE, objet="programme"),
    "ateliers:programme_imprimer": avec(LIRE, objet="programme"),
    "ateliers:programme_version": avec(LIRE, objet="programme_version"),
    "ateliers:programme_kit": avec(ECRIRE, objet="programme"),
    "ateliers:programme_garder": avec(NATIONAL, objet="programme"),
    "ateliers:programme_publier": avec(PILOTER_POST, objet="programme_a_publier", methode="POST"),
    "ateliers:sequence_ajouter": avec(ECRIRE, objet="programme"),
    "ateliers:sequence_modifier": avec(ECRIRE, objet="programme_sequence"),
    "ateliers:sequence_decaler": avec(ECRIRE, objet="programme_sequence"),
    "ateliers:sequence_itineraire": avec(ECRIRE, objet="programme_sequence"),
    "ateliers:sequence_recaler": avec(ECRIRE_POST, objet="programme_visite", methode="POST"),
    "ateliers:sequence_retirer": avec(ECRIRE_POST, objet="programme_sequence", methode="POST"),
    "ateliers:sequence_deplacer": avec(ECRIRE_POST, objet="programme_deplacer", methode="POST"),
}
