"""The outline of a project, drawn with the pointer and with the keyboard, saved as it is drawn."""

import pytest

from candidatures.dossiers.domaine.emprises import emprise
from candidatures.dossiers.models import Candidature
from tests.e2e.test_saisie import attendre_etat, ouvrir
from tests.factories.candidatures import faire_brouillon, remplir

pytestmark = pytest.mark.django_db(transaction=True)


def points(candidature) -> int:
    return emprise(Candidature.objects.get(pk=candidature.pk)).points


def attendre_points(page, candidature, nombre):
    for _ in range(80):
        if points(candidature) == nombre:
            break
        page.wait_for_timeout(100)
    assert points(candidature) == nombre


def test_dessiner_a_la_souris_puis_au_clavier(visiteur, distribution):
    candidature = remplir(faire_brouillon(distribution), distribution.ddt)
    personne = visiteur(distribution.ddt.email)
    page = ouvrir(personne, candidature, "identite")
    page.click("details.repli > summary")
    carte = page.locator(".trace svg")
    carte.scroll_into_view_if_needed()
    cadre = carte.bounding_box()
    for gauche, haut in ((0.45, 0.45), (0.55, 0.45), (0.55, 0.55)):
        page.mouse.click(cadre["x"] + gauche * cadre["width"], cadre["y"] + haut * cadre["height"])
    attendre_points(page, candidature, 3)
    attendre_etat(page, "Enregistré à")
    carte.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    attendre_points(page, candidature, 4)
    page.locator(".trace__point").first.focus()
    page.keyboard.press("Delete")
    attendre_points(page, candidature, 3)
    assert page.locator(".trace__point").count() == 3
    assert len(page.input_value("#id_trace").splitlines()) == 3
    assert personne.violations() == []
