"""Instruction: who gets which status."""

from tests.matrices.lignes import avec, connectes, tous

INSTRUIRE = connectes(404, dgaln=200, ddt=403, dreal=403, collectivite=403)
INSTRUIRE_CONFIEE = INSTRUIRE | {"evaluateur": 403}
TRANCHER = INSTRUIRE | {"dgaln": 302}
MOTIF = {"motif": "Une raison"}

LIGNES = {
    "candidatures:instruction": connectes(403, dgaln=200),
    "candidatures:vue_enregistrer": avec(
        connectes(302), objet="page_liste", methode="POST", donnees={"nom": "Ma vue"}
    ),
    "candidatures:vue_defaut": avec(connectes(404, dgaln=302), objet="vue_liste", methode="POST"),
    "candidatures:vue_supprimer": avec(
        connectes(404, dgaln=302), objet="vue_liste", methode="POST"
    ),
    "candidatures:decisions": connectes(403, dgaln=200),
    "candidatures:evaluateur_inviter": connectes(403, dgaln=200),
    "candidatures:evaluateur_invitation_annuler": avec(
        connectes(403, dgaln=302), objet="invitation_evaluateur", methode="POST"
    ),
    "candidatures:evaluateur_invitation": avec(tous(200), objet="lien_evaluateur"),
    "candidatures:decisions_redater": avec(
        connectes(403, dgaln=302), objet="appel_sans_comite", methode="POST"
    ),
    "candidatures:decision_apercu": avec(connectes(403, dgaln=200), objet="decision_preparee"),
    "candidatures:decision_abandonner": avec(
        connectes(403, dgaln=302), objet="decision_preparee", methode="POST"
    ),
    "candidatures:evaluation_deposee": avec(
        connectes(404, evaluateur=200), objet="evaluation_publiee"
    ),
    "candidatures:evaluations": connectes(403, dgaln=200, evaluateur=200),
    "candidatures:avis": connectes(200),
    "candidatures:avis_rendre": avec(connectes(404, dgaln=200, dreal=200), objet="avis"),
    "candidatures:avis_saisie": avec(
        tous(404, anonyme=401, dgaln=403, dreal=200),
        objet="avis",
        methode="POST",
        donnees={"champ": "texte", "valeur": "Favorable.", "revision": "0"},
    ),
    "candidatures:instruire": avec(INSTRUIRE_CONFIEE, objet="en_evaluation"),
    "candidatures:declarer_recevable": avec(TRANCHER, objet="candidature", methode="POST"),
    "candidatures:declarer_irrecevable": avec(
        TRANCHER, objet="candidature", methode="POST", donnees=MOTIF
    ),
    "candidatures:demander_complements": avec(INSTRUIRE, objet="candidature"),
    "candidatures:complements": avec(
        connectes(404, dgaln=403, dreal=403, ddt=200, collectivite=200), objet="a_completer"
    ),
    "candidatures:confier": avec(INSTRUIRE, objet="recevable"),
    "candidatures:evaluation_retirer": avec(TRANCHER, objet="evaluation_a_retirer", methode="POST"),
    "candidatures:mettre_en_evaluation": avec(TRANCHER, objet="prete_a_evaluer", methode="POST"),
    "candidatures:demander_avis": avec(INSTRUIRE, objet="recevable"),
    "candidatures:evaluer": avec(
        connectes(404, dgaln=403, ddt=403, dreal=403, collectivite=403, evaluateur=301),
        objet="en_evaluation",
    ),
    "candidatures:lire": avec(INSTRUIRE | {"evaluateur": 200}, objet="en_evaluation"),
    "candidatures:lire_saisie": avec(
        tous(404, anonyme=401, dgaln=403, ddt=403, dreal=403, collectivite=403, evaluateur=200),
        objet="en_evaluation",
        methode="POST",
        donnees={"champ": "synthese", "valeur": "Bien.", "revision": "0"},
    ),
    "candidatures:marge": avec(
        TRANCHER | {"evaluateur": 302},
        objet="en_evaluation",
        methode="POST",
        donnees={"ancre": "objet", "texte": "À revoir.", "revision": "0"},
    ),
    "candidatures:marge_saisie": avec(
        tous(404, anonyme=401, dgaln=200, ddt=403, dreal=403, collectivite=403, evaluateur=200),
        objet="en_evaluation",
        methode="POST",
        donnees={"champ": "texte.objet", "valeur": "À revoir.", "revision": "0"},
    ),
    "candidatures:comparer": connectes(403, dgaln=200, evaluateur=200),
    "candidatures:deposer_evaluation": avec(
        connectes(404, dgaln=403, ddt=403, dreal=403, collectivite=403, evaluateur=302),
        objet="evaluee",
        methode="POST",
        donnees={"revision": "1"},
    ),
    "candidatures:decision_publiee": avec(
        connectes(404, dgaln=200, ddt=200, dreal=200, collectivite=200), objet="decidee"
    ),
    "candidatures:preparer_decision": avec(INSTRUIRE_CONFIEE, objet="en_evaluation"),
    "candidatures:reorienter": avec(INSTRUIRE, objet="candidature"),
    "candidatures:reprendre": avec(
        connectes(404, dgaln=403, dreal=403, ddt=200, collectivite=200), objet="reorientee"
    ),
    "candidatures:complements_comparer": avec(
        INSTRUIRE | {"ddt": 200, "collectivite": 200}, objet="complements_demandes"
    ),
    "candidatures:complements_prolonger": avec(INSTRUIRE, objet="complements_demandes"),
    "candidatures:complements_retirer": avec(INSTRUIRE, objet="complements_demandes"),
    "candidatures:calendriers": connectes(403, dgaln=200),
    "candidatures:phases": avec(connectes(403, dgaln=200), objet="appel_phases"),
    "candidatures:phase_rouvrir": avec(connectes(403, dgaln=200), objet="phase_close"),
    "candidatures:mes_deports": connectes(403, dgaln=200, evaluateur=200),
    "candidatures:me_deporter": avec(
        connectes(404, dgaln=302, evaluateur=302, ddt=403, dreal=403, collectivite=403),
        objet="en_evaluation",
        methode="POST",
        donnees=MOTIF,
    ),
    "candidatures:deports": avec(INSTRUIRE_CONFIEE, objet="en_evaluation"),
    "candidatures:noms_masques": avec(INSTRUIRE_CONFIEE, objet="en_evaluation"),
    "candidatures:deport_lever": avec(
        connectes(403, dgaln=302), objet="deport", methode="POST", donnees=MOTIF
    ),
    "candidatures:tirer": avec(connectes(403, dgaln=200), objet="appel_phases"),
    "candidatures:tirage": avec(connectes(403, dgaln=200), objet="tirage"),
    "candidatures:tirage_ajuster": avec(connectes(403, dgaln=200), objet="tirage_dossier"),
    "candidatures:evaluateurs": connectes(403, dgaln=200),
    "candidatures:evaluateur": avec(connectes(403, dgaln=200), objet="un_evaluateur"),
    "candidatures:mon_profil": connectes(403, dgaln=200, evaluateur=200),
    "candidatures:mandat_clore": avec(connectes(403, dgaln=200), objet="mandat_electif"),
    "candidatures:tirage_garder": avec(connectes(403, dgaln=302), objet="tirage", methode="POST"),
    "candidatures:evaluation_remplacer": avec(INSTRUIRE, objet="evaluation_a_retirer"),
}
