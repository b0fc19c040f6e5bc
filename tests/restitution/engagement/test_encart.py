import pytest
from django.template import Context, Template

from tests.factories import restitution as fabrique

GABARIT = Template("{% load restitution %}{% feuille_publiee atelier %}")


@pytest.mark.usefixtures("sans_pdf")
def test_l_encart_ne_montre_que_ce_qui_est_publie(distribution):
    feuille = fabrique.officialisee(distribution)
    assert GABARIT.render(Context({"atelier": feuille.atelier})).strip() == ""


@pytest.mark.usefixtures("sans_pdf")
def test_l_encart_mene_a_la_page_publique(distribution):
    feuille = fabrique.publiee(distribution)
    page = GABARIT.render(Context({"atelier": feuille.atelier}))
    assert f'href="/feuilles-de-route/{feuille.atelier.slug}/"' in page
