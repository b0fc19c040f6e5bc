"""The three journeys, from the candidature to the PDF in the collectivité's hands."""

import io

import pikepdf
import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.e2e.parcours import Parcours
from tests.factories.candidatures import faire_appel

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def parcours(visiteur, distribution):
    return lambda dispositif: Parcours(
        visiteur, distribution, faire_appel(distribution, dispositif)
    )


def verifier_le_pdf(octets, *phrases):
    with pikepdf.open(io.BytesIO(octets)) as pdf:
        assert str(pdf.Root.Lang) == "fr"
        assert bool(pdf.Root.MarkInfo.Marked) is True
        assert "/StructTreeRoot" in pdf.Root
    texte = " ".join(
        "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(octets)).pages).split()
    )
    assert [p for p in phrases if p not in texte] == []


def verifier_que_les_etrangers_ne_voient_rien(p, visiteur, distribution):
    """Before the publication, two strangers find no trace of the atelier’s work."""
    for nom in ("ddt_autre", "collectivite_autre"):
        page = visiteur(getattr(distribution, nom).email).page
        for adresse in (
            reverse("candidatures:dossier", args=[p.candidature.reference]),
            reverse("ateliers:espace", args=[p.slug]),
            reverse("restitution:feuille", args=[p.slug]),
        ):
            assert page.goto(p.ddt.visiteur.racine + adresse).status == 404


def test_flash(parcours, visiteur, distribution):
    p = parcours("flash")
    p.ecrire_la_candidature("Halle Sueur, flash", ["doullens"])
    p.deposer()
    p.instruire_et_retenir()
    p.ouvrir_l_atelier()
    p.cadrer(nature="bon_de_commande")
    seance = p.tenir("atelier", 1, il_y_a=20)
    p.recueillir(seance, "Garder la cheminée de la cour")
    p.ecrire_la_feuille("Ouvrir la cour aux habitants")
    p.tenir("restitution", il_y_a=3)
    verifier_que_les_etrangers_ne_voient_rien(p, visiteur, distribution)
    p.engager()
    octets = p.telecharger_le_pdf()
    verifier_le_pdf(octets, "Ouvrir la cour aux habitants", "Jeanne Vidal", "Halle Sueur, flash")
    for chemin in ("/ateliers/", "/feuilles-de-route/"):
        p.ddt.ouvrir(chemin)


def test_local(parcours):
    _trois_ateliers(parcours("local"), "Bourg et bocage, local", nature="marche_subsequent")


def test_national(parcours):
    _trois_ateliers(parcours("national"), "Sols vivants, national", nature="marche")


def _trois_ateliers(p, titre, *, nature):
    p.ecrire_la_candidature(titre, ["doullens"])
    p.deposer()
    p.instruire_et_retenir()
    p.ouvrir_l_atelier()
    p.cadrer(nature=nature)
    p.tenir("atelier", 1, il_y_a=120)
    p.tenir("inter_atelier", 1, il_y_a=100)
    p.tenir("atelier", 2, il_y_a=80)
    p.designer_un_site("L’ancienne gendarmerie")
    p.tenir("atelier", 3, il_y_a=40)
    p.ecrire_la_feuille("Réhabiliter l’îlot")
    p.tenir("restitution", il_y_a=3)
    p.engager()
    verifier_le_pdf(p.telecharger_le_pdf(), "Réhabiliter l’îlot", titre)
