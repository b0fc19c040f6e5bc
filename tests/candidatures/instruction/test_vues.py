"""Screens of the instruction: they render, they call the verb, they count their queries."""

import pytest
from django.urls import reverse

from candidatures.dispositifs.models import Dispositif
from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.instruction.choix import SensDecision
from candidatures.instruction.domaine import saisie
from socle.interface.francais import du
from tests.factories.candidatures import faire_appel, faire_deposee
from tests.factories.instruction import (
    MOTIF,
    dans,
    decider,
    demander_un_avis,
    deporter,
    faire_a_completer,
    faire_en_evaluation,
    faire_recevable,
    frais,
    noter,
    preparer,
)


def adresse(nom, *args):
    return reverse(f"candidatures:{nom}", args=args)


def test_instruire_de_la_recevabilite_a_l_evaluation(distribution, connecte):
    candidature = faire_deposee(distribution)
    dgaln = connecte("dgaln")
    page = dgaln.get(adresse("instruire", candidature.reference))
    assert "Déclarer recevable" in page.content.decode()
    dgaln.post(adresse("declarer_recevable", candidature.reference))
    reponse = dgaln.post(
        adresse("confier", candidature.reference),
        {"evaluateurs": [distribution.evaluateur.pk], "echeance": dans(10)},
    )
    assert reponse.status_code == 302
    dgaln.post(adresse("mettre_en_evaluation", candidature.reference))
    assert frais(candidature).etat == E.EN_EVALUATION
    demander_un_avis(distribution, candidature)
    histoire, nom = (
        adresse("historique", candidature.reference),
        distribution.evaluateur.nom_complet,
    )
    lues = {role: connecte(role).get(histoire).content.decode() for role in ("dgaln", "ddt")}
    assert f"a confié l’évaluation du dossier à {nom}" in lues["dgaln"]
    assert f"a demandé l’avis {du(distribution.dreal.organisme)}" in lues["dgaln"]
    assert (nom in lues["ddt"], "l’avis" in lues["ddt"]) == (False, False)


def test_demander_puis_transmettre_des_complements(distribution, connecte):
    candidature = faire_deposee(distribution)
    piece = candidature.appel.dispositif.pieces.first().pk
    envoi = {
        "motif": "À préciser.",
        "echeance": dans(12),
        "lieux": ["s-objet", f"p-{piece}"],
        "texte-s-objet": "Dire la question posée.",
        f"texte-p-{piece}": "Signer la lettre.",
        "texte-s-contexte": "Écrit, puis décoché.",
    }
    reponse = connecte("dgaln").post(adresse("demander_complements", candidature.reference), envoi)
    assert reponse.status_code == 302
    collectivite = connecte("collectivite")
    page = collectivite.get(adresse("complements", candidature.reference)).content.decode()
    assert "Dire la question posée." in page
    assert "Signer la lettre." in page
    envoi = {"reponse": "C’est fait."}
    collectivite.post(adresse("complements", candidature.reference), envoi)
    assert frais(candidature).etat == E.A_COMPLETER  # nothing that was asked has changed
    envoi |= {"confirmer_inchanges": "on"}
    collectivite.post(adresse("complements", candidature.reference), envoi)
    assert frais(candidature).etat == E.DEPOSEE


def test_demander_des_complements_coche_des_parties_et_dit_ce_qui_manque(distribution, connecte):
    candidature = faire_deposee(distribution)
    url = adresse("demander_complements", candidature.reference)
    form = connecte("dgaln").get(url).context["form"]
    cles = [lieu["cle"] for groupe in form.groupes() for lieu in groupe["lieux"]]
    assert len(cles) == len(set(cles))
    assert [lieu["choisi"] for groupe in form.groupes() for lieu in groupe["lieux"]] == (
        [False] * len(cles)
    )
    communs = {"motif": "À préciser.", "echeance": dans(12)}
    rien = connecte("dgaln").post(url, communs | {"texte-s-objet": "Sans case."})
    assert rien.context["form"].errors == {"lieux": ["Cochez au moins une partie du dossier."]}
    vide = connecte("dgaln").post(url, communs | {"lieux": ["s-objet"]})
    assert vide.context["form"].errors == {
        "texte-s-objet": ["Dites-le aux porteurs, ou décochez cette partie."]
    }
    assert list(candidature.demandes_complement.all()) == []


def test_evaluer_enregistre_un_brouillon_puis_depose(distribution, connecte):
    candidature = faire_en_evaluation(distribution)
    evaluateur = connecte("evaluateur")
    page = evaluateur.get(adresse("lire", candidature.reference))
    assert page.status_code == 200
    criteres = list(candidature.appel.grille.criteres.all())
    envoi = {f"note_{c.pk}": "4" for c in criteres} | {
        f"remarque_{c.pk}": "Étayé." for c in criteres
    }
    envoi |= {"synthese": "Bon dossier.", "revision": "0"}
    assert evaluateur.post(adresse("lire", candidature.reference), envoi).status_code == 302
    assert (
        "Déposer mon évaluation"
        in evaluateur.get(adresse("lire", candidature.reference)).content.decode()
    )
    # The recap, then the act; a note changed meanwhile from another page refuses, with both.
    premier, depot = criteres[0], adresse("deposer_evaluation", candidature.reference)
    recap = evaluateur.get(f"{depot}?vu_{premier.pk}=4")
    revision, texte = recap.context["form"]["revision"].value(), recap.content.decode()
    assert ("vous lisiez" in texte, recap.context["moyenne"]) == (False, 4)
    assert texte.count("<strong>4</strong>") == len(criteres)
    confiee = candidature.evaluations.get()
    saisie.enregistrer_champ(
        evaluation=confiee,
        champ=f"note.{premier.pk}",
        valeur="1",
        revision=0,
        par=confiee.evaluateur,
    )
    lue = {f"vu_{c.pk}": "4" for c in criteres} | {"revision": revision}
    refus = evaluateur.post(depot, lue)
    ecarts = [(li["vue"], li["note"]) for li in refus.context["lignes"] if li["autre"]]
    assert (refus.status_code, ecarts) == (409, [("4", "1")])
    assert "vous lisiez 4" in evaluateur.get(f"{depot}?vu_{premier.pk}=4").content.decode()
    assert candidature.evaluations.get().depose_le is None
    evaluateur.post(depot, {"revision": refus.context["form"]["revision"].value()})
    assert candidature.evaluations.get().depose_le is not None
    decider(distribution, candidature)
    pile, relue = adresse("evaluations"), adresse("evaluation_deposee", candidature.reference)
    page = evaluateur.get(pile)
    assert (page.context["avancees"], page.context["finies"]) == ([], 1)
    assert f'<a href="{relue}">' in page.content.decode()
    assert evaluateur.get(adresse("lire", candidature.reference)).status_code == 404
    lue = evaluateur.get(relue).content.decode()
    assert (lue.count("Étayé."), lue.count("Bon dossier.")) == (len(criteres), 1)
    deporter(distribution, candidature)
    assert evaluateur.get(relue).status_code == 404
    assert evaluateur.get(pile).context["total"] == 0


def test_un_brouillon_perime_rend_les_deux_textes(distribution, connecte):
    candidature = faire_en_evaluation(distribution)
    noter(candidature, distribution.evaluateur, (4, 4, 4), deposer=False)
    reponse = connecte("evaluateur").post(
        adresse("lire", candidature.reference), {"revision": "0", "synthese": "Autre"}
    )
    assert reponse.status_code == 409


def test_un_avis_que_nul_n_a_rendu_est_clos_a_la_publication(distribution, connecte):
    """One truth on the list, the page and the dashboard; what was typed is still read."""
    from candidatures.taches import a_traiter

    candidature = faire_en_evaluation(distribution)
    demande = demander_un_avis(distribution, candidature)
    dreal, page = connecte("dreal"), adresse("avis_rendre", demande.pk)
    saisi = {"champ": "texte", "valeur": "Presque fini.", "revision": "0"}
    assert dreal.post(adresse("avis_saisie", demande.pk), saisi).status_code == 200
    decider(distribution, candidature)
    liste, lue = (dreal.get(a).content.decode() for a in (adresse("avis"), page))
    assert (liste.count("Instruction close"), liste.count("À rendre")) == (1, 0)
    assert (lue.count("Presque fini."), "data-saisie=" in lue) == (1, False)
    assert "L’instruction est close" in lue
    assert a_traiter(distribution.dreal) == []
    instruite = connecte("dgaln").get(adresse("instruire", candidature.reference))
    assert "Non rendu" in instruite.content.decode()


def test_rendre_un_avis(distribution, connecte):
    candidature = faire_recevable(distribution)
    demande = demander_un_avis(distribution, candidature)
    dreal = connecte("dreal")
    assert candidature.titre in dreal.get(adresse("avis")).content.decode()
    envoi = {"sens": "favorable", "texte": "D’accord."}
    a_confirmer = dreal.post(adresse("avis_rendre", demande.pk), envoi).content.decode()
    assert "une fois rendu, il ne change plus" in a_confirmer
    assert "D’accord." in a_confirmer
    demande.refresh_from_db()
    assert demande.rendu_le is None
    dreal.post(adresse("avis_rendre", demande.pk), envoi | {"confirmer_avis": "on"})
    demande.refresh_from_db()
    assert demande.auteur == distribution.dreal
    assert "D’accord." in dreal.get(adresse("avis_rendre", demande.pk)).content.decode()


def test_relire_previsualiser_et_publier(distribution, connecte):
    candidature = faire_en_evaluation(distribution)
    dgaln = connecte("dgaln")
    envoi = {"sens": "retenue", "motif": MOTIF, "revision": "0"}
    dgaln.post(adresse("preparer_decision", candidature.reference), envoi)
    preparee = candidature.decisions.get()
    assert MOTIF in dgaln.get(adresse("decision_apercu", preparee.pk)).content.decode()
    assert candidature.titre in dgaln.get(adresse("decisions")).content.decode()
    confirmer = f"{adresse('decisions_confirmer')}?appel={candidature.appel.slug}"
    page = dgaln.get(confirmer)
    noms = [str(p.organisme) for p in candidature.portages.select_related("organisme")]
    noms += [str(candidature.service_pilote)]
    assert page.context["relecture"].preparees[0].destinataires == list(dict.fromkeys(noms))
    assert page.context["relecture"].lettres == len(set(noms))
    cases = {"confirmer_relu": "on", "confirmer_depots": "on"}  # the appel takes deposits still
    for cochees in ([], ["confirmer_relu"], ["confirmer_depots"]):
        envoi = {"decision": [preparee.pk]} | {nom: cases[nom] for nom in cochees}
        page = dgaln.post(confirmer, envoi)
        lues = {
            c["nom"]: (c["cochee"], c["phrase"][:24]) for c in page.context["form"].confirmations
        }
        demandes = {
            "confirmer_relu": (False, "Relisez les lettres, pui"),
            "confirmer_depots": (False, "L’appel reçoit encore de"),
        }
        assert lues == demandes | dict.fromkeys(cochees, (True, ""))
        assert (page.status_code, frais(candidature).etat) == (200, E.EN_EVALUATION)
    forge = dgaln.post(adresse("decisions_confirmer"), {"decision": [preparee.pk], "relu": "oui"})
    assert (forge.status_code, frais(candidature).etat) == (200, E.EN_EVALUATION)
    dgaln.post(confirmer, {"decision": [preparee.pk]} | cases)
    assert frais(candidature).etat == E.RETENUE
    tard = dgaln.post(confirmer, {"decision": [preparee.pk]} | cases, follow=True)
    assert [str(m) for m in tard.context["messages"]][-1].startswith("Cette liste a changé")
    page = connecte("collectivite").get(adresse("decision_publiee", candidature.reference))
    assert MOTIF in page.content.decode()


def test_reprendre_une_candidature_reorientee(distribution, connecte):
    appel = faire_appel(distribution, "flash")
    candidature = faire_en_evaluation(distribution)
    flash = Dispositif.objects.get(pk="flash")
    decider(distribution, candidature, SensDecision.REORIENTEE, vers=flash)
    ddt = connecte("ddt")
    assert (
        "Reprendre" in ddt.get(adresse("decision_publiee", candidature.reference)).content.decode()
    )
    assert ddt.get(adresse("reprendre", candidature.reference)).status_code == 200
    ddt.post(adresse("reprendre", candidature.reference), {"appel": appel.pk})
    assert frais(candidature).reorientation.nouvelle.appel == appel


@pytest.mark.parametrize("nombre", [1, 3])
def test_les_listes_comptent_leurs_requetes(
    distribution, connecte, django_assert_num_queries, nombre
):
    appel = faire_appel(distribution)
    for rang in range(nombre):
        candidature = faire_en_evaluation(distribution, appel=appel, titre=f"Dossier {rang}")
        noter(candidature, distribution.evaluateur, (rang, 3, 4))
        demander_un_avis(distribution, candidature)
        preparer(distribution, candidature)
    dgaln = connecte("dgaln")
    dgaln.get(adresse("decisions"))
    with django_assert_num_queries(REQUETES_DECISIONS):
        assert dgaln.get(adresse("decisions")).status_code == 200
    evaluateur = connecte("evaluateur")
    evaluateur.get(adresse("evaluations"))
    with django_assert_num_queries(REQUETES_EVALUATIONS):
        assert evaluateur.get(adresse("evaluations")).status_code == 200
    dreal = connecte("dreal")
    dreal.get(adresse("avis"))
    with django_assert_num_queries(REQUETES_AVIS):
        assert dreal.get(adresse("avis")).status_code == 200


REQUETES_DECISIONS = 7  # what has not come back is counted, in one
REQUETES_EVALUATIONS = 6
REQUETES_AVIS = 4


def test_le_tableau_de_bord_dit_ce_qui_attend(distribution):
    from candidatures.instruction.domaine.evaluation import confier_evaluation
    from candidatures.taches import a_traiter, a_venir

    demande = faire_a_completer(distribution, titre="À compléter")
    candidature = faire_en_evaluation(distribution, titre="À évaluer")
    demander_un_avis(distribution, candidature)
    preparer(distribution, candidature)
    recevable = faire_recevable(distribution, titre="Recevable")
    assert [t.verbe for t in a_traiter(distribution.evaluateur)] == ["Évaluer"]
    assert [t.verbe for t in a_traiter(distribution.dreal)] == ["Rendre l’avis"]
    taches = a_traiter(distribution.dgaln)
    assert [t.verbe for t in taches] == ["Confier à des évaluateurs", "Relire et publier"]
    assert taches[0].url == adresse("confier", recevable.reference)
    confier_evaluation(
        candidature=recevable, evaluateur=distribution.evaluateur, par=distribution.dgaln
    )
    assert a_traiter(distribution.dgaln)[0].verbe == "Mettre en évaluation"
    verbes = {t.verbe for t in a_venir(distribution.dgaln)}
    assert {"Compléments attendus", "Avis attendu"} <= verbes
    assert [t.objet for t in a_traiter(distribution.ddt)] == [demande.candidature.titre]
