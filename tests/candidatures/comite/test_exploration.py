"""Every address, file, mail, document, thread and search: who reads which secret, exactly.

Six secrets are laid around one dossier, and its own names written in its prose. What each role
reads is an equality, so that a role which must read a secret proves that it can be found.
"""

from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from candidatures.comite.domaine import comites, ecarts
from candidatures.dossiers.models import Mandat
from candidatures.echanges.domaine.messages import ecrire
from candidatures.instruction.domaine import avis
from candidatures.taches import a_traiter
from socle.courriels.models import Courriel, PieceJointe
from socle.courriels.resume import choisir_rythme, resumer
from tests.candidatures.instruction.exploration import (
    courriels_lus,
    documents_lus,
    ecrire_les_noms,
    export_fait,
    fuites,
    jetons,
    laissees,
    tout_lire,
)
from tests.factories.candidatures import PDF
from tests.factories.comite import clore_comite, deliberer, ouvrir_comite, preparer_comite
from tests.factories.importation import faire_import, ligne
from tests.factories.instruction import (
    dater,
    demander_un_avis,
    deporter,
    faire_en_evaluation,
    faire_evaluateur,
    noter,
    preparer,
)

TITRE = "Renouer avec le marais de Zibeline"
AVIS, NOTE, SEANCE, DECISION = "zqavis5512", "zqnote7401", "zqseance3308", "zqdecision6127"
INTERNE, PORTEURS = "zqinterne8843", "zqporteurs2290"
SECRETS = {AVIS, NOTE, SEANCE, DECISION, INTERNE, PORTEURS}
RECHERCHES = (
    "/candidatures/?texte={}",
    "/instruction/?texte={}",
    "/candidatures/carte/?texte={}",
    "/chercher/?q={}",
)
# Found by nobody here: a batch of mails, a published decision, a commune or a kit of that name.
SANS_OBJET = {
    "candidatures:decision_publiee",
    "candidatures:kit_telecharger",
    "territoires:commune",
    # Deposited without an outline: who reads one is tested in dossiers/test_emprise.py.
    "candidatures:parcelles",
    "candidatures:trace",
    "candidatures:reprendre_demarche",  # asked by a number of démarche, not of dossier
    "courriels:piece_prevue",  # of a letter to a tenderer: ateliers/marche/test_lettres.py
}

# Not walked. Whoever holds a secret link may follow it; these end the session.
SECRETES = {
    "candidatures:invitation",
    "candidatures:evaluateur_invitation",
    "account_reset_password_from_key",
    "account_logout",
}
# Verbs without a page: a GET answers 405, whoever asks.
SANS_PAGE = {
    "candidatures:coauteur_renvoyer",
    "candidatures:coauteur_revoquer",
    "candidatures:deport_lever",
    "candidatures:etiquette_decoller",
    "candidatures:etiquette_sortir",
    "candidatures:evaluateur_invitation_annuler",
    "candidatures:lot_annuler",
    "candidatures:lot_publier",
    "candidatures:mandat_clore",
    "candidatures:question_deplacer",
    "candidatures:question_retirer",
    "candidatures:regle_retirer",
    "candidatures:retirer_copilote",
    "candidatures:tirage_garder",
    "candidatures:vue_defaut",
    "candidatures:vue_supprimer",
    "courriels:lot_annuler",
    "courriels:lot_envoyer",
    "exports:supprimer",
}
# Pages of objects that this dossier has not: their own tests read them.
D_UN_AUTRE = {
    "candidatures:comite_rejet_retirer",
    "candidatures:complements_comparer",
    "candidatures:complements_prolonger",
    "candidatures:complements_retirer",
    "candidatures:evaluateur",
    "candidatures:question_modifier",
    "candidatures:regle_reviser",
    "candidatures:tirage",
    "candidatures:tirage_ajuster",
    "courriels:lot",
    "exports:telecharger",  # made, then read, by the crawls below
    "territoires:tuile",
}
LAISSEES = SECRETES | SANS_PAGE | D_UN_AUTRE


def _tenir_la_seance(distribution, candidature):
    """A reviewer sits at it; the decision prepared afterwards departs from its vote."""
    comite = preparer_comite(distribution, candidature.appel)
    comites.ajouter_membre(
        comite=comite, utilisateur=distribution.evaluateur, par=distribution.dgaln
    )
    comite = ouvrir_comite(distribution, comite)
    deliberer(distribution, comite, candidature, motif=SEANCE, dissidence=SEANCE)
    clore_comite(distribution, comite)
    prete = preparer(distribution, candidature, "non_retenue", motif=DECISION)
    ecarts.justifier_ecart(decision=prete, motif=DECISION, par=distribution.dgaln)


def _ecrire_les_fils(distribution, candidature):
    for fil, secret in (("interne", INTERNE), ("porteurs", PORTEURS)):
        ecrire(
            candidature=candidature,
            fil=fil,
            texte=secret,
            fichiers=[(f"{secret}.pdf", PDF + b"%" + secret.encode())],
            par=distribution.dgaln,
        )


def _autres_portes(distribution, candidature):
    """A mandate, the report of an import, a file sent by mail: three more ways in."""
    Mandat.objects.create(
        candidature=candidature,
        mandant=distribution.collectivite.organisme,
        mandataire=distribution.ddt.organisme,
        signe_le=timezone.localdate(),
        fichier=ContentFile(PDF, "mandat.pdf"),
        nom=f"{TITRE}.pdf",
        mime="application/pdf",
        sha256="0" * 64,
        enregistre_par=distribution.ddt,
    )
    faire_import(distribution, [ligne(distribution, TITRE)], appel=candidature.appel)
    recu = Courriel.objects.filter(destinataire=distribution.evaluateur.email).first()
    PieceJointe.objects.create(
        courriel=recu, nom=f"{TITRE}.pdf", mime="application/pdf", contenu=PDF
    )


@pytest.fixture
def dossier(distribution):
    """Noted, consulted on, deliberated, prepared against the committee, written about."""
    second = faire_evaluateur(distribution, 1)
    for personne in (distribution.evaluateur, distribution.dgaln):
        choisir_rythme(utilisateur=personne, rythme="quotidien")
    candidature = faire_en_evaluation(
        distribution, titre=TITRE, evaluateurs=[distribution.evaluateur, second], accuse=True
    )
    ecrire_les_noms(candidature)
    noter(candidature, distribution.evaluateur, (3, 3, 3))
    noter(candidature, second, (1, 2, 3), remarque=NOTE, synthese=NOTE)
    demande = demander_un_avis(distribution, candidature)
    avis.rendre_avis(avis=demande, sens="defavorable", texte=AVIS, par=distribution.dreal)
    _tenir_la_seance(distribution, candidature)
    _ecrire_les_fils(distribution, candidature)
    _autres_portes(distribution, candidature)
    assert [resumer(p) > 0 for p in (distribution.evaluateur, distribution.dgaln)] == [True, True]
    # Nothing has left yet: what waits must be taken back from whom may no longer read it.
    Courriel.objects.filter(etat="envoye").update(etat="en_attente", envoye_le=None)
    return candidature


def tout(distribution, connecte, nom, candidature, codes=None):
    """All that this role reads: pages, files, mails, documents, tasks, searches."""
    personne, visiteur = getattr(distribution, nom), connecte(nom)
    lus = export_fait(personne, visiteur)
    lus |= tout_lire(visiteur, candidature, codes) | courriels_lus(personne)
    lus |= documents_lus(personne)
    lus["tâches"] = " ".join(t.objet for t in a_traiter(personne))
    for modele in RECHERCHES:
        for mot in (candidature.reference, "Zibeline", AVIS, INTERNE, PORTEURS):
            reponse = visiteur.get(modele.format(quote(mot)))
            # The box of the search repeats what was asked for.
            corps = reponse.content.decode().split("<main", 1)[-1].replace(mot, "")
            lus[f"recherche {modele.format(mot)}"] = corps
    return lus


def secrets_lus(lus):
    return {secret for _, secret in fuites(lus, SECRETS)}


def noms_lus(lus, candidature, personne):
    """Its reference and its names, without the départements that any page may list."""
    partout = {d.nom for d in candidature.perimetre.departements.all()}
    noms = {candidature.reference, *jetons(candidature)} - partout
    siens = str(personne.organisme)
    # The model of an import takes its example from the directory, not from a dossier.
    lus = {adresse: texte for adresse, texte in lus.items() if "/import/modele/" not in adresse}
    return [fuite for fuite in fuites(lus, noms) if fuite[1] not in siens]


def test_chaque_role_lit_exactement_ce_qui_est_a_lui(distribution, connecte, dossier):
    codes, lus = {}, {}
    for nom in ("dgaln", "evaluateur", "dreal", "ddt", "collectivite"):
        lus[nom] = tout(distribution, connecte, nom, dossier, codes)
    assert {nom: secrets_lus(textes) for nom, textes in lus.items()} == {
        "dgaln": SECRETS,
        "evaluateur": {SEANCE, NOTE},  # their own opinion is filed: they read the other’s words
        "dreal": {AVIS, INTERNE, PORTEURS},
        "ddt": {INTERNE, PORTEURS},
        "collectivite": {PORTEURS},
    }
    # Each way in gives something away to whoever may: an empty one would prove nothing below.
    for nom in ("dgaln", "evaluateur"):
        portes = {a.split(" ")[0] for a, _ in noms_lus(lus[nom], dossier, distribution.equipe)}
        portes = {porte for porte in portes if not porte.startswith("/")}
        assert portes >= {"fichier", "à", "boîte", "document", "recherche"}
    resumes = Courriel.objects.filter(cle="resume", corps__contains=TITRE)
    assert resumes.values("destinataire").distinct().count() == 2
    assert {n for n, vus in codes.items() if vus <= {404}} == SANS_OBJET


def test_aucune_adresse_n_est_passee_sous_silence(dossier):
    """What the crawls do not walk is written here, with its reason."""
    assert sorted(laissees(dossier)) == sorted(LAISSEES)


def test_un_inconnu_ne_lit_rien(distribution, connecte, dossier):
    for nom in ("ddt_autre", "collectivite_autre"):
        lus = tout(distribution, connecte, nom, dossier)
        assert secrets_lus(lus) == set()
        assert noms_lus(lus, dossier, getattr(distribution, nom)) == []


def test_une_personne_deportee_ne_lit_plus_rien(distribution, connecte, dossier):
    """A reviewer who sits at the committee, then the agent who instructed: exports made before."""
    avant = export_fait(distribution.dgaln, connecte("dgaln"))
    assert secrets_lus(avant) == {AVIS, INTERNE, PORTEURS}
    for nom in ("evaluateur", "dgaln"):
        personne = getattr(distribution, nom)
        deporter(distribution, dossier, personne)
        lus = tout(distribution, connecte, nom, dossier)
        assert secrets_lus(lus) == set()
        # One’s own recusals are listed, by reference and nothing more.
        assert noms_lus(lus, dossier, personne) == [("/deports/", dossier.reference)]


def test_un_lecteur_a_l_aveugle_ne_lit_ni_nom_ni_secret(distribution, connecte, dossier):
    dater(distribution, dossier.appel, aveugle=True, evaluation=(-1, 9))
    lus = tout(distribution, connecte, "evaluateur", dossier)
    assert secrets_lus(lus) == set()
    assert [
        fuite
        for fuite in noms_lus(lus, dossier, distribution.evaluateur)
        if fuite[1] != dossier.reference
    ] == []
    assert "Territoire A" in lus[f"/candidatures/{dossier.reference}/lire/"]
