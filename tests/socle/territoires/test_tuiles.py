"""The background map of the operator: read-only images at web addresses, and nothing else."""

import pytest
from django.test import override_settings

from socle.territoires.domaine import tuiles
from socle.territoires.verifications import fond_de_plan_lisible
from tests.fixtures.geographie import mbtiles, png

BLEU, ROUGE = png(), png((200, 40, 40))
JPEG = b"\xff\xd8\xff\xe0essai"


@pytest.fixture
def fond(tmp_path):
    """Zoom 1, two tiles: MBTiles counts rows from the south, the web from the north."""
    chemin = mbtiles(
        tmp_path / "plan.mbtiles",
        {(1, 0, 1): BLEU, (1, 1, 0): JPEG, (2, 0, 0): ROUGE},
        attribution="© IGN",
        format="pbf",  # what the file says of itself is not trusted
    )
    with override_settings(FOND_DE_PLAN=str(chemin), FOND_DE_PLAN_CREDIT=""):
        yield chemin


def test_une_tuile_se_lit_a_son_adresse(fond, distribution, connecte, client):
    lu = tuiles.fond_de_plan()
    assert (lu.zoom_min, lu.zoom_max, lu.credit) == (1, 2, "© IGN")
    ddt = connecte("ddt")
    reponse = ddt.get("/territoires/tuiles/1/0/0/")
    assert (reponse.content, reponse["Content-Type"]) == (BLEU, "image/png")
    assert reponse["Cache-Control"] == "private, max-age=604800"
    revue = ddt.get("/territoires/tuiles/1/0/0/", headers={"if-none-match": reponse["ETag"]})
    assert (revue.status_code, revue.content) == (304, b"")
    assert ddt.get("/territoires/tuiles/1/1/1/")["Content-Type"] == "image/jpeg"
    assert ddt.get("/territoires/tuiles/2/0/3/").content == ROUGE
    for absente in ("1/1/0", "1/2/0", "0/0/0", "3/0/0", f"{10**9}/0/0"):
        assert ddt.get(f"/territoires/tuiles/{absente}/").status_code == 404
    assert client.get("/territoires/tuiles/1/0/0/").status_code == 302
    assert fond_de_plan_lisible(None) == []


def test_sans_fond_ou_avec_un_fichier_etranger_rien_ne_se_sert(tmp_path, distribution, connecte):
    texte = tmp_path / "texte"
    texte.write_text("rien")
    vecteur = mbtiles(tmp_path / "vecteur.mbtiles", {(0, 0, 0): b"\x1f\x8b\x08pbf"})
    vide = mbtiles(tmp_path / "vide.mbtiles", {})
    for chemin in (texte, vecteur, vide, tmp_path / "absent"):
        with override_settings(FOND_DE_PLAN=str(chemin)):
            assert tuiles.fond_de_plan() is None
            assert connecte("ddt").get("/territoires/tuiles/0/0/0/").status_code == 404
            assert [w.id for w in fond_de_plan_lisible(None)] == ["territoires.W001"]
    with override_settings(FOND_DE_PLAN=""):
        assert tuiles.tuile(0, 0, 0) is None
        assert fond_de_plan_lisible(None) == []
    sans = mbtiles(tmp_path / "sans.mbtiles", {(0, 0, 0): BLEU})
    with override_settings(FOND_DE_PLAN=str(sans), FOND_DE_PLAN_CREDIT=""):
        assert [w.id for w in fond_de_plan_lisible(None)] == ["territoires.W002"]


def test_le_fichier_n_est_jamais_ecrit(fond):
    avant = fond.read_bytes()
    fond.chmod(0o444)
    assert tuiles.tuile(1, 0, 0) == (BLEU, "image/png")
    assert fond.read_bytes() == avant
    assert list(fond.parent.iterdir()) == [fond]
