"""The map and its twin say the same numbers, and only those one may see."""

import re
from html import unescape

import pytest
from django.http import QueryDict
from django.urls import reverse

from candidatures.dossiers.models import Repere
from candidatures.listes.domaine import carte, etat
from socle.territoires.domaine import contours
from socle.territoires.models import Departement
from tests.factories.candidatures import faire_brouillon, faire_deposee, remplir

ADRESSE = "/candidatures/carte/"


def test_les_contours_sont_legers_et_sources():
    assert contours.FICHIER.stat().st_size < 60_000
    assert len(contours.contours()["departements"]) == 96
    assert contours.contours()["licence"].startswith("Creative Commons")


def test_chaque_departement_est_dessine_une_fois(distribution):
    codes = [t.code for t in carte.dessiner(Repere.objects.all(), str)]
    assert codes == list(Departement.objects.order_by("code").values_list("code", flat=True))
    assert all(t.chemin for t in carte.dessiner(Repere.objects.none(), str))


def test_la_carte_compte_ce_que_chacun_voit(distribution, client):
    faire_deposee(distribution)
    remplir(faire_brouillon(distribution, titre="Brouillon"), distribution.ddt, departement="35")
    client.force_login(distribution.dgaln)
    page = client.get(ADRESSE)
    comptes = {t.code: t.etats for t in page.context["territoires"] if t.total}
    assert comptes == {"80": {"deposee": 1}}
    jumeau = page.context["tableau"]
    (_, nombres), *_ = jumeau["lignes"]
    assert [n for _, n in nombres] == [1, *[0] * 10]  # every state but the draft, hidden here
    texte = page.content.decode()
    assert "Somme (80)\u00a0: 1 candidature (déposée\u00a01)" in texte
    assert "/candidatures/?departement=80" in texte
    assert texte.count("departement=974") == 1
    # Paris is drawn twice, and is one link.
    assert texte.count('href="/candidatures/?departement=75"') == 1


def test_les_filtres_passent_aux_liens_et_la_liste_les_suit(distribution, client):
    deposee = faire_deposee(distribution)
    client.force_login(distribution.dreal)
    texte = client.get(ADRESSE, {"dispositif": "local", "etat": "deposee"}).content.decode()
    lien = unescape(re.search(r'href="(/candidatures/\?[^"]*departement=80)"', texte).group(1))
    assert lien == "/candidatures/?etat=deposee&dispositif=local&departement=80"
    assert [ligne.pk for ligne in client.get(lien).context["lignes"]] == [deposee.pk]
    assert client.get("/candidatures/?departement=35").context["total"] == 0
    assert client.get(ADRESSE, {"dispositif": "flash"}).context["total"] == 0


@pytest.mark.parametrize(
    ("adresse", "attendu"),
    [
        ("", "departement=80"),
        ("departement=35", "departement=80"),
        ("etat=deposee&theme=1&mode=une", "etat=deposee&theme=1&mode=une&departement.2=80"),
        ("etat=deposee&theme.2=1", "etat=deposee&theme.2=1&departement.3=80"),
        (
            "etat=deposee&theme.2=1&entre=une",
            "etat=deposee&departement=80&theme.2=1&departement.2=80&entre=une",
        ),
    ],
)
def test_le_lien_garde_les_conditions(adresse, attendu):
    lu = etat.lire(QueryDict(adresse), instructeur=False)
    assert carte.liens(lu, "/c/")("80") == f"/c/?{attendu}"


@pytest.mark.parametrize("nombre", [1, 3])
def test_la_carte_coute_autant_quel_que_soit_le_nombre(
    distribution, client, nombre, django_assert_num_queries
):
    for rang in range(nombre):
        faire_deposee(distribution, titre=f"Titre {rang}")
    client.force_login(distribution.dgaln)
    client.get(ADRESSE)
    with django_assert_num_queries(6):
        client.get(ADRESSE)


def test_une_ddt_n_a_pas_la_carte(distribution, client):
    client.force_login(distribution.ddt)
    assert client.get(ADRESSE).status_code == 403
    assert "Voir sur la carte" not in client.get(reverse("candidatures:liste")).content.decode()
