"""A form revised by two agents, or under answers already given."""

import json

import pytest
from django.urls import reverse

from candidatures.appels.domaine import formulaires
from candidatures.appels.forms.formulaire import FormulaireQuestion
from candidatures.dossiers.domaine import depot
from candidatures.dossiers.domaine.reponses import a_lire
from socle.erreurs import ElementsManquants
from tests.candidatures.appels.test_formulaires import mots, relire, repondre
from tests.factories.appels import poser, publier, reviser

pytestmark = pytest.mark.django_db


def test_la_condition_posee_par_un_collegue_survit(distribution, connecte, brouillon):
    version = reviser(distribution, brouillon.appel)
    question = version.questions.get(cle="un_mot_de_plus")
    adresse = reverse("candidatures:question_modifier", args=[brouillon.appel.slug, question.pk])
    form = connecte("dgaln").get(adresse).context["form"]
    lue = {nom: form[nom].value() for nom in form.fields} | {"base": form.base}
    lue = {nom: "" if v is None else v for nom, v in lue.items() if v is not False}
    condition = {
        "condition_question": "une_friche",
        "condition_operateur": "egal",
        "condition_valeur": "oui",
    }
    client = connecte("dgaln")
    client.post(adresse, lue | condition | {"libelle": "Un mot"})
    conflit = client.post(adresse, lue | {"libelle": "Un mot encore"})
    assert conflit.status_code == 409
    assert [d["libelle"] for d in conflit.context["divergences"]] == ["Question"]
    repris = conflit.context["form"]
    assert {nom: repris[nom].value() for nom in condition} == condition


def test_un_choix_retire_nomme_la_question_qui_en_depend(distribution, brouillon):
    version = reviser(distribution, brouillon.appel)
    formulaires.modifier_question(
        question=version.questions.get(cle="une_friche"),
        par=distribution.dgaln,
        libelle="Une friche ?",
        type="choix",
        options=["Une friche bâtie", "Non"],
    )
    (manque,) = formulaires.manques_publication(version)
    assert "«\u00a0Surface de la friche\u00a0» ne pourra plus se montrer" in manque.phrase
    with pytest.raises(ElementsManquants):
        publier(distribution, version)


def test_une_reponse_dont_la_condition_ne_tient_plus_est_mise_a_part(distribution, brouillon):
    repondre(brouillon, distribution.ddt, une_friche="oui", surface_de_la_friche="12")
    repondre(relire(brouillon), distribution.ddt, revision=1, une_friche="non")
    *groupes, dernier = a_lire(relire(brouillon))
    posees = [r["libelle"] for g in groupes for r in g["reponses"]]
    assert posees == ["Un mot de plus", "Une friche ?"]
    assert dernier["titre"] == "Réponses dont la condition ne tient plus"
    assert [(r["libelle"], r["lisible"]) for r in dernier["reponses"]] == [
        ("Surface de la friche", "12")
    ]
    deposee = depot.deposer(candidature=relire(brouillon), par=distribution.ddt)
    figees = {r["cle"]: r for r in deposee.versions.get().contenu["reponses"]}
    assert figees["surface_de_la_friche"]["hors_condition"] is True
    assert "hors_condition" not in figees["une_friche"]


def test_revenir_apres_avoir_publie_mene_a_l_appel(distribution, connecte, brouillon):
    adresse = reverse("candidatures:formulaire_publier", args=[brouillon.appel.slug])
    page = connecte("dgaln").get(adresse)
    assert page.status_code == 409
    texte = mots(page.content.decode())
    assert "La version 1 du formulaire a été publiée le" in texte
    editeur = reverse("candidatures:formulaire", args=[brouillon.appel.slug])
    assert f'href="{editeur}">Revenir à la page précédente</a>' in texte


def test_la_valeur_attendue_est_l_un_des_choix(distribution, brouillon):
    version = reviser(distribution, brouillon.appel)
    densite = poser(distribution, version, "Densité", "choix", options=["Faible", "Très forte"])

    def valeur(dite):
        form = FormulaireQuestion(
            {
                "libelle": "Pourquoi ?",
                "type": "texte",
                "place": "propre",
                "revision": "0",
                "condition_question": "densite",
                "condition_operateur": "egal",
                "condition_valeur": dite,
            },
            autres=[densite],
        )
        return form.champs()["condition"]["valeur"] if form.is_valid() else form.errors

    offerts = FormulaireQuestion(autres=[densite])["condition_valeur"].field.widget.attrs
    assert json.loads(offerts["data-choix"]) == {"densite": ["Faible", "Très forte"]}
    assert valeur("TRES FORTE") == "Très forte"
    (erreur,) = valeur("moyenne")["condition_valeur"]
    assert "«\u00a0Faible\u00a0», «\u00a0Très forte\u00a0»" in erreur
