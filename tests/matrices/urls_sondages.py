"""Polls × roles: asking is the pilot's, reading is for those who see the people."""

from tests.matrices.lignes import avec, connectes, tous

LIRE = connectes(404, dgaln=200, ddt=200, collectivite=200, equipe=200, dreal=403)
PILOTER = connectes(404, dgaln=200, ddt=200, collectivite=403, equipe=403, dreal=403)
PILOTER_POST = PILOTER | {"dgaln": 302, "ddt": 302}

LIGNES = {
    "ateliers:sonder": avec(PILOTER, objet="seance_a_programmer"),
    "ateliers:sondage": avec(LIRE, objet="sondage"),
    "ateliers:sondage_retenir": avec(PILOTER, objet="sondage_creneau"),
    "ateliers:sondage_prolonger": avec(PILOTER, objet="sondage_annule"),
    "ateliers:sondage_annuler": avec(
        PILOTER_POST, objet="sondage", methode="POST", donnees={"motif": "Reporté"}
    ),
    "ateliers:sondage_saisir": avec(PILOTER, objet="sonde_sans_adresse"),
    "ateliers:sondage_ma_reponse": avec(connectes(404, ddt=200), objet="sondage_du_pilote"),
    "ateliers:sondage_relancer": avec(PILOTER_POST, objet="sondage", methode="POST"),
    "ateliers:sondage_repondre": avec(tous(200), objet="lien_sondage"),
    "ateliers:sondage_merci": avec(tous(200), objet="lien_sondage"),
}
