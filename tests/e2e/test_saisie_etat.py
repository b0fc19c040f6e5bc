"""What the editor says while one writes: never over the text, nor behind what was typed."""

import pytest

from candidatures.appels.domaine import appels
from tests.e2e.test_saisie import attendre_etat, ouvrir
from tests.factories.candidatures import faire_appel, faire_brouillon

pytestmark = pytest.mark.django_db(transaction=True)


def test_enregistrer_ne_couvre_rien_et_coche_l_etape(visiteur, distribution):
    candidature = faire_brouillon(distribution)
    page = ouvrir(visiteur(distribution.ddt.email), candidature, "ressources-propres")
    page.set_viewport_size({"width": 1280, "height": 900})
    etape = page.locator("#etapes li", has_text="Ressources propres")
    assert "menu-etapes__ligne--faite" not in etape.get_attribute("class")
    page.locator("form[data-saisie] textarea").first.fill("Un marché couvert")
    attendre_etat(page, "Enregistré à")
    etape.and_(page.locator(".menu-etapes__ligne--faite")).wait_for()
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator("form[data-saisie] textarea").first.scroll_into_view_if_needed()
    assert page.locator(".saisie-etat").evaluate("e => getComputedStyle(e).position") == "static"
    page = ouvrir(visiteur(distribution.ddt.email), candidature, "identite")
    champ = page.locator("[data-selecteur-perimetre] [data-combobox]")
    champ.fill("beauval")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    alerte = page.get_by_text("« beauval » n’est pas ajouté")
    alerte.wait_for()
    page.get_by_role("option").first.wait_for()
    assert champ.input_value() == "beauval"
    assert page.url.endswith("/identite/")


def test_le_texte_d_un_collegue_n_est_pas_recouvert_par_le_brouillon_du_poste(
    visiteur, distribution
):
    appel = faire_appel(distribution)
    dgaln = visiteur(distribution.dgaln.email)
    page = dgaln.aller(f"/appels/{appel.slug}/modifier/")
    page.fill("#id_presentation", "Mon texte, pas encore envoyé.")
    page.wait_for_timeout(600)
    appels.modifier(
        appel=appel,
        par=distribution.dgaln,
        presentation="Le texte d’un collègue.",
        titre="Le titre d’un collègue",
    )
    page.reload()  # What was typed comes back, with what it was written from.
    assert page.locator("#id_presentation").input_value() == "Mon texte, pas encore envoyé."
    assert page.locator("#id_titre").input_value() == "Le titre d’un collègue"
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_selector("[data-deux-versions]")
    assert page.locator(".conflit h2").all_inner_texts() == ["Présentation"]
    assert page.locator("#id_titre").input_value() == "Le titre d’un collègue"
    assert dgaln.violations() == []
