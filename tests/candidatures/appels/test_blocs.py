"""Repeatable blocks: defined in words, answered in rows, frozen, read, compared."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from candidatures.appels.domaine import blocs, valeurs
from candidatures.appels.domaine.versions import changements
from candidatures.appels.models import Question
from candidatures.dossiers.domaine import depot, ecrits, versions
from candidatures.dossiers.domaine.manques import manques
from candidatures.dossiers.domaine.revisions import enregistrer_champ
from candidatures.dossiers.models import Candidature
from socle.erreurs import ErreurMetier
from tests.factories.appels import poser, publier, reviser
from tests.factories.candidatures import faire_brouillon, remplir

TEXTE = "Nom\nMontant ; nombre\nÉchéance ; date\nÉtat ; choix : prévu, engagé"
SOUS = blocs.lire_definition(TEXTE)


def question(**plus):
    donnees = {"libelle": "Financeurs", "type": "bloc", "sous_questions": SOUS} | plus
    return Question(cle="financeurs", **donnees)


def test_la_definition_se_lit_et_se_rend():
    assert [(s["cle"], s["type"]) for s in SOUS] == [
        ("nom", "texte"),
        ("montant", "nombre"),
        ("echeance", "date"),
        ("etat", "choix"),
    ]
    assert blocs.en_definition(SOUS) == TEXTE
    assert blocs.lire_definition(blocs.en_definition(SOUS), SOUS) == SOUS
    mots = "Nom, Montant (nombre), Échéance (date), État (choix : prévu, engagé)"
    assert blocs.definition_en_mots(SOUS) == mots


def test_une_sous_question_qui_garde_son_nom_garde_sa_cle():
    apres = blocs.lire_definition("Montant\nNom complet\nNom", SOUS)
    assert [s["cle"] for s in apres] == ["montant", "nom_complet", "nom"]


@pytest.mark.parametrize(
    "texte", ["Nom ; entier", "État ; choix", "Nom ; texte : a, b", "Nom\nnom", "; nombre"]
)
def test_une_definition_qui_ne_se_lit_pas_est_refusee(texte):
    with pytest.raises(ErreurMetier):
        blocs.lire_definition(texte)


def test_une_reponse_se_verifie_cellule_par_cellule():
    lue = valeurs.depuis_texte(
        question(), '{"nom":"Mairie","montant":"12,50","inconnue":"x"}\n{}\n{"etat":"prévu"}'
    )
    assert lue["lignes"] == [{"nom": "Mairie", "montant": "12.5"}, {"etat": "prévu"}]
    assert valeurs.lisible("bloc", lue) == (
        "1. Nom\u00a0: Mairie ; Montant\u00a0: 12,5\n2. État\u00a0: prévu"
    )
    assert valeurs.en_texte("bloc", lue) == '{"nom":"Mairie","montant":"12,5"}\n{"etat":"prévu"}'
    for texte, phrase in (
        ('{"montant":"beaucoup"}', "Ligne 1, «\u00a0Montant\u00a0»"),
        ('{"nom":"a"}\n{"etat":"fini"}', "Ligne 2, «\u00a0État\u00a0»"),
        ('{"echeance":"demain"}', "Ligne 1, «\u00a0Échéance\u00a0»"),
        ("[1]", "Ces lignes ne se lisent pas"),
        ('{"nom":"a"}\n{"nom":"b"}', "Ce bloc compte 1\u00a0ligne au plus."),
    ):
        with pytest.raises(ErreurMetier, match=phrase.replace("(", ".")):
            valeurs.depuis_texte(question(maximum=1 if "au plus" in phrase else None), texte)


CELLULES = st.fixed_dictionaries(
    {}, optional={"nom": st.text(min_size=1, max_size=20), "montant": st.integers(0, 9999).map(str)}
)


@given(st.lists(CELLULES, max_size=6))
def test_le_texte_rend_ce_qu_il_a_garde(lignes):
    lue = valeurs.depuis_texte(question(), blocs.en_jsonl(lignes))
    if lue is not None:
        assert valeurs.depuis_texte(question(), valeurs.en_texte("bloc", lue)) == lue


@pytest.fixture
def dossier(distribution):
    candidature = remplir(faire_brouillon(distribution), distribution.ddt)
    version = reviser(distribution, candidature.appel)
    poser(
        distribution, version, "Financeurs", type_="bloc", sous_questions=SOUS, minimum=2, maximum=3
    )
    publier(distribution, version)
    return Candidature.objects.get(pk=candidature.pk)


def enregistrer(distribution, candidature, texte, revision):
    enregistrer_champ(
        candidature=candidature,
        champ="question.financeurs",
        valeur=texte,
        revision=revision,
        par=distribution.ddt,
    )
    return Candidature.objects.get(pk=candidature.pk)


@pytest.mark.django_db
def test_un_bloc_commence_demande_son_minimum_puis_se_fige(dossier, distribution, connecte):
    candidature = enregistrer(distribution, dossier, '{"nom":"Mairie"}', 0)
    (manque,) = manques(candidature)
    assert manque.phrase == "Complétez «\u00a0Financeurs\u00a0» : il y faut au moins 2 lignes."
    texte = '{"nom":"Mairie"}\n{"nom":"Région","montant":"1000"}'
    candidature = enregistrer(distribution, candidature, texte, 1)
    assert manques(candidature) == []
    depot.deposer(candidature=candidature, par=distribution.ddt)
    lisible = "1. Nom\u00a0: Mairie\n2. Nom\u00a0: Région ; Montant\u00a0: 1\u202f000"
    (figee,) = versions.derniere_version(candidature).contenu["reponses"]
    assert figee["valeur_lisible"] == lisible
    page = connecte("dgaln").get(candidature.get_absolute_url()).content.decode()
    assert "2. Nom\u00a0: Région" in page
    assert ecrits.lisible("question.financeurs", texte).startswith("1. Nom\u00a0: Mairie\n2. Nom")


@pytest.mark.django_db
def test_sans_script_les_lignes_sont_des_champs(dossier, connecte):
    client = connecte("ddt")
    url = reverse("candidatures:questions", args=[dossier.reference, "questions-de-l-appel"])
    page = client.get(url).content.decode()
    assert page.count('data-bloc-cle="nom"') == 3  # the two rows asked, and the model
    envoi = {"q_financeurs-0-nom": "Mairie", "q_financeurs-1-montant": "beaucoup"}
    refus = client.post(url, envoi | {"r_financeurs": "0:"})
    assert refus.context["form"].errors == {
        "q_financeurs": ["Ligne 2, «\u00a0Montant\u00a0»\u00a0: Écrivez un nombre, en chiffres."]
    }
    assert 'value="beaucoup"' in refus.content.decode()
    trace = refus.context["form"]["r_financeurs"].initial
    client.post(url, envoi | {"q_financeurs-1-montant": "12", "r_financeurs": trace})
    assert dossier.reponses.get().valeur["lignes"] == [{"nom": "Mairie"}, {"montant": "12"}]
    assert 'value="Mairie"' in client.get(url).content.decode()


@pytest.mark.django_db
def test_la_revision_d_un_bloc_se_dit_et_garde_les_reponses(dossier, distribution):
    enregistrer(distribution, dossier, '{"nom":"Mairie"}\n{"nom":"Région"}', 0)
    version = reviser(distribution, dossier.appel)
    Question.objects.filter(version=version).update(
        sous_questions=blocs.lire_definition("Nom\nRôle", SOUS)
    )
    (change,) = changements(version)
    assert change.details == (
        f"sous-questions\u00a0: «\u00a0{blocs.definition_en_mots(SOUS)}\u00a0» devient "
        "«\u00a0Nom, Rôle\u00a0»",
    )
    publier(distribution, version)
    relue = Candidature.objects.get(pk=dossier.pk)
    assert valeurs.lisible("bloc", relue.reponses.get().valeur).startswith("1. Nom\u00a0: Mairie")


@pytest.mark.django_db
def test_une_colonne_retiree_garde_ce_qu_on_y_avait_ecrit(dossier, distribution, connecte):
    """Shown beside, kept by the next save, by a page opened before, and by the deposit."""
    enregistrer(distribution, dossier, '{"nom":"SAFER","montant":"3"}\n{"nom":"Mairie"}', 0)
    version = reviser(distribution, dossier.appel)
    Question.objects.filter(version=version).update(
        sous_questions=blocs.lire_definition("Nom\nRôle", SOUS)
    )
    publier(distribution, version)
    gardee = "1. Nom\u00a0: SAFER ; Montant\u00a0: 3"
    url = reverse("candidatures:questions", args=[dossier.reference, "questions-de-l-appel"])
    page = connecte("ddt").get(url)
    assert [a["ancienne"] for a in page.context["anciennes"]] == [gardee]
    assert page.context["form"]["q_financeurs"].value()["lignes"] == [
        {"nom": "SAFER"},
        {"nom": "Mairie"},
    ]
    texte = '{"nom":"SAFER","role":"Foncier"}\n{"nom":"Mairie"}'
    lue = enregistrer(distribution, dossier, texte, 1).reponses.get()
    assert (lue.ancienne, valeurs.en_texte("bloc", lue.valeur)) == (gardee, texte)
    avant = '{"nom":"SAFER","montant":"%s"}\n{"nom":"Mairie"}'
    for revision, montant in ((2, "5"), (3, "4")):  # a page opened before
        candidature = enregistrer(distribution, dossier, avant % montant, revision)
    candidature = enregistrer(distribution, candidature, texte, 4)
    gardees = f"{gardee}\n1. Nom\u00a0: SAFER ; Montant\u00a0: 4"
    seances = ecrits.seances(candidature, "question.financeurs")
    assert [(s.enregistrements, s.texte("question.financeurs")) for s in seances] == [
        (4, "1. Nom\u00a0: SAFER ; Rôle\u00a0: Foncier\n2. Nom\u00a0: Mairie"),
        (1, "1. Nom\u00a0: SAFER ; Montant\u00a0: 3\n2. Nom\u00a0: Mairie"),
    ]
    depot.deposer(candidature=candidature, par=distribution.ddt)
    (figee,) = versions.derniere_version(candidature).contenu["reponses"]
    assert figee["ancienne"] == gardees


@pytest.mark.django_db
def test_la_dgaln_compose_un_bloc(distribution, connecte, dossier):
    version = reviser(distribution, dossier.appel)
    client, url = (
        connecte("dgaln"),
        reverse("candidatures:question_ajouter", args=[dossier.appel.slug]),
    )
    saisie = {
        "libelle": "Partenaires",
        "type": "bloc",
        "place": "propre",
        "revision": version.revision,
    }
    assert set(client.post(url, saisie).context["form"].errors) == {"sous_questions"}
    faux = client.post(url, saisie | {"sous_questions": "Nom ; rien", "minimum": "0"})
    assert set(faux.context["form"].errors) == {"sous_questions", "minimum"}
    assert client.post(url, saisie | {"sous_questions": TEXTE}).status_code == 302
    assert version.questions.get(libelle="Partenaires").sous_questions == SOUS
