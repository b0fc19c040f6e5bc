"""A reviewer notes three dossiers by keyboard; the pages are accessible and hold in 360 px."""

import pytest

from candidatures.instruction.models import Evaluation, NoteMarge
from tests.factories.candidatures import faire_appel
from tests.factories.instruction import demander_un_avis, faire_en_evaluation, faire_recevable

pytestmark = pytest.mark.django_db(transaction=True)


def attendre(page, condition):
    for _ in range(80):
        if condition():
            return
        page.wait_for_timeout(100)
    assert condition()


def notes(reference):
    lues = Evaluation.objects.get(candidature__reference=reference).notes.all()
    return [n.note for n in lues]


def test_noter_trois_dossiers_au_clavier(visiteur, distribution):
    appel = faire_appel(distribution)
    references = [
        faire_en_evaluation(distribution, appel=appel, titre=f"Dossier {rang}").reference
        for rang in (1, 2, 3)
    ]
    evaluateur = visiteur("evaluateur@demo.example")
    page = evaluateur.aller(f"/candidatures/{references[0]}/lire/")
    assert evaluateur.violations() == []
    page.keyboard.press("?")
    assert page.locator("[data-aide]").get_attribute("open") is not None
    page.keyboard.press("?")
    for rang, reference in enumerate(references):
        for touche in ("3", "4", "5"):
            page.keyboard.press(touche)
        attendre(page, lambda r=reference: notes(r) == [3, 4, 5])
        if rang < 2:
            page.keyboard.press("j")
            page.wait_for_url(f"**/candidatures/{references[rang + 1]}/lire/")
    page.keyboard.press("k")
    page.wait_for_url(f"**/candidatures/{references[1]}/lire/")
    assert page.locator("[data-note]").all_inner_texts() == ["3", "4", "5"]


def test_une_remarque_et_une_note_en_marge_se_gardent_sans_bouton(visiteur, distribution):
    reference = faire_en_evaluation(distribution).reference
    evaluateur = visiteur("evaluateur@demo.example")
    page = evaluateur.aller(f"/candidatures/{reference}/lire/")
    page.locator("[data-critere][open] textarea").fill("Un périmètre clair, 5 communes.")
    page.locator("details.marge summary").nth(1).click()
    page.locator("details.marge textarea").nth(1).fill("À vérifier en séance.")
    attendre(page, lambda: list(NoteMarge.objects.values_list("texte", flat=True)) != [])
    confiee = Evaluation.objects.get(candidature__reference=reference)
    attendre(page, lambda: confiee.notes.count() == 1)
    assert [n.remarque for n in confiee.notes.all()] == ["Un périmètre clair, 5 communes."]
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert evaluateur.violations() == []


def test_cote_a_cote_tient_en_360(visiteur, distribution):
    appel = faire_appel(distribution)
    deux = [
        faire_en_evaluation(distribution, appel=appel, titre=f"Dossier {i}").reference
        for i in (1, 2)
    ]
    evaluateur = visiteur("evaluateur@demo.example")
    page = evaluateur.aller(f"/candidatures/comparer/?c={deux[0]}&c={deux[1]}")
    assert page.locator(".comparer__tete").count() == 2
    assert evaluateur.violations() == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_un_avis_se_rend_une_fois_relu(visiteur, distribution):
    candidature = faire_recevable(distribution)
    avis = demander_un_avis(distribution, candidature, distribution.dreal.organisme)
    dreal = visiteur("dreal@demo.example")
    page = dreal.aller(f"/avis/{avis.pk}/")
    page.get_by_label("Favorable", exact=True).check(force=True)
    page.fill("textarea[name=texte]", "Un dossier solide, à soutenir.")
    with page.expect_navigation():
        page.get_by_role("button", name="Rendre l’avis").click()
    assert dreal.violations() == []
    page.get_by_label("J’ai relu mon avis").check(force=True)
    with page.expect_navigation():
        page.get_by_role("button", name="Rendre l’avis").click()
    assert "Votre avis est rendu." in page.locator("main").inner_text()
    avis.refresh_from_db()
    assert (avis.sens, avis.texte) == ("favorable", "Un dossier solide, à soutenir.")
    assert avis.rendu_le is not None
