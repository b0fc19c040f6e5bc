"""Reference data and kits."""

import io
import zipfile

from django.core.management import call_command

from candidatures.appels.models import Grille
from candidatures.dispositifs.domaine.kits import publier_version
from candidatures.dispositifs.models import Dispositif, EtapeType, Kit, PieceRequise, VersionKit


def test_trois_dispositifs_et_leurs_etapes(distribution):
    ateliers = {d.code: d.etapes.filter(genre="atelier").count() for d in Dispositif.objects.all()}
    assert ateliers == {"national": 3, "local": 3, "flash": 1}
    flash = Dispositif.objects.get(code="flash")
    assert not flash.etapes.filter(genre="inter_atelier").exists()
    assert not flash.avec_appel_equipes
    assert [c.libelle for c in Grille.objects.get().criteres.all()] == [
        "Exploratoire et opérationnelle",
        "Exemplaire et réplicable",
        "Pédagogique et interpellante",
    ]


def test_installer_deux_fois_ne_change_rien_et_garde_les_corrections(distribution):
    Dispositif.objects.filter(code="local").update(duree_max_mois=24)
    avant = [m.objects.count() for m in (EtapeType, PieceRequise, Kit, VersionKit)]
    call_command("installer_referentiels", verbosity=0)
    assert [m.objects.count() for m in (EtapeType, PieceRequise, Kit, VersionKit)] == avant
    assert Dispositif.objects.get(code="local").duree_max_mois == 24


def test_un_kit_se_telecharge_sans_compte(distribution, client):
    page = client.get("/kits/")
    assert page.status_code == 200
    reponse = client.get("/kits/general/v1/")
    octets = b"".join(reponse.streaming_content)
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        assert "Atelier des territoires" in archive.read("content.xml").decode()
    assert client.get("/kits/general/v9/").status_code == 404


def test_un_nouveau_texte_fait_une_nouvelle_version(distribution):
    kit = Kit.objects.get(cle="flash")
    version = publier_version(
        kit=kit, octets=b"%PDF-1.7", nom_fichier="kit.pdf", mime="application/pdf"
    )
    assert (version.numero, version.nom_fichier) == (2, "kit-v2.pdf")
