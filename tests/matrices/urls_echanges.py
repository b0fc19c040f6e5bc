"""Threads, labels: who gets which status."""

from tests.matrices.lignes import avec, connectes

ETAT = connectes(404, dgaln=200, ddt=200, dreal=200, collectivite=403)
DGALN = connectes(403, dgaln=200)
POSER = connectes(404, dgaln=302, ddt=403, dreal=403, collectivite=403)

LIGNES = {
    "candidatures:echanges": avec(ETAT, objet="fil_interne"),
    "candidatures:echanges_lu": avec(
        connectes(404, dgaln=302, ddt=302, dreal=302, collectivite=403),
        objet="fil_interne",
        methode="POST",
    ),
    "candidatures:echanges_exporter": avec(ETAT, objet="fil_interne"),
    "candidatures:echanges_piece": avec(
        connectes(404, dgaln=200, ddt=200, dreal=200), objet="piece_interne"
    ),
    "candidatures:etiquettes": DGALN,
    "candidatures:etiqueter_plusieurs": DGALN,
    "candidatures:etiquette_sortir": avec(
        connectes(403, dgaln=302), objet="etiquette", methode="POST"
    ),
    "candidatures:etiqueter": avec(
        POSER, objet="candidature", methode="POST", donnees={"nom": "Littoral"}
    ),
    "candidatures:etiquette_decoller": avec(POSER, objet="pose_etiquette", methode="POST"),
}
