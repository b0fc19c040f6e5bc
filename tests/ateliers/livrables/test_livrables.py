"""Livrables in versions, comptes rendus."""

import pytest

from ateliers.carnet.domaine.lecture import carnet
from ateliers.livrables.domaine import comptes_rendus, livrables
from ateliers.livrables.models import Livrable
from socle.erreurs import ActionInterdite, ErreurMetier, MotifRequis, TransitionImpossible
from tests.factories import participants as poses
from tests.factories.candidatures import PDF

pytestmark = pytest.mark.django_db


def faire_livrable(distribution, **champs):
    atelier = poses.faire_atelier(distribution)
    return Livrable.objects.create(atelier=atelier, cle="rapport", titre="Rapport", **champs)


def deposer(distribution, livrable):
    return livrables.deposer(
        livrable=livrable, nom="rapport.pdf", octets=PDF, par=distribution.equipe
    )


def test_refus_reprise_acceptation(distribution):
    livrable = faire_livrable(distribution)
    deposer(distribution, livrable)
    with pytest.raises(MotifRequis):
        livrables.refuser(livrable=livrable, par=distribution.ddt, motif="")
    livrables.refuser(livrable=livrable, par=distribution.ddt, motif="Il manque une carte.")
    deposer(distribution, livrable)
    livrables.accepter(livrable=livrable, par=distribution.ddt)
    versions = livrable.versions.values_list("numero", "motif_refus")
    assert list(versions) == [(2, ""), (1, "Il manque une carte.")]
    with pytest.raises(TransitionImpossible):
        deposer(distribution, livrable)


def test_un_faux_pdf_est_refuse(distribution):
    with pytest.raises(ErreurMetier):
        livrables.deposer(
            livrable=faire_livrable(distribution),
            nom="rapport.pdf",
            octets=b"MZ\x90\x00 executable",
            par=distribution.equipe,
        )


def test_l_equipe_n_accepte_pas_son_livrable(distribution):
    livrable = faire_livrable(distribution)
    deposer(distribution, livrable)
    with pytest.raises(ActionInterdite):
        livrables.accepter(livrable=livrable, par=distribution.equipe)


def test_un_atelier_clos_ne_recoit_plus_de_livrable(distribution):
    livrable = faire_livrable(distribution)
    type(livrable.atelier).objects.filter(pk=livrable.atelier_id).update(etat="clos")
    livrable = Livrable.objects.get(pk=livrable.pk)
    with pytest.raises(TransitionImpossible):
        deposer(distribution, livrable)


def test_le_carnet_ne_lit_que_les_comptes_rendus_publies(distribution):
    seance = poses.faire_seance(distribution, etat="tenue")
    comptes_rendus.enregistrer(
        seance=seance, texte="Dit.", decisions="Fait.", revision=0, par=distribution.equipe
    )
    assert [entree.texte for entree in carnet(seance.atelier)] == [""]
    comptes_rendus.publier(seance=seance, par=distribution.ddt)
    assert [entree.texte for entree in carnet(seance.atelier)] == ["Dit."]
