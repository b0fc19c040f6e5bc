"""Rooms: all who work on ateliers read them. Feeds: the address alone opens them."""

from tests.matrices.lignes import avec, connectes, tous

TRAVAILLER = connectes(200, evaluateur=403)
GERER = connectes(403, dgaln=200, ddt=200, dreal=200)
FICHE = connectes(200, evaluateur=404)
MODIFIER = connectes(403, dgaln=200, ddt=200, dreal=200, evaluateur=404)
FERMER = MODIFIER | {"dgaln": 302, "ddt": 302, "dreal": 302}

LIRE = connectes(404, dgaln=200, ddt=200, dreal=200, collectivite=200, equipe=200)
PILOTER = connectes(404, dgaln=200, ddt=200, dreal=403, collectivite=403, equipe=403)

SIEN = connectes(404, ddt=302, evaluateur=403)  # its owner's alone, the DGALN included

LIGNES = {
    "ateliers:calendrier": connectes(200),
    "ateliers:glissements": connectes(200),
    "ateliers:calendrier_atelier": avec(LIRE, objet="atelier"),
    "ateliers:serie_nouvelle": avec(PILOTER, objet="atelier"),
    "ateliers:lieux": TRAVAILLER,
    "ateliers:lieu_ajouter": GERER | {"ddt_autre": 200},
    "ateliers:lieu": avec(FICHE, objet="lieu"),
    "ateliers:lieu_modifier": avec(MODIFIER, objet="lieu"),
    "ateliers:lieu_fermer": avec(FERMER, objet="lieu", methode="POST"),
    "ateliers:lieu_rouvrir": avec(FERMER, objet="lieu", methode="POST"),
    "ateliers:agenda_flux": avec(tous(200), objet="flux"),
    "ateliers:abonnements": TRAVAILLER,
    "ateliers:abonnement_revoquer": avec(
        connectes(404, ddt=302, evaluateur=403), objet="abonnement", methode="POST"
    ),
    "ateliers:agenda_distant": TRAVAILLER,
    "ateliers:agenda_brancher": TRAVAILLER,
    "ateliers:agenda_choisir": avec(SIEN | {"ddt": 200}, objet="agenda_branche"),
    "ateliers:agenda_synchroniser": avec(SIEN, objet="agenda_branche", methode="POST"),
    "ateliers:agenda_suspendre": avec(SIEN, objet="agenda_branche", methode="POST"),
    "ateliers:agenda_reprendre": avec(SIEN, objet="agenda_branche", methode="POST"),
    "ateliers:agenda_debrancher": avec(SIEN | {"ddt": 200}, objet="agenda_branche"),
    "ateliers:agenda_retablir": avec(SIEN, objet="rendez_vous_modifie", methode="POST"),
    "ateliers:regles_conflit": connectes(403, dgaln=200),
}
