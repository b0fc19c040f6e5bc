"""The exports centre: files, rights at both ends, formulas, expiry."""

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from xml.dom.minidom import parseString

import pytest
from django.urls import reverse
from django.utils import timezone

from candidatures.echanges.domaine.messages import ecrire
from candidatures.instruction.domaine.avis import rendre_avis
from candidatures.instruction.domaine.etiquettes import etiqueter
from candidatures.listes.domaine.colonnes import DEFAUT
from socle.courriels.models import Courriel
from socle.erreurs import ActionInterdite, ElementsManquants
from socle.exports import domaine, fabrication, formats
from socle.exports.declaration import Feuille, declaration
from socle.exports.formats import neutraliser
from socle.exports.models import Export, ModeleExport
from tests.factories.candidatures import PDF, faire_deposee
from tests.factories.instruction import demander_un_avis, faire_en_evaluation

DANGER = "=HYPERLINK(1)"


@pytest.fixture(autouse=True)
def medias(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def exporter(par, format="csv", colonnes=("reference", "titre"), options=(), parametres=""):
    export = domaine.demander(
        cle="candidatures",
        parametres=parametres,
        colonnes=list(colonnes),
        format=format,
        options=list(options),
        par=par,
    )
    fabrication.fabriquer(str(export.pk))
    export.refresh_from_db()
    assert export.etat == "pret", export.erreur
    return export


def lire_csv(octets):
    return list(csv.reader(io.StringIO(octets.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("texte", ["=1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_une_formule_est_neutralisee(texte):
    assert neutraliser(texte) == f"'{texte}"


def test_un_texte_ordinaire_ne_change_pas():
    assert neutraliser("L’aménagement = un projet") == "L’aménagement = un projet"


def test_le_csv_porte_ce_que_montrait_la_liste(distribution):
    premiere = faire_deposee(distribution, titre=DANGER)
    faire_deposee(distribution, titre="Bravo")
    export = exporter(distribution.dgaln, parametres="tri=titre")
    with export.fichier.open("rb") as fichier:
        lignes = lire_csv(fichier.read())
    assert lignes[0] == ["Candidature", "Référence"]
    assert sorted(lignes[1:])[0] == [f"'{DANGER}", premiere.reference]
    assert (export.total, len(export.sha256)) == (2, 64)
    assert exporter(distribution.dgaln, parametres="texte=bravo").total == 1
    assert Courriel.objects.filter(cle="export_pret").count() == 2
    assert fabrication.fabriquer(str(export.pk)) is False


@pytest.mark.parametrize("format", ["xlsx", "ods"])
def test_les_classeurs_sont_bien_formes(distribution, format):
    candidature = faire_en_evaluation(distribution, titre=DANGER)
    ecrire(candidature=candidature, fil="interne", texte="Entre nous", par=distribution.ddt)
    export = exporter(
        distribution.dgaln,
        format,
        ("titre", "population", "depot", "etiquettes"),
        ("avis", "echanges"),
    )
    with export.fichier.open("rb") as fichier, zipfile.ZipFile(fichier) as archive:
        textes = {
            nom: archive.read(nom).decode() for nom in archive.namelist() if nom.endswith("xml")
        }
    for texte in textes.values():
        parseString(texte)
    tout = "".join(textes.values())
    assert f"'{DANGER}" in tout
    assert "Entre nous" in tout
    assert f">{DANGER}" not in tout
    for feuille in ("Candidatures", "Avis", "Échanges"):
        assert feuille in tout


def test_messages_et_fichiers_sont_joints_a_la_demande(distribution):
    candidature = faire_en_evaluation(distribution)
    avis = demander_un_avis(distribution, candidature)
    rendre_avis(avis=avis, sens="favorable", texte="Avis-en-clair", par=distribution.dreal)
    ecrire(
        candidature=candidature,
        fil="interne",
        texte="Message-en-clair",
        fichiers=[("plan.pdf", PDF)],
        par=distribution.ddt,
    )
    export = exporter(distribution.dgaln, options=("avis", "echanges", "fichiers"))
    assert export.nom.endswith(".zip")
    with export.fichier.open("rb") as fichier, zipfile.ZipFile(fichier) as archive:
        noms = archive.namelist()
        assert noms[:3] == ["Candidatures.csv", "Avis.csv", "Échanges.csv"]
        assert re.fullmatch(rf"fichiers/{candidature.reference}/\d+-plan\.pdf", noms[3])
        assert archive.read(noms[3]) == PDF
        assert "Avis-en-clair" in archive.read("Avis.csv").decode()
        assert "Message-en-clair" in archive.read("Échanges.csv").decode()


def test_un_export_de_porteur_ne_contient_rien_d_interne(distribution):
    candidature = faire_en_evaluation(distribution)
    ecrire(candidature=candidature, fil="interne", texte="Secret-fil", par=distribution.ddt)
    etiqueter(candidatures=[candidature], nom="Secret-étiquette", par=distribution.dgaln)
    export = exporter(
        distribution.collectivite,
        colonnes=("titre", "etiquettes", "notes", "avis"),
        options=("avis", "echanges", "fichiers"),
    )
    assert (export.colonnes, export.options) == (["titre"], [])
    with export.fichier.open("rb") as fichier:
        contenu = fichier.read().decode("utf-8-sig")
    assert "Secret" not in contenu
    assert lire_csv(contenu.encode())[1] == [candidature.titre]
    for qui in ("evaluateur", "ddt_autre", "equipe"):
        autre = exporter(getattr(distribution, qui), colonnes=("titre",))
        assert autre.total == (1 if qui == "evaluateur" else 0), qui


def test_les_droits_sont_relus_au_telechargement(distribution, connecte):
    candidature = faire_deposee(distribution)
    export = exporter(distribution.collectivite)
    url = f"/exports/{export.pk}/telecharger/"
    client = connecte("collectivite")
    reponse = client.get(url)
    assert reponse.status_code == 200
    assert candidature.titre in b"".join(reponse.streaming_content).decode()
    for qui in ("dgaln", "ddt", "collectivite_autre", "evaluateur"):
        assert connecte(qui).get(url).status_code == 404, qui
        assert list(connecte(qui).get("/exports/").context["page"]) == [], qui
    candidature.portages.all().delete()
    assert client.get(url).status_code == 403


def test_un_export_expire(distribution, connecte):
    faire_deposee(distribution)
    export = exporter(distribution.dgaln)
    Export.objects.update(expire_le=timezone.now() - timedelta(minutes=1))
    assert connecte("dgaln").get(f"/exports/{export.pk}/telecharger/").status_code == 403
    assert fabrication.expirer() == 1
    export.refresh_from_db()
    assert (export.etat, bool(export.fichier)) == ("expire", False)


def test_la_demande_depuis_la_page_et_son_modele(distribution, connecte):
    faire_deposee(distribution)
    dgaln = connecte("dgaln")
    page = dgaln.get("/exports/nouveau/candidatures/?liste=instruction")
    assert (page.context["nombre"], page.context["portee"]) == (1, "liste Instruction")
    vide = dgaln.get("/exports/")
    assert [adresse for _, adresse in vide.context["listes"]] == [
        "/budget/",
        "/candidatures/",
        "/instruction/",
        "/calendrier/reports/",
    ]
    assert 'href="/instruction/">Instruction' in vide.content.decode()
    donnees = {
        "format": "ods",
        "colonnes": ["titre", "etat"],
        "options": ["avis", "fichiers"],
        "modele": "Pour le bureau",
        "partage": "on",
        "parametres": "liste=instruction&etat=deposee",
    }
    assert dgaln.post("/exports/nouveau/candidatures/", donnees).url == "/exports/"
    modele = ModeleExport.objects.get()
    assert (modele.nom, modele.colonnes, modele.format) == (
        "Pour le bureau",
        ["titre", "etat"],
        "ods",
    )
    export = Export.objects.get()
    assert export.parametres == "liste=instruction&etat=deposee"
    assert export.portee == "liste Instruction, État : Déposée"
    assert "État\u00a0: Déposée" in dgaln.get("/exports/").content.decode()
    page = dgaln.get(f"/exports/nouveau/candidatures/?modele={modele.pk}")
    assert [page.context["form"][nom].value() for nom in ("format", "colonnes", "options")] == [
        "ods",
        ["titre", "etat"],
        ["avis", "fichiers"],
    ]
    assert list(connecte("ddt").get("/exports/nouveau/candidatures/").context["modeles"]) == []


def test_sans_colonne_pas_d_export(distribution):
    with pytest.raises(ElementsManquants):
        exporter(distribution.dgaln, colonnes=())


def test_un_compte_ferme_n_exporte_plus(distribution):
    distribution.ddt.is_active = False
    with pytest.raises(ActionInterdite):
        exporter(distribution.ddt)


def octets(export):
    with export.fichier.open("rb") as source:
        return source.read()


def test_le_territoire_le_departement_et_la_region_ont_chacun_leur_colonne(distribution):
    candidature = faire_deposee(distribution)
    lieux = ("territoire", "departement", "region")
    export = exporter(distribution.dgaln, "csv", lieux)
    entetes, ligne = lire_csv(octets(export))
    assert entetes == ["Territoire", "Département", "Région"]
    departement = candidature.perimetre.departements.select_related("region").get()
    dit = f"{departement.nom} ({departement.code})"
    assert ligne == [candidature.perimetre.lieu, dit, departement.region.nom]
    assert candidature.perimetre.lieu.endswith(f"({departement.nom})")
    assert candidature.perimetre.lieu != candidature.perimetre.nom
    declaree = declaration("candidatures")
    defaut = {c.cle for c in declaree.colonnes(distribution.dgaln) if c.par_defaut}
    assert set(lieux) - defaut == set()


@pytest.mark.parametrize("format", ["csv", "xlsx", "ods"])
def test_un_fichier_seul_est_donne_tel_quel(distribution, format):
    faire_deposee(distribution)
    export = exporter(distribution.dgaln, format, options=("fichiers",))
    assert export.nom.rpartition(".")[2] == format
    contenu = octets(export)
    if format == "csv":
        assert lire_csv(contenu)[0] == ["Candidature", "Référence"]
    else:
        assert "export.xlsx" not in zipfile.ZipFile(io.BytesIO(contenu)).namelist()


def test_plusieurs_fichiers_restent_dans_une_archive(distribution):
    faire_deposee(distribution)
    export = exporter(distribution.dgaln, "csv", options=("avis",))
    assert export.nom.endswith(".zip")
    assert len(zipfile.ZipFile(io.BytesIO(octets(export))).namelist()) == 2


def test_les_dates_sont_de_vraies_dates(tmp_path):
    """Sorted and filtered as dates by a spreadsheet, and still shown as here."""
    from openpyxl import load_workbook

    moment = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # the next day in Paris
    jour = date(2026, 1, 15)
    ligne = ["Texte", jour, moment]
    formats.ecrire_xlsx(str(tmp_path / "a.xlsx"), [Feuille("Dates", ["t", "j", "m"], [ligne])])
    _, lue = load_workbook(tmp_path / "a.xlsx").active.values
    assert lue == ("Texte", datetime(2026, 1, 15), datetime(2026, 7, 2, 0, 30))
    formats.ecrire_ods(str(tmp_path / "a.ods"), [Feuille("Dates", ["t", "j", "m"], [ligne])])
    contenu = zipfile.ZipFile(tmp_path / "a.ods").read("content.xml").decode()
    assert re.findall(r'office:date-value="([^"]+)"', contenu) == [
        "2026-01-15",
        "2026-07-02T00:30:00",
    ]
    formats.ecrire_csv(str(tmp_path / "a.csv"), [Feuille("Dates", ["t", "j", "m"], [ligne])])
    assert "15/01/2026;02/07/2026 00:30" in (tmp_path / "a.csv").read_text("utf-8-sig")


def test_les_colonnes_choisies_dans_la_liste_sont_celles_de_l_export(distribution, connecte):
    adresse = reverse("exports:demander", args=["candidatures"])
    page = connecte("dgaln").get(f"{adresse}?liste=instruction&colonnes=reference,etat,inconnue")
    assert page.context["form"]["colonnes"].value() == ["titre", "reference", "etat"]
    faire_deposee(distribution)
    liste = connecte("dgaln").get("/candidatures/?etat=deposee").content.decode()
    (vers,) = re.findall(rf'href="({adresse}[^"]+)"', liste)
    montrees = connecte("dgaln").get(vers.replace("&amp;", "&")).context["form"]["colonnes"]
    assert set(montrees.value()) == {*DEFAUT, "reference"}
