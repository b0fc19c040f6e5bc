"""The questions of a call, one shown on a condition; then the national map and its table."""

import pytest

from candidatures.dossiers.models import Reponse
from tests.e2e.parcours import Acteur
from tests.factories.appels import poser, publier, reviser
from tests.factories.candidatures import faire_brouillon, faire_deposee

pytestmark = pytest.mark.django_db(transaction=True)
SURFACE = "main [name='q_surface_de_la_friche']"


def test_une_question_sous_condition_se_montre_et_se_repond(visiteur, distribution):
    candidature = faire_brouillon(distribution)
    version = reviser(distribution, candidature.appel)
    friche = poser(distribution, version, "Une friche", "choix", options=["Oui", "Non"])
    poser(distribution, version, "Surface de la friche", "nombre", si=(friche.cle, "egal", "Oui"))
    publier(distribution, version)
    ddt = Acteur(visiteur, distribution.ddt.email)
    page = ddt.ouvrir("candidatures:etape", candidature.reference, "identite")
    with page.expect_navigation():
        page.locator("#etapes a[href*='/questions/']").first.click()
    assert ddt.visiteur.violations() == []
    assert not page.locator(SURFACE).is_visible()
    page.get_by_label("Oui").check(force=True)
    page.locator(SURFACE).wait_for(state="visible")
    page.fill(SURFACE, "12,5")
    page.locator(SURFACE).blur()
    page.wait_for_function("document.querySelector('.saisie-etat').dataset.etat === 'enregistre'")
    assert ddt.visiteur.violations() == []
    gardees = Reponse.objects.filter(candidature=candidature).values_list("cle", "valeur")
    assert dict(gardees) == {"une_friche": "Oui", "surface_de_la_friche": "12.5"}
    page.get_by_label("Non").check(force=True)
    page.locator(SURFACE).wait_for(state="hidden")


def test_la_carte_nationale_et_son_tableau_disent_la_meme_chose(visiteur, distribution):
    candidature = faire_deposee(distribution)
    dgaln = Acteur(visiteur, distribution.dgaln.email)
    page = dgaln.ouvrir("/candidatures/carte/")
    assert page.locator(".carte__dessin a[aria-label^='Somme']").count() == 1
    ligne = page.locator(".carte__tableau tbody tr")
    assert ligne.count() == 1
    assert ligne.locator("th").inner_text() == "Somme (80)"
    assert ligne.locator("td").nth(1).inner_text() == "1"
    with page.expect_navigation():
        page.locator(".carte__dessin a[aria-label^='Somme']").focus()
        page.keyboard.press("Enter")
    assert dgaln.visiteur.violations() == []
    assert candidature.titre in page.locator("main").inner_text()
