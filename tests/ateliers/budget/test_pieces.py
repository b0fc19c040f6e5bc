"""Draft, signed, notified: then neither the product nor SQL changes a byte of it."""

import hashlib
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from ateliers.budget.domaine import execution, pieces
from ateliers.budget.models import PieceContrat
from ateliers.cadrage.domaine import contrat as verbes_contrat
from ateliers.cadrage.models import Contrat
from socle.comptes.models import Organisme
from socle.documents.domaine import geler, visible_par
from socle.erreurs import ActionInterdite, ErreurMetier, TransitionImpossible
from tests.factories import participants as poses
from tests.factories.candidatures import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def marche(distribution):
    return Contrat.objects.create(
        atelier=poses.faire_atelier(distribution),
        nature="marche",
        numero="2026-17",
        titulaire=distribution.equipe.organisme,
        montant_ht=100_000,
        notifie_le=timezone.localdate() - timedelta(days=30),
    )


def joindre(distribution, marche, genre="acte", rang=0, **plus):
    valeurs = {"nom": "acte.pdf", "octets": PDF, "signee_le": timezone.localdate()}
    return pieces.joindre_signee(
        contrat=marche, genre=genre, rang=rang, par=distribution.ddt, **valeurs | plus
    )


def test_une_piece_notifiee_est_scellee(distribution, marche):
    piece = joindre(distribution, marche)
    assert piece.sha256 == hashlib.sha256(PDF).hexdigest()
    remplacee = joindre(distribution, marche, octets=PDF + b"% autre")
    assert (remplacee.pk, remplacee.sha256 == piece.sha256) == (piece.pk, False)
    hier = timezone.localdate() - timedelta(days=1)
    with pytest.raises(ErreurMetier, match="suit la signature"):
        pieces.notifier(piece=remplacee, par=distribution.ddt, notifiee_le=hier)
    notifiee = pieces.notifier(
        piece=remplacee, par=distribution.ddt, notifiee_le=timezone.localdate()
    )
    assert notifiee.etat == "notifiee"
    with pytest.raises(TransitionImpossible):
        joindre(distribution, marche)
    lignes = PieceContrat.objects.filter(pk=piece.pk)
    for geste in (lambda: lignes.update(sha256="0" * 64), lambda: lignes.delete()):
        with pytest.raises(DatabaseError, match="notifiée"), transaction.atomic():
            geste()
    with pytest.raises(ActionInterdite):
        pieces.joindre_signee(
            contrat=marche,
            genre="acte",
            rang=0,
            par=distribution.dreal,
            nom="a.pdf",
            octets=PDF,
            signee_le=timezone.localdate(),
        )


def test_le_projet_d_avenant_et_d_ordre_dit_ce_qui_est_enregistre(distribution, marche):
    verbes_contrat.signer_avenant(
        contrat=marche,
        par=distribution.ddt,
        objet="Une séance de plus",
        signe_le=timezone.localdate(),
        montant_ht=5000,
    )
    jour = timezone.localdate()
    execution.emettre_ordre(
        contrat=marche, par=distribution.ddt, objet="Démarrage", effet_le=jour, emis_le=jour
    )
    Organisme.objects.filter(pk=distribution.ddt.organisme_id).update(telephone="+33322000001")
    for genre, objet in (("avenant", "Une séance de plus"), ("ordre", "Démarrage")):
        document = pieces.preparer_projet(contrat=marche, genre=genre, rang=1, par=distribution.ddt)
        piece = PieceContrat.objects.get(genre=genre)
        contexte, _ = geler(document.cle, piece)
        assert (contexte["objet"], len(contexte["lignes"]), piece.etat) == (objet, 3, "projet")
        assert contexte["telephone_service"] == "03\u00a022\u00a000\u00a000\u00a001"
        noms = ("dgaln", "ddt", "collectivite", "equipe", "ddt_autre")
        lecteurs = [visible_par(getattr(distribution, nom), document) for nom in noms]
        assert lecteurs == [True, True, False, False, False]
    for genre, rang in (("avenant", 2), ("ordre", 9), ("autre", 0)):
        with pytest.raises(ErreurMetier, match="ne figure pas au contrat"):
            joindre(distribution, marche, genre, rang)
    acte = pieces.preparer_projet(contrat=marche, genre="acte", rang=0, par=distribution.ddt)
    assert acte.contexte["lignes"][1:] == [
        "Montant : 100\u202f000\u00a0€\u00a0HT",
        "TVA à 20\u00a0% : 20\u202f000\u00a0€",
        "Montant toutes taxes comprises : 120\u202f000\u00a0€\u00a0TTC",
    ]


def test_la_page_montre_les_pieces_attendues(distribution, connecte, marche):
    joindre(distribution, marche)
    page = connecte("ddt").get(reverse("ateliers:budget", args=[marche.atelier.slug])).text
    assert (page.count("Acte d’engagement"), hashlib.sha256(PDF).hexdigest() in page) == (3, True)
    Contrat.objects.filter(pk=marche.pk).update(nature="bon_de_commande")
    commande = PieceContrat.objects.select_related("contrat").get()
    page = connecte("ddt").get(reverse("ateliers:budget", args=[marche.atelier.slug])).text
    assert (page.count("Acte d’engagement"), str(commande)) == (0, "Bon de commande")
    assert geler("piece_contrat", commande)[0]["cloture"].startswith("Les prestations sont command")
