"""The follow-up of an atelier does not open before its feuille de route is official."""

import pytest
from django.urls import reverse

from ateliers.carnet.domaine.parcours import lire_parcours
from ateliers.parcours.models import Atelier
from ateliers.seances.domaine.preparation import ouvrir_suivi
from socle.erreurs import ElementsManquants
from tests.factories import restitution as fabrique

pytestmark = pytest.mark.usefixtures("sans_pdf")


def sans_feuille(distribution):
    return type("Rien", (), {"atelier": fabrique.creer_atelier(distribution)})()


@pytest.mark.parametrize(
    ("etape", "suite"),
    [
        (sans_feuille, "Ouvrir la feuille"),
        (fabrique.redigee, "Valider la feuille de route"),
        (fabrique.validee, "Enregistrer la délibération"),
        (fabrique.approuvee, "Recueillir les signatures"),
    ],
)
def test_la_prochaine_etape_suit_la_feuille(distribution, etape, suite):
    atelier = Atelier.objects.get(pk=etape(distribution).atelier.pk)
    assert lire_parcours(atelier).suite.action == suite
    with pytest.raises(ElementsManquants):
        ouvrir_suivi(atelier=atelier, par=distribution.ddt)
    atelier.refresh_from_db()
    assert atelier.etat == "restitution"


def test_une_feuille_officielle_ouvre_le_suivi(distribution):
    atelier = Atelier.objects.get(pk=fabrique.officialisee(distribution).atelier_id)
    assert lire_parcours(atelier).suite.action == "Ouvrir le suivi"
    assert ouvrir_suivi(atelier=atelier, par=distribution.ddt).etat == "suivi"


def test_une_adresse_de_bouton_le_dit(distribution, client):
    feuille = fabrique.redigee(distribution)
    slug = feuille.atelier.slug
    client.force_login(distribution.ddt)
    reponse = client.get(reverse("restitution:feuille_pdf", args=[slug]))
    assert reponse.status_code == 405
    page = reponse.content.decode()
    assert "Cette adresse s’utilise depuis un bouton" in page
    assert f'href="{reverse("restitution:feuille", args=[slug])}"' in page
