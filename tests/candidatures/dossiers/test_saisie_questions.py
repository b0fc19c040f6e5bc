"""An answer saved as it is typed: same engine, same history, same rules as the note."""

import pytest
from django.urls import reverse

from candidatures.dossiers.domaine.reponses import enregistrer_reponses
from candidatures.dossiers.domaine.revisions import enregistrer_champ
from candidatures.dossiers.models import Candidature, Reponse, RevisionChamp
from socle.erreurs import ConflitDeVersion, ErreurMetier
from tests.factories.appels import poser, publier, reviser
from tests.factories.candidatures import PDF, faire_brouillon

pytestmark = pytest.mark.django_db


@pytest.fixture
def brouillon(distribution):
    candidature = faire_brouillon(distribution)
    version = reviser(distribution, candidature.appel)
    poser(distribution, version, "Surface", "nombre", minimum=1, maximum=500)
    poser(distribution, version, "Réseaux", "choix_multiples", options=["Eau", "Énergie"])
    poser(distribution, version, "Date du conseil", "date")
    poser(distribution, version, "Un plan", "fichier")
    publier(distribution, version)
    return candidature


def saisir(candidature, par, cle, valeur, revision=0):
    return enregistrer_champ(
        candidature=candidature, champ=f"question.{cle}", valeur=valeur, revision=revision, par=par
    )


def valeurs(candidature):
    return dict(Reponse.objects.filter(candidature=candidature).values_list("cle", "valeur"))


def test_chaque_type_se_range_comme_par_le_formulaire(distribution, brouillon):
    assert saisir(brouillon, distribution.ddt, "surface", "12,50") == 1
    assert saisir(brouillon, distribution.ddt, "reseaux", "Eau\nÉnergie") == 1
    assert saisir(brouillon, distribution.ddt, "date_du_conseil", "2027-03-31") == 1
    assert valeurs(brouillon) == {
        "surface": "12.5",
        "reseaux": ["Eau", "Énergie"],
        "date_du_conseil": "2027-03-31",
    }


@pytest.mark.parametrize(
    ("cle", "valeur"),
    [
        ("surface", "beaucoup"),
        ("surface", "0"),
        ("surface", "501"),
        ("surface", "NaN"),
        ("reseaux", "Gaz"),
        ("date_du_conseil", "31 mars"),
        ("un_plan", "plan.pdf"),
        ("absente", "x"),
    ],
)
def test_ce_qui_ne_convient_pas_est_refuse_et_rien_n_est_ecrit(
    distribution, brouillon, cle, valeur
):
    with pytest.raises(ErreurMetier):
        saisir(brouillon, distribution.ddt, cle, valeur)
    assert valeurs(brouillon) == {}


def test_deux_auteurs_ne_s_ecrasent_pas_quelle_que_soit_la_voie(distribution, brouillon):
    saisir(brouillon, distribution.ddt, "surface", "12")
    with pytest.raises(ConflitDeVersion):
        saisir(brouillon, distribution.collectivite, "surface", "30")
    with pytest.raises(ConflitDeVersion):
        enregistrer_reponses(
            candidature=brouillon,
            reponses={"surface": "30"},
            revisions={},
            par=distribution.collectivite,
        )
    enregistrer_reponses(
        candidature=brouillon,
        reponses={"surface": "30"},
        revisions={"surface": 1},
        par=distribution.collectivite,
    )
    with pytest.raises(ConflitDeVersion):
        saisir(brouillon, distribution.ddt, "surface", "40", revision=1)
    gardees = RevisionChamp.objects.filter(champ="question.surface").order_by("revision")
    assert list(gardees.values_list("valeur", flat=True)) == ["12", "30"]


def test_la_page_branche_la_saisie_et_separe_les_fichiers(distribution, connecte, brouillon):
    adresse = reverse("candidatures:questions", args=[brouillon.reference, "questions-de-l-appel"])
    client = connecte("ddt")
    page = client.get(adresse).content.decode()
    assert page.count("data-saisie=") == 1
    assert page.count('type="file"') == 1
    saisir(brouillon, distribution.ddt, "surface", "12")
    from django.core.files.uploadedfile import SimpleUploadedFile

    reponse = client.post(
        adresse, {"fichiers": "1", "q_un_plan": SimpleUploadedFile("plan.pdf", PDF)}
    )
    assert (reponse.status_code, reponse["Location"]) == (302, adresse)
    relue = Candidature.objects.get(pk=brouillon.pk)
    assert [(p.question, p.nom) for p in relue.pieces.all()] == [("un_plan", "plan.pdf")]
    assert valeurs(brouillon) == {"surface": "12"}


def test_la_requete_de_saisie_repond_comme_pour_la_note(distribution, connecte, brouillon):
    adresse = reverse("candidatures:saisie", args=[brouillon.reference])
    envoi = {"champ": "question.surface", "valeur": "12", "revision": "0"}
    client = connecte("collectivite")
    assert client.post(adresse, envoi).json()["revision"] == 1
    conflit = client.post(adresse, envoi | {"valeur": "30"})
    assert (conflit.status_code, conflit.json()["actuel"]) == (409, "12")
    assert client.post(adresse, envoi | {"valeur": "x", "revision": "1"}).status_code == 422
    assert connecte("collectivite_autre").post(adresse, envoi).status_code == 404
