"""A misspelt search: what is offered exists, and is among what the reader sees."""

import pytest

from candidatures.dossiers.domaine import orthographe, recherche
from candidatures.dossiers.models import MotRecherche
from tests.factories.candidatures import faire_brouillon, faire_deposee


def relever():
    recherche.reindexer_perimees()
    orthographe.relever()


@pytest.mark.parametrize(
    ("cherche", "attendu"),
    [
        ("assechment", "assèchement"),
        ("ASSECHEMNT des etangs", "assèchement des etangs"),
        ("tourbiere", None),  # found: nothing to offer
        ("xylophone", None),  # near nothing
        ("assechment tourbiers", "assèchement tourbières"),
        ('"assechment"', None),
        ("assechment -tourbières", None),
        ("ass", None),
        ("%' OR 1=1 --", None),
    ],
)
def test_une_faute_de_frappe_propose_le_mot_voisin(distribution, connecte, cherche, attendu):
    faire_brouillon(distribution, titre="L’assèchement des étangs et des tourbières")
    relever()
    reponse = connecte("ddt").get("/candidatures/", {"texte": cherche})
    proche = reponse.context["proche"]
    assert (proche and proche[0]) == attendu
    if attendu:
        suite = connecte("ddt").get(f"/candidatures/{proche[1]}")
        assert (suite.context["total"], suite.context["etat"].texte) == (1, attendu)
        assert f"«\u00a0{attendu}\u00a0»" in reponse.content.decode()


def test_rien_n_est_propose_d_un_dossier_invisible(distribution, connecte):
    faire_brouillon(distribution, titre="L’assèchement secret")
    relever()
    assert MotRecherche.objects.filter(mot="assèchement").count() == 1
    for qui in ("dgaln", "evaluateur", "ddt_autre", "collectivite_autre", "equipe"):
        reponse = connecte(qui).get("/candidatures/?texte=assechment")
        assert reponse.context["proche"] is None, qui
        assert "assèchement" not in reponse.content.decode(), qui


def test_les_autres_conditions_restent(distribution, connecte):
    faire_deposee(distribution, titre="L’assèchement des étangs")
    relever()
    dgaln = connecte("dgaln")
    assert dgaln.get("/candidatures/?texte=assechment&etat=retenue").context["proche"] is None
    proche = dgaln.get("/candidatures/?texte=assechment&etat=deposee").context["proche"]
    assert proche == ("assèchement", "?texte=ass%C3%A8chement&etat=deposee")


def test_les_mots_se_relevent_une_fois_et_s_oublient(distribution):
    candidature = faire_brouillon(distribution, titre="Une filature")
    recherche.reindexer_perimees()
    assert (orthographe.relever(), orthographe.relever()) == (1, 0)
    mot = MotRecherche.objects.get(mot="filature")
    assert sorted(mot.trigrammes) == sorted(
        ["  f", " fi", "fil", "ila", "lat", "atu", "tur", "ure", "re "]
    )
    candidature.titre = "Une scierie"
    candidature.save(update_fields=["titre"])
    recherche.reindexer()
    orthographe.relever_tout()
    assert not MotRecherche.objects.filter(mot="filature").exists()
    assert MotRecherche.objects.filter(mot="scierie").exists()


def test_une_recherche_sans_resultat_reste_sous_douze_requetes(
    distribution, connecte, django_assert_num_queries
):
    faire_brouillon(distribution, titre="L’assèchement des étangs")
    relever()
    ddt = connecte("ddt")
    with django_assert_num_queries(9):
        ddt.get("/candidatures/?texte=assechment")
