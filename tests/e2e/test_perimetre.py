"""Choosing a territory with the keyboard alone, then without JavaScript at all."""

import pytest
from django.urls import reverse

from candidatures.dossiers.models import Candidature
from tests.factories.candidatures import faire_brouillon

pytestmark = pytest.mark.django_db(transaction=True)


def adresse(candidature):
    return reverse("candidatures:etape", args=[candidature.reference, "identite"])


def test_au_clavier(visiteur, distribution):
    candidature = faire_brouillon(distribution)
    ddt = visiteur("ddt@demo.example")
    page = ddt.aller(adresse(candidature))
    champ = page.get_by_label("Périmètre", exact=True)
    assert champ.get_attribute("role") == "combobox"
    champ.focus()
    page.keyboard.type("doull")
    page.wait_for_selector("[role=option]")
    assert champ.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    actif = champ.get_attribute("aria-activedescendant")
    assert page.locator(f"#{actif}").get_attribute("aria-selected") == "true"
    assert ddt.violations() == []
    page.keyboard.press("Enter")
    assert page.locator("[data-choisis] input").get_attribute("value") == "C80253"
    assert page.locator("[data-annonce]").text_content() == "Doullens ajouté"
    page.keyboard.type("xyzxyz")
    page.wait_for_function(
        "document.querySelector('[data-annonce]').textContent === 'Aucun territoire trouvé'"
    )
    page.keyboard.press("Escape")
    assert ddt.violations() == []
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "identite" not in url)
    lue = Candidature.objects.select_related("perimetre").get()
    assert [c.code for c in lue.perimetre.communes.all()] == ["80253"]


def test_sans_javascript(visiteur, distribution, connecte):
    candidature = faire_brouillon(distribution)
    session = connecte("ddt").cookies["sessionid"].value
    sans_script = visiteur(java_script_enabled=False)
    cookie = {"name": "sessionid", "value": session, "url": sans_script.racine}
    sans_script.page.context.add_cookies([cookie])
    page = sans_script.aller(adresse(candidature))
    page.locator("textarea[name=perimetre_saisie]").fill("Doullens\nAtlantide")
    page.locator("main form button[type=submit]").first.click()
    assert (
        "«\u00a0Atlantide\u00a0» ne correspond à aucune commune"
        in page.locator("main").inner_text()
    )
    page.locator("textarea[name=perimetre_saisie]").fill("Doullens\nZone : Vallée (80)")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    lue = Candidature.objects.select_related("perimetre").get()
    assert [c.code for c in lue.perimetre.communes.all()] == ["80253"]
    assert [z.nom for z in lue.perimetre.zones.all()] == ["Vallée"]
