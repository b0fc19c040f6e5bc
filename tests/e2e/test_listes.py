"""The instruction list in the browser: narrow, wide, ticked whole, its labels above its fields."""

import pytest

from tests.factories.candidatures import faire_appel, faire_deposee
from tests.factories.instruction import faire_en_evaluation

pytestmark = pytest.mark.django_db(transaction=True)

CHEVAUCHEMENTS = """champs => {
    const boites = champs.map(c => c.getBoundingClientRect()).filter(b => b.width);
    const croise = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
        && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    return boites.flatMap((a, i) => boites.slice(i + 1).filter(b => croise(a, b)));
}"""
LIBELLES = """labels => labels.filter(l => {
    const champ = document.getElementById(l.htmlFor);
    const bas = l.getBoundingClientRect().bottom;
    return champ && l.offsetWidth && bas > champ.getBoundingClientRect().top + 1;
}).map(l => l.textContent)"""


@pytest.fixture
def dossiers(distribution):
    appel = faire_appel(distribution)
    return [faire_deposee(distribution, appel=appel, titre=f"Dossier {i}") for i in range(3)]


def test_plus_de_conditions_tient_en_360(visiteur, dossiers):
    dgaln = visiteur("dgaln@demo.example")
    page = dgaln.aller("/instruction/")
    for largeur in (360, 1280):
        page.set_viewport_size({"width": largeur, "height": 800})
        if largeur == 360:  # a card: title, state, a line or two of facts, no empty cell
            hauteurs = page.locator(".tableau-liste tbody tr").evaluate_all(
                "lignes => lignes.map(l => l.offsetHeight > 160)"
            )
            assert hauteurs == [False] * 3
        page.locator("details.panneau__autres").evaluate("d => { d.open = true; }")
        assert page.evaluate("document.documentElement.scrollWidth") == largeur
        champs = page.locator(".panneau__champs > *")
        assert champs.evaluate_all(CHEVAUCHEMENTS) == []
        assert page.locator(".panneau label.fr-label").evaluate_all(LIBELLES) == []
    assert dgaln.violations() == []


def test_les_lignes_commencent_au_dessus_du_pli_et_tout_se_coche(visiteur, dossiers):
    dgaln = visiteur("dgaln@demo.example")
    page = dgaln.aller("/instruction/")
    bas = page.locator("tbody tr").evaluate_all("l => l.map(r => r.getBoundingClientRect().bottom)")
    assert [b for b in bas if b > 900] == []
    page.locator("[data-lot-page]").check()
    assert page.locator("input[name=ref]:checked").count() == 3
    assert page.locator("[data-lot-compte]").inner_text() == "3 candidatures cochées\u00a0:"
    page.locator("input[name=ref]").first.uncheck()
    assert page.locator("[data-lot-page]").evaluate("c => c.indeterminate") is True
    page.set_viewport_size({"width": 1280, "height": 500})
    page.evaluate("window.scrollTo(0, document.querySelector('tbody').offsetTop + 300)")
    assert page.locator("[data-lot-barre]").evaluate("b => b.getBoundingClientRect().top") >= 0
    lien = page.locator(".fr-nav__link[aria-current]")
    page.goto(f"{dgaln.racine}/candidatures/{dossiers[0].reference}/instruction/")
    assert lien.all_inner_texts() == ["Instruction"]


def test_la_remarque_de_la_grille_ne_depasse_pas(visiteur, distribution):
    reference = faire_en_evaluation(distribution).reference
    evaluateur = visiteur("evaluateur@demo.example")
    page = evaluateur.aller(f"/candidatures/{reference}/lire/")
    bords = page.locator("[data-critere][open]").evaluate(
        "d => [d.querySelector('textarea'), d].map(e => e.getBoundingClientRect().right)"
    )
    assert bords[0] <= bords[1]
