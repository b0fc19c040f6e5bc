"""Outlines of the communes: their text, their load, the surface of a perimeter, what is unknown."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from socle.territoires.domaine import creer_perimetre, importer, modifier_perimetre
from socle.territoires.domaine.contours_communes import (
    cadre_de,
    importer_contours,
    mesurer_perimetres,
)
from socle.territoires.domaine.importation import FICHIER_DEMONSTRATION
from socle.territoires.domaine.millesimes import FICHIER, lire_json
from socle.territoires.domaine.surfaces import faits_de_surface, surface_lisible
from socle.territoires.domaine.traces import surface_ha
from socle.territoires.models import Commune, ContourCommune, Epci, Perimetre
from socle.territoires.polyligne import PAS, PAS_FIN, anneaux, coder_anneau, decoder

DOULLENS, AUTHIEULE, MIQUELON = "80253", "80044", "97501"


@pytest.fixture
def contours(cog):
    return importer_contours(["80", "975"])


def communes(*codes):
    return list(Commune.objects.filter(code__in=codes))


@given(
    st.lists(
        st.tuples(st.integers(-1_800_000, 1_800_000), st.integers(-900_000, 900_000)),
        min_size=1,
        max_size=30,
    )
)
def test_un_anneau_se_relit_tel_qu_il_fut_ecrit(grille):
    while len(grille) > 1 and grille[0] == grille[-1]:
        grille.pop()
    for pas in (PAS, PAS_FIN):
        points = [(x * pas, y * pas) for x, y in grille]
        texte = coder_anneau(points, pas)
        assert not set(texte) & set(" ,;")
        assert [(round(x / pas), round(y / pas)) for x, y in anneaux(texte, pas)[0][0]] == grille


def test_le_fichier_du_depot_tient_ses_promesses():
    lu = lire_json(FICHIER.parent / "contours.json.gz")
    contours = lu["contours"]
    cog = {c[0]: c for c in lire_json(FICHIER)["communes"]}
    assert contours.keys() <= cog.keys()
    assert len(contours) == 34870
    absents = {code for code in cog.keys() - contours.keys() if code[:3] < "971"}
    assert absents == {"15031", "15035", "15047", "15141", "15171"}
    assert 636_000 < sum(surface for surface, _ in contours.values()) < 638_000
    assert FICHIER.with_name("contours.json.gz").stat().st_size < 4 << 20
    # The surface was measured before the grid: it hardly changes on it.
    for code in (DOULLENS, "97411", "2A004", "35238"):
        forme = decoder(contours[code][1])
        assert forme.is_valid
        assert surface_ha(forme) == pytest.approx(contours[code][0] * 100, rel=0.005)


def test_charger_les_contours_deux_fois_ne_change_rien(contours):
    assert contours == {"contours": 771, "communes sans contour": 2}
    avant = list(ContourCommune.objects.order_by("pk").values_list())
    assert importer_contours(["80", "975"]) == contours
    assert list(ContourCommune.objects.order_by("pk").values_list()) == avant
    ouest, sud, est, nord = cadre_de(["80"])
    assert 1.3 < ouest < 1.5 and 3.1 < est < 3.3 and 49.5 < sud < 49.7 and 50.3 < nord < 50.4
    assert cadre_de(["975"]) is None


def test_un_autre_fichier_est_refuse_avec_une_phrase(cog, tmp_path):
    faux = tmp_path / "faux.json"
    for texte in ('{"millesime": 2026}', "[]", "rien"):
        faux.write_text(texte)
        with pytest.raises(CommandError, match="Contours non chargés"):
            call_command("importer_contours", fichier=faux)
    with pytest.raises(CommandError):
        call_command("importer_contours", fichier=tmp_path / "absent.json")


def test_la_surface_d_un_perimetre_est_celle_de_ses_communes_connues(contours):
    perimetre = creer_perimetre(nom="P", communes=communes(DOULLENS, AUTHIEULE))
    surfaces = dict(ContourCommune.objects.values_list("commune", "surface_km2"))
    assert perimetre.surface_km2 == pytest.approx(surfaces[DOULLENS] + surfaces[AUTHIEULE])
    assert perimetre.densite == pytest.approx(perimetre.population / perimetre.surface_km2)
    assert surface_lisible(faits_de_surface(perimetre) | {"communes": [1, 2]}) == {
        "surface": "38,0\u00a0km²",
        "densite": "161,5 habitants au km²",
        "source_surface": "contours simplifiés des communes, "
        "© les contributeurs d’OpenStreetMap ; IGN",
    }
    modifier_perimetre(perimetre, communes=communes(DOULLENS, MIQUELON))
    relu = Perimetre.objects.get()
    assert (relu.surfaces_connues, relu.densite) == (1, None)
    dit = surface_lisible(faits_de_surface(relu) | {"communes": [1, 2]})
    assert dit["surface"] == "33,5\u00a0km², surface d’une commune sur 2"
    assert dit["densite"] == "Non calculée"


def test_sans_contour_la_surface_est_dite_inconnue(cog):
    perimetre = creer_perimetre(nom="P", communes=communes(DOULLENS))
    assert (perimetre.surface_km2, perimetre.surfaces_connues) == (None, 0)
    dit = surface_lisible(faits_de_surface(perimetre) | {"communes": [1]})
    assert dit["surface"].startswith("Inconnue")
    assert surface_lisible({"population": 1}) == {}


def test_les_perimetres_anterieurs_sont_mesures_au_chargement(cog):
    un = creer_perimetre(nom="Un", communes=communes(DOULLENS, MIQUELON))
    vide = creer_perimetre(nom="Vide", communes=communes(MIQUELON))
    epci = creer_perimetre(nom="EPCI", epcis=[Epci.objects.get(communes=DOULLENS)])
    importer_contours(["80"])
    mesures = {p.pk: (p.surface_km2, p.surfaces_connues) for p in Perimetre.objects.all()}
    assert mesures[un.pk] == (33.5, 1)
    assert mesures[vide.pk] == (None, 0)
    assert mesures[epci.pk][1] == ContourCommune.objects.filter(pk__in=epci.couverture).count()
    ContourCommune.objects.all().delete()
    mesurer_perimetres()
    assert set(Perimetre.objects.values_list("surface_km2", "surfaces_connues")) == {(None, 0)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Perimetre.objects.update(surfaces_connues=1)


def test_une_fusion_rend_le_contour_inconnu(contours, client):
    adresse = reverse("territoires:commune", args=[DOULLENS])
    assert "33,5 km² (contour simplifié de 2026)" in client.get(adresse).content.decode()
    importer(fichier=FICHIER_DEMONSTRATION)
    assert not ContourCommune.objects.filter(pk=DOULLENS).exists()
    assert ContourCommune.objects.filter(pk=AUTHIEULE).exists()  # that of an ended commune
    assert "Inconnue\u00a0: aucun contour" in client.get(adresse).content.decode()
    importer_contours(["80"])  # the older file brings back no outdated outline
    assert not ContourCommune.objects.filter(pk=DOULLENS).exists()
