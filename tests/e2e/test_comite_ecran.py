"""The committee's screen: the word « Simulation » never leaves the eyes, the line is dragged."""

import pytest

from candidatures.comite.calcul.reglages import de
from candidatures.comite.domaine import scenarios
from tests.factories.comite import faire_table, preparer_comite

pytestmark = pytest.mark.django_db(transaction=True)
NOTES = [(5, 5, 5), (5, 5, 4), (5, 4, 4), (4, 4, 4), (4, 4, 3), (4, 3, 3), (3, 3, 3), (3, 3, 2)]
NOTES += [(3, 2, 2), (2, 2, 2), (2, 2, 1), (2, 1, 1)]
A_L_ECRAN = """e => { const b = e.getBoundingClientRect();
    return b.top >= 0 && b.bottom <= window.innerHeight && b.height > 0; }"""


@pytest.fixture
def comite(distribution):
    appel, _ = faire_table(distribution, NOTES)
    return preparer_comite(distribution, appel, plafond_places=6, reserve=2)


def a_l_ecran(page, selecteur):
    """Really in the viewport: is_visible() also passes below the fold."""
    return page.locator(selecteur).evaluate(A_L_ECRAN)


def retenues(page):
    return page.locator(".comite-lignes").first.locator("li").count()


def test_la_banniere_reste_a_l_ecran_a_chaque_fleche(visiteur, distribution, comite):
    dgaln = visiteur("dgaln@demo.example")
    page = dgaln.page
    page.set_viewport_size({"width": 1280, "height": 640})
    dgaln.aller(f"/instruction/comite/{comite.pk}/")
    for touche, attendues in (("Down", 7), ("Down", 8), ("Down", 9), ("Up", 8), ("Up", 7)):
        with page.expect_navigation():
            page.locator("[data-ligne]").press(f"Arrow{touche}")
        assert retenues(page) == attendues
        assert page.evaluate("document.activeElement.id") == "ligne"
        assert a_l_ecran(page, ".comite-simulation")
        assert a_l_ecran(page, "#ligne")
        assert page.locator("#ligne").inner_text().startswith("Simulation")
    assert dgaln.violations() == []


def tirer(page, vers, *, avant_de_lacher=None):
    """Hold the line, move it in steps to the middle of row `vers`, let it go."""
    debut = page.locator("[data-ligne]").bounding_box()
    but = page.locator(".comite-ligne").nth(vers - 1).bounding_box()
    x = debut["x"] + debut["width"] - 40  # past its two links
    page.mouse.move(x, debut["y"] + 20)
    page.mouse.down()
    page.mouse.move(x, but["y"] + but["height"] / 2 + 4, steps=6)
    if avant_de_lacher:
        avant_de_lacher()
    with page.expect_navigation():
        page.mouse.up()


def test_la_ligne_se_tire(visiteur, distribution, comite):
    dgaln = visiteur("dgaln@demo.example")
    page = dgaln.page
    page.set_viewport_size({"width": 1280, "height": 1400})
    dgaln.aller(f"/instruction/comite/{comite.pk}/")

    def en_cours():
        assert page.locator("[data-mot]").inner_text() == "3 au-dessus de la ligne"
        assert page.locator(".comite-ligne--franchie").count() == 3
        assert page.evaluate("getSelection().toString()") == ""

    tirer(page, 3, avant_de_lacher=en_cours)
    assert retenues(page) == 3
    tirer(page, 9)
    assert retenues(page) == 9


def test_dix_lignes_en_grands_caracteres(visiteur, distribution, comite):
    dgaln = visiteur("dgaln@demo.example")
    page = dgaln.page
    page.set_viewport_size({"width": 1920, "height": 1080})
    dgaln.aller(f"/instruction/comite/{comite.pk}/?places=10&reserve=2&grand=1")
    visibles = page.locator(".comite-ligne").evaluate_all(f"l => l.filter({A_L_ECRAN}).length")
    assert visibles >= 10
    assert a_l_ecran(page, "#ligne")
    assert a_l_ecran(page, ".comite-simulation")


def test_le_plafond_qui_arrete_est_nomme_et_un_scenario_se_montre(visiteur, distribution, comite):
    comite.plafond_budget, comite.cout_dossier = 240_000, 60_000
    comite.save(update_fields=["plafond_budget", "cout_dossier"])
    scenarios.garder_scenario(
        comite=comite,
        nom="Cinq places",
        reglages=de(comite).changer(places=5, budget=None),
        par=distribution.dgaln,
    )
    dgaln = visiteur("dgaln@demo.example")
    page = dgaln.aller(f"/instruction/comite/{comite.pk}/")
    assert retenues(page) == 4
    assert page.locator("[data-mot]").inner_text().endswith("le budget arrête")
    with page.expect_navigation():
        page.locator("[data-ligne]").press("ArrowUp")
    assert retenues(page) == 3
    for attendues in (4, 5, 6, 7):
        with page.expect_navigation():
            page.locator("[data-ligne]").press("ArrowDown")
        assert retenues(page) == attendues
    page.get_by_role("link", name="Montrer à l’écran").click()
    page.wait_for_url("**places=5**")
    assert retenues(page) == 5
    assert "Cinq places" in page.locator(".comite-simulation").inner_text()
