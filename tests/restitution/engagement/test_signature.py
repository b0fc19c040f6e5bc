"""The organisation of a signatory: chosen on their side, or typed in full."""

import pytest
from django.urls import reverse
from lxml import html

from restitution.engagement.domaine.signatures import organismes_signataires
from tests.factories import restitution as fabrique

pytestmark = pytest.mark.usefixtures("sans_pdf")


@pytest.fixture
def feuille(distribution):
    return fabrique.approuvee(distribution)


def adresse(feuille, cote):
    return reverse("restitution:signer", args=[feuille.atelier.slug, cote])


@pytest.mark.parametrize(("role", "cote"), [("collectivite", "elu"), ("ddt", "etat")])
def test_l_organisation_du_signataire_est_deja_choisie(distribution, feuille, client, role, cote):
    acteur = getattr(distribution, role)
    client.force_login(acteur)
    page = html.fromstring(client.get(adresse(feuille, cote)).content.decode())
    choisie = page.xpath("//select[@name='organisme']/option[@selected]/@value")
    assert choisie == [acteur.organisme.nom]


def test_chaque_cote_ne_propose_que_les_siens(distribution, feuille):
    elus = organismes_signataires(feuille, "elu")
    etat = organismes_signataires(feuille, "etat")
    assert distribution.collectivite.organisme.nom in elus
    assert distribution.ddt.organisme.nom in etat
    assert set(elus) & set(etat) == set()
    assert distribution.collectivite_autre.organisme.nom not in elus
    assert distribution.ddt_autre.organisme.nom not in etat


@pytest.mark.parametrize(
    ("choix", "autre", "enregistree"),
    [
        ("autre", "x", []),
        ("autre", "", []),
        ("Inconnue au bataillon", "", []),
        ("autre", "Syndicat de l’Authie", ["Syndicat de l’Authie"]),
    ],
)
def test_autre_s_ecrit_en_entier(distribution, feuille, client, choix, autre, enregistree):
    client.force_login(distribution.collectivite)
    client.post(
        adresse(feuille, "elu"),
        {
            "nom": "Anne Petit",
            "qualite": "Présidente",
            "organisme": choix,
            "autre": autre,
            "signe_le": "2026-06-03",
        },
    )
    assert list(feuille.signatures.values_list("organisme", flat=True)) == enregistree
