"""What a mayor takes away: the text, and the structure that a screen reader needs."""

import io
import re

import pikepdf
import pypdf
import pytest

from restitution.engagement.contexte import lire_feuille
from socle.documents.domaine import demander, dernier
from tests.factories import restitution as fabrique


def figures(arbre):
    """Alternative text of every Figure of the structure tree."""
    trouvees, pile = [], [arbre]
    while pile:
        noeud = pile.pop()
        if isinstance(noeud, pikepdf.Array):
            pile.extend(noeud)
        elif isinstance(noeud, pikepdf.Dictionary):
            if noeud.get("/S") == "/Figure":
                trouvees.append(str(noeud.get("/Alt", "")))
            if "/K" in noeud:
                pile.append(noeud["/K"])
    return trouvees


def genres(arbre):
    trouves, pile = set(), [arbre]
    while pile:
        noeud = pile.pop()
        if isinstance(noeud, pikepdf.Array):
            pile.extend(noeud)
        elif isinstance(noeud, pikepdf.Dictionary):
            trouves.add(str(noeud.get("/S", "")))
            if "/K" in noeud:
                pile.append(noeud["/K"])
    return trouves


def lire(document):
    with document.fichier.open("rb") as fichier:
        return fichier.read()


@pytest.fixture
def pdf(distribution):
    feuille = fabrique.publiee(distribution, nb_actions=3)
    document = dernier("feuille_de_route", feuille)
    assert (document.etat, document.erreur) == ("pret", "")
    return feuille, document, lire(document)


def test_texte_et_structure(pdf):
    feuille, document, octets = pdf
    with pikepdf.open(io.BytesIO(octets)) as fichier:
        racine = fichier.Root
        assert str(racine.Lang) == "fr"
        assert bool(racine.MarkInfo.Marked)
        assert str(fichier.docinfo["/Title"]) == f"Feuille de route — {feuille.atelier.nom}"
        assert bool(racine.ViewerPreferences.DisplayDocTitle)
        alternatives = figures(racine.StructTreeRoot)
        assert len(alternatives) == 2
        assert all(alternatives)
        assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Figure"} <= genres(
            racine.StructTreeRoot
        )
        with fichier.open_metadata() as meta:
            assert meta.get("pdfuaid:part") == "1"
    pages = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(octets)).pages]
    assert len(pages) == document.pages == 7
    assert feuille.atelier.nom in " ".join(pages[0].split())
    assert "Signataire elu" in pages[0]
    assert "Sommaire" in pages[1]
    # Two action sheets fill a page; the engagements follow the last sheet when they fit.
    for titre, numero in {
        "Le territoire et sa démarche": 3,
        "La vision partagée": 3,
        "La feuille de route en une page": 4,
        "Action 1": 5,
        "Action 2": 5,
        "Action 3": 5,
        "Les engagements et les signataires": 6,
        "D’où viennent les actions": 7,
    }.items():
        assert titre in pages[numero - 1]
        assert re.search(rf"{re.escape(titre)}[ .]*{numero}\b", " ".join(pages[1].split()))


def test_le_meme_contenu_donne_le_meme_document(distribution):
    feuille = fabrique.officialisee(distribution)
    premier = dernier("feuille_de_route", feuille)
    assert demander("feuille_de_route", objet=feuille, par=distribution.ddt).pk == premier.pk


def test_la_page_et_le_pdf_disent_la_meme_chose(client, pdf):
    feuille, _document, octets = pdf
    page = client.get(f"/feuilles-de-route/{feuille.atelier.slug}/").content.decode()
    texte = " ".join(
        " ".join(p.extract_text().split()) for p in pypdf.PdfReader(io.BytesIO(octets)).pages
    )
    lecture = lire_feuille(feuille)
    for phrase in [*lecture.vision, *(a.titre for a in lecture.actions), "Signataire etat"]:
        assert phrase in page
        assert phrase in texte


def test_adresse_stable_du_pdf(client, pdf):
    feuille, document, octets = pdf
    reponse = client.get(f"/feuilles-de-route/{feuille.atelier.slug}/pdf/", follow=True)
    assert reponse["Content-Type"] == "application/pdf"
    assert reponse.getvalue() == octets


def test_un_brouillon_reste_entre_soi(client, connecte, distribution):
    feuille = fabrique.redigee(distribution)
    document = demander("feuille_de_route", objet=feuille, par=distribution.equipe)
    document.refresh_from_db()
    adresse = f"/documents/{document.pk}/fichier/"
    assert client.get(adresse).status_code == 302
    assert connecte("collectivite_autre").get(adresse).status_code == 404
    reponse = connecte("collectivite").get(adresse)
    assert (reponse.status_code, reponse["Content-Type"]) == (200, "application/pdf")
    assert reponse.getvalue() == lire(document)


def test_la_publication_relie_les_carnets(distribution):
    feuille = fabrique.officialisee(distribution)
    ateliers = [feuille.atelier, fabrique.creer_atelier(distribution)]
    publication = fabrique.publication(distribution, ateliers=ateliers, publier=True)
    document = dernier("publication", publication)
    assert (document.etat, document.erreur) == ("pret", "")
    pages = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(lire(document))).pages]
    texte = " ".join(" ".join(pages).split())
    for phrase in [*(a.nom for a in ateliers), "Commencer petit", "Quatre territoires", "Action 1"]:
        assert phrase in texte
