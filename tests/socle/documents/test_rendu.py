"""The PDF itself: language, title, tags, fonts, and assets from disk only."""

import ast
import io

import pikepdf
import pytest

from socle.documents import domaine
from socle.documents.erreurs import RenduImpossible
from tests.fixtures.gabarits import RACINE
from tests.socle.documents import essai

ENTETE = '<!DOCTYPE html><html lang="fr"><head><title>Essai</title></head><body>'


def rendre(corps, **options):
    from socle.documents.rendu import rendre_pdf

    return rendre_pdf(
        f"{ENTETE}{corps}</body></html>",
        styles=(),
        identifiant=b"essai",
        signal=options.get("signal", lambda progression, etape: None),
    )


def polices(pdf):
    trouvees = {}
    for page in pdf.pages:
        for police in page.resources.get("/Font", {}).values():
            descendante = police["/DescendantFonts"][0]
            fichiers = {"/FontFile", "/FontFile2", "/FontFile3"} & set(
                descendante["/FontDescriptor"].keys()
            )
            trouvees[str(police["/BaseFont"]).partition("+")[2]] = len(fichiers) == 1
    return trouvees


@pytest.mark.parametrize(("cle", "pages"), [(essai.FICHE, 2), (essai.LETTRE, 1)])
def test_structure_du_pdf(cle, pages, distribution):
    document = domaine.demander(cle, objet=distribution.collectivite.organisme)
    document.refresh_from_db()
    with document.fichier.open() as fichier, pikepdf.open(fichier) as pdf:
        with pdf.open_metadata() as metadonnees:
            titre, partie = metadonnees["dc:title"], metadonnees["pdfuaid:part"]
        assert (len(pdf.pages), titre, partie) == (pages, "Fiche d’essai", "1")
        assert str(pdf.Root.Lang) == "fr"
        assert bool(pdf.Root.MarkInfo.Marked) is True
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle) is True
        assert "/StructTreeRoot" in pdf.Root
        trouvees = polices(pdf)
    assert {nom.split("-")[0] for nom in trouvees} == {"Marianne"}
    assert set(trouvees.values()) == {True}


def test_une_image_garde_son_texte_de_remplacement():
    image = "static:dsfr/dist/artwork/pictograms/institutions/navy-anchor.svg"
    pdf, _pages = rendre(f'<img src="{image}" alt="Une ancre" style="width:2cm">')
    with pikepdf.open(io.BytesIO(pdf)) as lu:
        figures = [
            str(objet["/Alt"])
            for objet in lu.objects
            if isinstance(objet, pikepdf.Dictionary) and objet.get("/S") == "/Figure"
        ]
    assert figures == ["Une ancre"]


@pytest.mark.parametrize(
    ("adresse", "raison"),
    [
        ("https://exemple.fr/a.png", "adresse refusée : « https://exemple.fr/a.png »"),
        ("file:///etc/hostname", "adresse refusée : « file:///etc/hostname »"),
        ("static:absent.png", "fichier « absent.png » introuvable dans les fichiers statiques"),
        ("media:absent.png", "fichier « absent.png » introuvable dans les pièces"),
        ("media:../../etc/hostname", "chemin refusé : « ../../etc/hostname »"),
    ],
)
def test_ce_qui_n_est_pas_sur_le_disque_arrete_le_rendu(adresse, raison):
    with pytest.raises(RenduImpossible) as refus:
        rendre(f'<img src="{adresse}" alt="">')
    assert str(refus.value) == raison


def test_la_progression_avance_et_nomme_les_pages():
    recus = []
    rendre(
        '<p style="break-after:page">Texte</p>' * 12,
        signal=lambda progression, etape: recus.append((progression, etape)),
    )
    assert [progression for progression, _ in recus] == sorted(p for p, _ in recus)
    assert "Mise en page, page 10" in [etape for _, etape in recus]


def test_weasyprint_n_est_importe_que_par_le_rendu():
    importeurs = []
    for racine in ("config", "restitution", "ateliers", "candidatures", "socle"):
        for chemin in (RACINE / racine).rglob("*.py"):
            for noeud in ast.walk(ast.parse(chemin.read_text())):
                modules = [a.name for a in noeud.names] if isinstance(noeud, ast.Import) else []
                if isinstance(noeud, ast.ImportFrom):
                    modules = [noeud.module or ""]
                if any(m.split(".")[0] == "weasyprint" for m in modules):
                    importeurs.append(chemin.relative_to(RACINE).as_posix())
    assert sorted(set(importeurs)) == ["socle/documents/rendu.py"]
