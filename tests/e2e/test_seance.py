"""Pages of the séance in a real browser: axe, 360 px, the wall that fills by itself."""

import pytest
from django.urls import reverse

from ateliers.contributions.domaine.contributions import enregistrer_contribution
from ateliers.participants.lien import chemin
from tests.factories.participants import faire_invites

pytestmark = pytest.mark.django_db(transaction=True)


def test_pages_de_la_seance(visiteur, distribution):
    seance, invitations = faire_invites(distribution)
    slug, pk = seance.atelier.slug, seance.pk
    enregistrer_contribution(seance=seance, par=distribution.ddt, texte="Une halle", table="1")
    pages = [reverse("ateliers:participants", args=[slug])] + [
        reverse(f"ateliers:{nom}", args=[slug, pk])
        for nom in ("invitations", "inviter", "emargement", "accueillir", "contributions", "mur")
    ]
    ddt = visiteur("ddt@demo.example")
    for adresse in [*pages, chemin(invitations[0])]:
        page = ddt.aller(adresse)
        assert (adresse, ddt.violations()) == (adresse, [])
        page.set_viewport_size({"width": 360, "height": 740})
        largeur = page.evaluate("document.documentElement.scrollWidth")
        assert (adresse, largeur) == (adresse, 360)
        page.set_viewport_size({"width": 1280, "height": 900})


def test_saisir_au_clavier_remplit_le_mur(visiteur, distribution):
    seance, _ = faire_invites(distribution, nombre=1)
    equipe = visiteur("equipe@demo.example")
    mur = equipe.page.context.new_page()
    mur.goto(equipe.racine + reverse("ateliers:mur", args=[seance.atelier.slug, seance.pk]))
    page = equipe.aller(reverse("ateliers:contributions", args=[seance.atelier.slug, seance.pk]))
    assert page.evaluate("document.activeElement.name") == "texte"
    page.keyboard.type("Rouvrir le canal")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".contribution__texte")
    mur.wait_for_selector("text=Rouvrir le canal", timeout=9000)
    assert mur.locator("#mur [role=status]").inner_text().split() == ["1", "contribution"]
