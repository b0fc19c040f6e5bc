"""From the request to the download: frozen, made once, failed aloud, guarded."""

import hashlib

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.urls import reverse
from pydantic import BaseModel

from socle.comptes.models import Organisme
from socle.documents import declaration, domaine, fabrication
from socle.documents.choix import EtatDocument
from socle.documents.models import Document
from socle.documents.tasks import produire, reprendre_en_souffrance
from socle.erreurs import ActionInterdite, TransitionImpossible
from socle.journal.domaine import historique
from tests.socle.documents import essai


@pytest.fixture
def organisme(distribution):
    return distribution.collectivite.organisme


@pytest.fixture
def sans_worker(monkeypatch):
    """Keep the tasks that were sent instead of running them."""
    envoyees = []
    monkeypatch.setattr(produire, "delay", envoyees.append)
    return envoyees


def test_demander_gele_puis_fabrique(distribution, organisme):
    document = domaine.demander(essai.FICHE, objet=organisme, par=distribution.collectivite)
    document.refresh_from_db()
    with document.fichier.open() as fichier:
        pdf = fichier.read()
    assert document.etat == EtatDocument.PRET
    assert document.contexte == {"nom": organisme.nom}
    assert (document.taille, document.pages, document.progression) == (len(pdf), 2, 100)
    assert document.fichier_sha256 == hashlib.sha256(pdf).hexdigest()
    assert domaine.dernier(essai.FICHE, organisme) == document


def test_meme_contenu_meme_document(organisme, sans_worker):
    premier = domaine.demander(essai.FICHE, objet=organisme)
    second = domaine.demander(essai.FICHE, objet=organisme)
    organisme.nom = "Un autre nom"
    troisieme = domaine.demander(essai.FICHE, objet=organisme)
    assert second == premier
    assert troisieme != premier
    assert sans_worker == [str(premier.pk), str(troisieme.pk)]
    assert domaine.dernier(essai.FICHE, organisme) == troisieme


def test_produire_deux_fois_ne_change_rien(organisme):
    document = domaine.demander(essai.FICHE, objet=organisme)
    avant = Document.objects.filter(pk=document.pk).values().get()
    produire(str(document.pk))
    assert Document.objects.filter(pk=document.pk).values().get() == avant


def test_le_meme_contenu_gele_redonne_le_meme_fichier(organisme):
    document = domaine.demander(essai.FICHE, objet=organisme)
    document.refresh_from_db()
    pdf, _pages = fabrication._rendre(document)
    assert hashlib.sha256(pdf).hexdigest() == document.fichier_sha256


def test_une_ressource_absente_fait_echouer_avec_sa_raison(distribution, organisme):
    document = domaine.demander(essai.CASSEE, objet=organisme, par=distribution.collectivite)
    document.refresh_from_db()
    assert document.etat == EtatDocument.ECHEC
    assert document.erreur == (
        "fichier « documents/absente.css » introuvable dans les fichiers statiques"
    )


def test_relancer_apres_un_echec(distribution, organisme, sans_worker):
    document = domaine.demander(essai.CASSEE, objet=organisme)
    fabrication.fabriquer(str(document.pk))
    relance = domaine.relancer(document, par=distribution.collectivite)
    assert (relance.etat, relance.erreur, relance.progression) == (EtatDocument.DEMANDE, "", 0)
    assert sans_worker == [str(document.pk)] * 2
    assert [entree.action for entree, _ in historique(document)] == ["document.relance"]


def test_redemander_relance_ce_qui_avait_echoue(organisme, sans_worker):
    document = domaine.demander(essai.CASSEE, objet=organisme)
    fabrication.fabriquer(str(document.pk))
    assert domaine.demander(essai.CASSEE, objet=organisme).etat == EtatDocument.DEMANDE


def test_relancer_est_refuse_a_un_etranger_et_a_ce_qui_est_pret(distribution, organisme):
    document = domaine.demander(essai.FICHE, objet=organisme)
    with pytest.raises(ActionInterdite):
        domaine.relancer(document, par=distribution.collectivite_autre)
    with pytest.raises(TransitionImpossible):
        domaine.relancer(document, par=distribution.collectivite)


def test_un_autre_worker_y_travaille_deja(organisme, sans_worker, monkeypatch):
    from contextlib import contextmanager

    document = domaine.demander(essai.FICHE, objet=organisme)

    @contextmanager
    def deja_pris(_identifiant):
        yield False

    monkeypatch.setattr(fabrication, "_seul", deja_pris)
    fabrication.fabriquer(str(document.pk))
    document.refresh_from_db()
    assert document.etat == EtatDocument.DEMANDE


def test_un_worker_mort_est_remplace(organisme, sans_worker):
    document = domaine.demander(essai.FICHE, objet=organisme)
    Document.objects.filter(pk=document.pk).update(etat=EtatDocument.EN_COURS)
    fabrication.fabriquer(str(document.pk))
    document.refresh_from_db()
    assert document.etat == EtatDocument.PRET


def test_ce_qui_traine_est_remis_en_file(organisme, sans_worker):
    from datetime import timedelta

    document = domaine.demander(essai.FICHE, objet=organisme)
    reprendre_en_souffrance()
    assert sans_worker == [str(document.pk)]
    Document.objects.update(en_file_depuis=document.en_file_depuis - timedelta(hours=1))
    reprendre_en_souffrance()
    assert sans_worker == [str(document.pk)] * 2


def test_le_contexte_doit_etre_fige_et_du_bon_modele(organisme, monkeypatch):
    class Mouvant(BaseModel):
        nom: str

    fiche = declaration.declaration(essai.FICHE)
    with pytest.raises(ValueError, match="deux fois"):
        declaration.declarer(fiche)
    from dataclasses import replace

    with pytest.raises(ValueError, match="figé"):
        declaration.declarer(replace(fiche, cle="essai_mouvant", modele=Mouvant))
    autre = replace(fiche, cle="essai_autre", contexte=lambda objet: Mouvant(nom=objet.nom))
    monkeypatch.setitem(declaration._DECLARATIONS, "essai_autre", autre)
    with pytest.raises(TypeError, match="ContexteEssai attendu"):
        domaine.demander("essai_autre", objet=organisme)


def test_page_sans_javascript_puis_fragment_htmx(connecte, organisme, sans_worker):
    document = domaine.demander(essai.FICHE, objet=organisme)
    adresse = reverse("documents:etat", args=[document.pk])
    visiteur = connecte("collectivite")
    page = visiteur.get(adresse)
    fragment = visiteur.get(adresse, headers={"HX-Request": "true"})
    assert [m.name for m in page.templates][0] == "documents/etat.html"
    assert [m.name for m in fragment.templates] == ["composants/document.html"]
    assert 'hx-trigger="every 1s"' in fragment.content.decode()
    fabrication.fabriquer(str(document.pk))
    fragment = visiteur.get(adresse, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in fragment
    assert reverse("documents:telecharger", args=[document.pk]) in fragment


def test_telecharger(connecte, organisme):
    document = domaine.demander(essai.FICHE, objet=organisme)
    adresse = reverse("documents:telecharger", args=[document.pk])
    reponse = connecte("collectivite").get(adresse)
    assert reponse["Content-Disposition"] == f'attachment; filename="fiche-{organisme.pk}.pdf"'
    assert hashlib.sha256(reponse.getvalue()).hexdigest() == (
        Document.objects.get(pk=document.pk).fichier_sha256
    )
    assert connecte("collectivite_autre").get(adresse).status_code == 404


def test_telecharger_trop_tot_renvoie_a_la_page(connecte, organisme, sans_worker):
    document = domaine.demander(essai.FICHE, objet=organisme)
    reponse = connecte("collectivite").get(reverse("documents:telecharger", args=[document.pk]))
    assert (reponse.status_code, reponse["Location"]) == (302, document.get_absolute_url())


def test_l_objet_disparu_rend_le_document_introuvable(connecte, distribution, sans_worker):
    organisme = Organisme.objects.create(nom="Éphémère", nature="autre")
    document = domaine.demander(essai.FICHE, objet=organisme)
    organisme.delete()
    assert connecte("dgaln").get(document.get_absolute_url()).status_code == 404


def test_la_raison_d_un_echec_se_lit_sur_la_page(connecte, organisme):
    document = domaine.demander(essai.CASSEE, objet=organisme)
    page = connecte("collectivite").get(document.get_absolute_url()).content.decode()
    assert "fichier «\u00a0documents/absente.css\u00a0» introuvable" in page
    assert reverse("documents:relancer", args=[document.pk]) in page


@pytest.mark.parametrize(
    ("erreur", "raison"),
    [
        (SoftTimeLimitExceeded(), "la fabrication a pris trop de temps"),
        (OSError("disque plein"), "erreur inattendue (OSError : disque plein)"),
    ],
)
def test_toute_panne_devient_une_raison(organisme, sans_worker, monkeypatch, erreur, raison):
    def tomber(_document):
        raise erreur

    document = domaine.demander(essai.FICHE, objet=organisme)
    monkeypatch.setattr(fabrication, "_rendre", tomber)
    fabrication.fabriquer(str(document.pk))
    document.refresh_from_db()
    assert (document.etat, document.erreur) == (EtatDocument.ECHEC, raison)


def test_un_contenu_gele_d_un_ancien_modele_echoue_proprement(organisme, sans_worker):
    document = domaine.demander(essai.FICHE, objet=organisme)
    Document.objects.filter(pk=document.pk).update(contexte={"ancien": 1})
    fabrication.fabriquer(str(document.pk))
    document.refresh_from_db()
    assert document.erreur == "le contenu gelé ne correspond plus au modèle du document"
