"""Who gets what in restitution. Strangers get 404; a known user without the right gets 403."""

from tests.matrices.lignes import avec, connectes, tous

LECTEURS = {"dgaln": 200, "ddt": 200, "dreal": 200, "collectivite": 200, "equipe": 200}


def lecture(objet):
    return avec(connectes(404, **LECTEURS), objet=objet)


def ecriture(objet, statut=200, methode="GET", donnees=None):
    """Team, pilot, collectivité, DGALN; the DREAL reads without writing."""
    roles = dict.fromkeys(("dgaln", "ddt", "collectivite", "equipe"), statut)
    ligne = connectes(404, dreal=403, **roles)
    return avec(ligne, objet=objet, methode=methode, donnees=donnees)


def acte(objet, statut, *qui, methode="POST", donnees=None):
    """Readers get 403, `qui` get the status."""
    roles = dict.fromkeys(LECTEURS, 403) | dict.fromkeys(qui, statut)
    return avec(connectes(404, **roles), objet=objet, methode=methode, donnees=donnees)


def dgaln(objet=None, methode="GET", statut=200, donnees=None, autres=403):
    return avec(connectes(autres, dgaln=statut), objet=objet, methode=methode, donnees=donnees)


PILOTES = ("dgaln", "ddt")
PARTIES = ("dgaln", "ddt", "collectivite")

LIGNES = {
    "restitution:feuille": lecture("feuille_redigee"),
    "restitution:feuille_ouvrir": ecriture("atelier_sans_feuille", 302, "POST"),
    "restitution:feuille_vision": ecriture("feuille_redigee"),
    "restitution:axe_nouveau": ecriture("feuille_redigee"),
    "restitution:axe_modifier": ecriture("axe"),
    "restitution:axe_supprimer": ecriture("axe", 302, "POST"),
    "restitution:axe_deplacer": ecriture("axe_a_deplacer", 302, "POST"),
    "restitution:action_nouvelle": ecriture("axe"),
    "restitution:action_modifier": ecriture("action"),
    "restitution:action_supprimer": ecriture("action", 302, "POST"),
    "restitution:action_deplacer": ecriture("action_a_deplacer", 302, "POST"),
    "restitution:lecture": lecture("feuille_redigee"),
    "restitution:engagement": lecture("feuille_signee"),
    "restitution:valider": acte("feuille_redigee", 200, *PILOTES, methode="GET"),
    "restitution:rouvrir": acte("feuille_validee", 302, *PARTIES, donnees={"motif": "Oubli."}),
    "restitution:approuver": acte("feuille_validee", 200, "collectivite", methode="GET"),
    "restitution:signer": acte("feuille_cote_elu", 200, "collectivite", methode="GET"),
    "restitution:signature_retirer": acte("signature_elu", 302, "collectivite"),
    "restitution:officialiser": acte("feuille_signee", 302, *PARTIES),
    "restitution:publier": acte("feuille_officialisee", 302, *PILOTES),
    "restitution:feuille_pdf": acte("feuille_redigee", 302, *LECTEURS),
    "restitution:acte_numerise": avec(connectes(404), objet="acte_sans_scan"),
    "restitution:feuilles_publiques": tous(200),
    "restitution:feuille_publique": avec(tous(200), objet="feuille_publiee"),
    "restitution:feuille_publique_pdf": avec(tous(404), objet="feuille_publiee"),
    "restitution:suivi": lecture("feuille_officialisee"),
    "restitution:avancement": acte("action_suivie", 200, *PARTIES, methode="GET"),
    "restitution:point_etape": acte("point_etape", 200, *PARTIES, methode="GET"),
    "restitution:suite_nouvelle": acte("feuille_officialisee", 200, *PARTIES, methode="GET"),
    "restitution:publications": tous(200),
    "restitution:publication": avec(tous(200), objet="publication_publique"),
    "restitution:national": dgaln(),
    "restitution:rencontre_nouvelle": dgaln(),
    "restitution:rencontre_modifier": dgaln("rencontre"),
    "restitution:enseignement_nouveau": dgaln(),
    "restitution:enseignement_modifier": dgaln("enseignement"),
    "restitution:publication_nouvelle": dgaln(),
    "restitution:publication_composer": dgaln("publication"),
    "restitution:publication_modifier": dgaln("publication"),
    "restitution:chapitre_ajouter": dgaln("publication"),
    "restitution:chapitre_retirer": dgaln("chapitre", "POST", 302, autres=404),
    "restitution:chapitre_deplacer": dgaln("chapitre_a_deplacer", "POST", 302, autres=404),
    "restitution:publication_publier": dgaln("publication", "POST", 302, autres=404),
    "restitution:publication_depublier": dgaln(
        "publication_en_ligne", "POST", 302, {"motif": "Erratum."}
    ),
    "restitution:publication_pdf": dgaln("publication", "POST", 302, autres=404),
}
