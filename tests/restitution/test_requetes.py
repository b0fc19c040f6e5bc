"""Literal query counts: the same with one row and with three."""

import pytest

from restitution import taches
from tests.factories import restitution as fabrique

pytestmark = pytest.mark.usefixtures("sans_pdf")


@pytest.mark.parametrize("lignes", [1, 3])
def test_liste_publique(client, distribution, django_assert_num_queries, lignes):
    for _ in range(lignes):
        fabrique.publiee(distribution)
    with django_assert_num_queries(2):
        reponse = client.get("/feuilles-de-route/")
    assert reponse.content.decode().count("signée le") == lignes


@pytest.mark.parametrize("lignes", [1, 3])
def test_publications(client, distribution, django_assert_num_queries, lignes):
    for _ in range(lignes):
        atelier = fabrique.creer_atelier(distribution)
        fabrique.publication(distribution, ateliers=[atelier], publier=True)
    with django_assert_num_queries(2):
        reponse = client.get("/publications/")
    assert reponse.content.decode().count("1\xa0carnet") == lignes


@pytest.mark.parametrize("nb_actions", [1, 6])
@pytest.mark.parametrize(
    ("page", "requetes"), [("", 6), ("lecture/", 21), ("suivi/", 8), ("engagement/", 8)]
)
def test_pages_de_la_feuille(
    connecte, distribution, django_assert_num_queries, page, requetes, nb_actions
):
    feuille = fabrique.officialisee(distribution, nb_actions=nb_actions)
    visiteur = connecte("collectivite")
    with django_assert_num_queries(requetes):
        reponse = visiteur.get(f"/ateliers/{feuille.atelier.slug}/espace/feuille-de-route/{page}")
    assert reponse.status_code == 200


@pytest.mark.parametrize("lignes", [1, 3])
def test_taches(distribution, django_assert_num_queries, lignes):
    for _ in range(lignes):
        fabrique.validee(distribution)
    utilisateur = distribution.collectivite
    with django_assert_num_queries(3):
        assert len(taches.a_traiter(utilisateur)) == lignes
