"""In a real browser: accessibility of everyone's pages, drafts, session lost, 360 px."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)
PUBLIQUES = ["/", "/accessibilite/", "/mentions-legales/", "/donnees-personnelles/", "/connexion/"]


def test_pages_publiques_sans_violation_et_sans_defilement_de_cote(visiteur):
    personne = visiteur()
    for chemin in PUBLIQUES:
        page = personne.aller(chemin)
        assert (chemin, personne.violations()) == (chemin, [])
        page.set_viewport_size({"width": 360, "height": 740})
        largeur = page.evaluate("document.documentElement.scrollWidth")
        assert (chemin, largeur) == (chemin, 360)
        page.set_viewport_size({"width": 1280, "height": 900})


def test_tableau_de_bord_sans_violation(visiteur, distribution):
    personne = visiteur(distribution.ddt.email)
    assert personne.violations() == []


def test_le_brouillon_revient_puis_la_saisie_survit_a_la_session(visiteur, distribution):
    personne = visiteur(distribution.dgaln.email)
    page = personne.aller("/appels/nouveau/")
    page.locator("main textarea").first.fill("Une présentation longue à écrire.")
    page.wait_for_timeout(600)
    page.reload()
    assert page.locator("main textarea").first.input_value() == "Une présentation longue à écrire."
    assert page.locator(".brouillon").count() == 1

    cookies = [c for c in page.context.cookies() if c["name"] != "sessionid"]
    page.context.clear_cookies()
    page.context.add_cookies(cookies)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/connexion/**")
    page.fill("input[name=login]", distribution.dgaln.email)
    page.fill("input[name=password]", "demo-atelier")
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_url("**/reprendre/")
    assert page.locator(".saisie dd").all_inner_texts() == [
        "Une présentation longue à écrire.",
        "Aucun visa demandé",
    ]
    assert personne.violations() == []


def test_les_erreurs_prennent_le_focus_et_menent_au_champ(visiteur, distribution):
    personne = visiteur(distribution.dgaln.email)
    page = personne.aller("/appels/nouveau/")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_selector("[data-resume-erreurs]")
    assert page.evaluate("document.activeElement.hasAttribute('data-resume-erreurs')")
    assert personne.violations() == []
    page.locator("[data-resume-erreurs] a").first.click()
    assert page.evaluate("document.activeElement.matches('main form [aria-invalid=true]')")
