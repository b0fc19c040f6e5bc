"""Two authors at once: boxes meet by themselves, a row emptied and filled is told."""

import pytest

from tests.e2e.test_saisie import attendre_etat, ouvrir
from tests.factories.candidatures import faire_brouillon

pytestmark = pytest.mark.django_db(transaction=True)


def test_cases_reunies_et_ligne_videe_par_l_un_remplie_par_l_autre(visiteur, distribution):
    candidature = faire_brouillon(distribution)
    projet = candidature.projets.create(intitule="La halle")
    claire, paul = visiteur(distribution.ddt.email), visiteur(distribution.collectivite.email)
    page_claire, page_paul = (ouvrir(p, candidature, "themes") for p in (claire, paul))
    for page in (page_claire, page_paul):
        page.locator("details.repli > summary").first.click()
    cases = page_claire.locator("[name=territoriales]")
    page_claire.check(f"#{cases.nth(0).get_attribute('id')}", force=True)
    attendre_etat(page_claire, "Enregistré à")
    page_paul.check(f"#{cases.nth(1).get_attribute('id')}", force=True)
    page_paul.wait_for_selector("text=Vos choix et ceux de")
    attendre_etat(page_paul, "Enregistré à")
    assert candidature.themes.count() == 2

    page_claire, page_paul = (ouvrir(p, candidature, "projets") for p in (claire, paul))
    page_claire.locator("text=Vider cette ligne").first.click()
    attendre_etat(page_claire, "Enregistré à")
    page_paul.fill("#id_lignes-0-porteur", "La commune")
    page_paul.wait_for_selector("text=a vidé cette ligne pendant que vous la complétiez")
    page_paul.click("text=Garder le mien")
    attendre_etat(page_paul, "Enregistré à")
    page_paul.wait_for_timeout(500)
    revenu = candidature.projets.get(cle=projet.cle)
    assert (revenu.intitule, revenu.porteur) == ("La halle", "La commune")
