"""Sign in, the mailbox, and a document whose page follows its making."""

import pytest

from socle.courriels.choix import EtatCourriel
from socle.courriels.models import Courriel
from socle.documents import domaine, fabrication
from socle.documents.choix import EtatDocument
from socle.documents.models import Document
from socle.documents.tasks import produire
from tests.socle.documents import essai

pytestmark = pytest.mark.e2e


def test_choisir_un_role_puis_se_deconnecter(visiteur):
    personne = visiteur()
    page = personne.aller("/connexion/")
    assert personne.violations() == []
    page.get_by_role("button", name="Nadia Lefebvre").click()
    page.wait_for_url("**/tableau-de-bord/")
    page.get_by_role("button", name="Se déconnecter").first.click()
    page.wait_for_url(lambda adresse: adresse.endswith("/"))
    assert page.get_by_role("link", name="Se connecter").first.is_visible()


def test_relire_et_envoyer_un_courriel(visiteur, distribution):
    courriel = Courriel.objects.create(
        cle="essai",
        destinataire="maire@doullens.example",
        sujet="Votre candidature",
        corps="Madame la maire,\n\nVotre candidature est recevable.",
        etat=EtatCourriel.RETENU,
        depose_par=distribution.ddt,
    )
    personne = visiteur("ddt@demo.example")
    page = personne.aller("/courriels/")
    assert personne.violations() == []
    page.get_by_role("link", name="Votre candidature").click()
    assert personne.violations() == []
    page.get_by_role("button", name="Envoyer", exact=True).click()
    page.get_by_text("Envoyé le").wait_for()
    courriel.refresh_from_db()
    assert courriel.etat == EtatCourriel.ENVOYE


def test_la_page_suit_la_fabrication(visiteur, distribution, monkeypatch):
    monkeypatch.setattr(produire, "delay", lambda identifiant: None)
    document = domaine.demander(essai.FICHE, objet=distribution.collectivite.organisme)
    personne = visiteur("collectivite@demo.example")
    page = personne.aller(document.get_absolute_url())
    page.get_by_text("en attente de son tour").wait_for()
    assert personne.violations() == []
    Document.objects.filter(pk=document.pk).update(
        etat=EtatDocument.EN_COURS, progression=40, etape="Mise en page"
    )
    page.get_by_text("Mise en page").wait_for()
    assert page.locator("progress").get_attribute("value") == "40"
    fabrication.fabriquer(str(document.pk))
    lien = page.get_by_role("link", name="Télécharger")
    lien.wait_for()
    assert personne.violations() == []
    with page.expect_download() as attendu:
        lien.click()
    assert attendu.value.suggested_filename == f"fiche-{document.objet_id}.pdf"
