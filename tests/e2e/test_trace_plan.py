"""The map under the drawing: communes, those chosen, tiles aligned, parcels; then both acts."""

import pytest
from django.urls import reverse

from candidatures.dossiers.domaine.emprises import emprise
from candidatures.dossiers.models import Candidature
from socle.territoires.domaine.cadastre import importer_cadastre
from socle.territoires.domaine.contours_communes import importer_contours
from tests.e2e.test_saisie import ouvrir
from tests.factories.candidatures import faire_brouillon, remplir
from tests.fixtures.geographie import fichier_cadastre, mbtiles, parcelle, png

pytestmark = pytest.mark.django_db(transaction=True)
ABBEVILLE = "80001"


def test_le_plan_sous_le_trace(visiteur, distribution, settings, tmp_path):
    importer_contours(["80"])
    importer_cadastre(fichier_cadastre(tmp_path / "c.json", [parcelle(f"{ABBEVILLE}000AB0001")]))
    tuiles = {(z, x, y): png() for z in (3, 4) for x in range(1 << z) for y in range(1 << z)}
    settings.FOND_DE_PLAN = str(mbtiles(tmp_path / "plan.mbtiles", tuiles))
    settings.FOND_DE_PLAN_CREDIT = "Plan d’essai"
    candidature = remplir(faire_brouillon(distribution), distribution.ddt)
    personne = visiteur(distribution.ddt.email)
    page = ouvrir(personne, candidature, "identite")
    page.click("details.repli > summary")
    choisies = page.locator(".trace__commune--choisie")
    choisies.first.wait_for(state="attached")
    assert choisies.count() == 2
    page.locator("[data-tuiles] image").first.wait_for(state="attached")
    assert "Fond de plan\u00a0: Plan d’essai." in page.inner_text(".trace")
    # The drawing is Web Mercator: the western edge of a tile lies at its longitude.
    ecart = page.evaluate(
        """() => {
          const image = document.querySelector("[data-tuiles] image");
          const [z, x] = image.getAttribute("href").split("/").slice(3).map(Number);
          const [ouest, est, , , largeur] = document.querySelector(".trace").dataset.coins
            .split(" ").map(Number);
          const attendu = (((x / 2 ** z) * 360 - 180 - ouest) / (est - ouest)) * largeur;
          return Math.abs(Number(image.getAttribute("x")) - attendu);
        }"""
    )
    assert ecart < 0.01
    page.click("text=Tracer le contour des communes choisies")
    assert personne.violations() == []
    page.click("text=Remplacer le tracé par ce contour")
    page.wait_for_url("**/rediger/identite/**")
    assert emprise(Candidature.objects.get(pk=candidature.pk)).points > 20
    page.click("text=Communes touchées par le tracé")
    assert "concordent" in page.inner_text("main")
    assert personne.violations() == []
    section = f"?commune={ABBEVILLE}&section=000AB"
    chemin = reverse("candidatures:parcelles_choisir", args=[candidature.reference])
    page.goto(page.url.split("/candidatures/")[0] + chemin + section)
    assert personne.violations() == []
    page.locator("[name=parcelles]").first.check(force=True)
    page.click("text=Garder les parcelles cochées")
    page.locator(".trace__parcelles path").first.wait_for(state="attached")
    assert personne.violations() == []
