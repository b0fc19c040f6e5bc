"""The calendar on a screen and on a phone: axe, no sideways scroll, Tab and arrows in order."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from ateliers.calendrier.models import PeriodeReserve
from ateliers.seances.domaine import agenda
from ateliers.seances.models import Seance
from tests.factories.participants import faire_atelier, faire_seance

pytestmark = pytest.mark.django_db(transaction=True)
LIENS = ".tl__point a, .cal-seance a, .cal-table td a"


def _semer(distribution):
    midi = timezone.now().replace(day=12, hour=10, minute=0, second=0, microsecond=0)
    for rang in range(2):
        atelier = faire_atelier(distribution)
        for numero in range(2):
            debut = midi + timedelta(days=3 * numero + rang)
            faire_seance(
                distribution,
                atelier=atelier,
                genre="copil",
                rang=None,
                titre=f"Comité {rang}{numero}",
                debut_prevu=debut,
                fin_prevu=debut + timedelta(hours=2),
            )
        faire_seance(
            distribution,
            atelier=atelier,
            etat="a_programmer",
            titre=f"Sans date {rang}",
            estime_le=midi.date().replace(day=1),
        )
    glissee = Seance.objects.filter(titre="Comité 00").select_related("atelier").get()
    agenda.reporter(
        seance=glissee,
        par=distribution.ddt,
        debut=midi + timedelta(days=1),
        fin=midi + timedelta(days=1, hours=2),
        motif="Crue",
        confirmes={"date_passee"},
    )
    jour = midi.date()
    PeriodeReserve.objects.create(nom="Scrutin", debut=jour, fin=jour + timedelta(days=3))


@pytest.mark.parametrize("largeur", [1280, 360])
def test_le_calendrier_au_clavier_et_sans_debordement(visiteur, distribution, largeur):
    _semer(distribution)
    ddt = visiteur("ddt@demo.example")
    ddt.page.set_viewport_size({"width": largeur, "height": 800})
    for vue in ("mois", "liste&passees=1", "frise"):
        page = ddt.aller(f"/calendrier/?vue={vue}")
        assert (vue, ddt.violations()) == (vue, [])
        assert (vue, page.evaluate("document.documentElement.scrollWidth")) == (vue, largeur)
        ordre = page.eval_on_selector_all(
            LIENS, "liens => liens.filter(l => l.checkVisibility()).map(l => l.href)"
        )
        premier = page.locator(LIENS).first
        premier.focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.href") in ordre
        premier.focus()
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.href") == ordre[1]
        page.keyboard.press("ArrowLeft")
        assert page.evaluate("document.activeElement.href") == ordre[0]
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.href") in ordre
    texte = page.locator(".tl").inner_text()
    if largeur == 360:
        assert "Comité 00\u00a0: 12" in texte and "abandonné, Crue" in texte
        assert "Cadrage, du" in texte
    assert page.locator(".tl__point--estimee").count() == 2


def test_un_mois_s_imprime_sur_une_page(visiteur, distribution):
    _semer(distribution)
    ddt = visiteur("ddt@demo.example")
    page = ddt.aller("/calendrier/?vue=mois")
    octets = page.pdf(prefer_css_page_size=True)
    (seule,) = PdfReader(io.BytesIO(octets)).pages
    assert seule.mediabox.width > seule.mediabox.height
