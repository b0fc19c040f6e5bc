"""Addresses made of titles."""

import pytest
from django.utils.text import slugify

from candidatures.appels.domaine.appels import slug_libre
from candidatures.appels.domaine.presentation import RubriqueQuestions
from socle.interface.adresses import en_adresse


@pytest.mark.parametrize(
    ("titre", "adresse"),
    [
        ("Cœurs de bourg", "coeurs-de-bourg"),
        ("ŒUVRER ENSEMBLE", "oeuvrer-ensemble"),
        ("Et cætera, Æquo", "et-caetera-aequo"),
        ("Été à Saint-Étienne", "ete-a-saint-etienne"),
    ],
)
def test_une_ligature_fait_deux_lettres(titre, adresse):
    assert en_adresse(titre) == adresse


@pytest.mark.django_db
def test_l_adresse_d_un_appel_garde_ses_ligatures():
    assert slug_libre("Ateliers des cœurs de ville") == "ateliers-des-coeurs-de-ville"


def test_l_ancienne_adresse_d_une_rubrique_reste_bonne():
    rubrique = RubriqueQuestions(en_adresse("Cœur de ville"), "Cœur de ville", ())
    assert slugify("Cœur de ville") == "cur-de-ville"
    assert [rubrique.repond_a(s) for s in ("coeur-de-ville", "cur-de-ville", "autre")] == [
        True,
        True,
        False,
    ]
