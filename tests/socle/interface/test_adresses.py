"""Addresses made of titles."""

import pytest
from django.urls import reverse
from django.utils.text import slugify

from candidatures.appels.domaine.appels import slug_libre
from socle.interface.adresses import en_adresse
from tests.factories.appels import poser, publier, reviser
from tests.factories.candidatures import faire_brouillon


@pytest.mark.parametrize(
    ("titre", "adresse"),
    [
        ("Cœurs de bourg", "coeurs-de-bourg"),
        ("ŒUVRER ENSEMBLE", "oeuvrer-ensemble"),
        ("Et cætera, Æquo", "et-caetera-aequo"),
        ("Été à Saint-Étienne", "ete-a-saint-etienne"),
        ("L’eau d'ici", "l-eau-d-ici"),
    ],
)
def test_une_ligature_fait_deux_lettres(titre, adresse):
    assert en_adresse(titre) == adresse


@pytest.mark.django_db
def test_l_adresse_d_un_appel_garde_ses_ligatures():
    assert slug_libre("Ateliers des cœurs de ville") == "ateliers-des-coeurs-de-ville"


@pytest.mark.django_db
def test_l_ancienne_adresse_d_une_rubrique_reste_bonne(distribution, connecte):
    candidature = faire_brouillon(distribution)
    version = reviser(distribution, candidature.appel)
    poser(distribution, version, "Une friche", rubrique="Cœur de ville")
    publier(distribution, version)
    assert slugify("Cœur de ville") == "cur-de-ville"
    statuts = [
        connecte("ddt")
        .get(reverse("candidatures:questions", args=[candidature.reference, slug]))
        .status_code
        for slug in ("coeur-de-ville", "cur-de-ville", "autre")
    ]
    assert statuts == [200, 200, 404]
