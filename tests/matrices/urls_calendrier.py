"""Searches are the pilot's; availabilities, of those who see the people; reserves, of the DGALN."""

from tests.matrices.lignes import avec, connectes

PILOTER = connectes(404, dgaln=200, ddt=200, dreal=403, collectivite=403, equipe=403)
PILOTER_POST = PILOTER | {"dgaln": 302, "ddt": 302}
VOIR = connectes(404, dgaln=200, ddt=200, dreal=403, collectivite=200, equipe=200)
RETIRER = connectes(404, dgaln=302, ddt=302, dreal=403, collectivite=302, equipe=302)
NATIONAL = connectes(403, dgaln=200)

LIGNES = {
    "ateliers:calendrier_proposer": avec(PILOTER, objet="atelier"),
    "ateliers:calendrier_demande": avec(PILOTER, objet="demande_calendrier"),
    "ateliers:calendrier_arreter": avec(PILOTER_POST, objet="demande_calendrier", methode="POST"),
    "ateliers:calendrier_retenir": avec(
        PILOTER_POST, objet="demande_calendrier_prete", methode="POST"
    ),
    "ateliers:disponibilites": avec(VOIR, objet="atelier"),
    "ateliers:disponibilite_retirer": avec(RETIRER, objet="indisponibilite", methode="POST"),
    "ateliers:calendrier_session": avec(NATIONAL, objet="session_nationale"),
    "ateliers:calendrier_sessions": NATIONAL,
    "ateliers:reserves": NATIONAL,
    "ateliers:reserve_retirer": avec(NATIONAL | {"dgaln": 302}, objet="reserve", methode="POST"),
}
