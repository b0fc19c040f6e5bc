"""A kept query gives the rights of the real account, whatever the account."""

import pytest

from ateliers.parcours.droits import visibles_par as ateliers_visibles
from candidatures.dossiers.droits import visibles_par
from candidatures.instruction.domaine import lecture
from socle.comptes import ayant_droit
from socle.comptes.choix import NatureOrganisme
from socle.comptes.models import Organisme
from tests.factories.ateliers import faire_atelier
from tests.factories.candidatures import faire_brouillon, faire_deposee
from tests.factories.instruction import faire_en_evaluation

pytestmark = pytest.mark.django_db


def _cles(lignes):
    return sorted(lignes.values_list("pk", flat=True))


def test_chacun_voit_ce_que_son_compte_voit(distribution):
    faire_atelier(distribution)
    faire_brouillon(distribution)
    faire_deposee(distribution)
    faire_en_evaluation(distribution)
    vues = {}
    for nom in distribution.noms:
        compte = getattr(distribution, nom)
        lu = ayant_droit.relire(*ayant_droit.forme(compte), **ayant_droit.valeurs(compte))
        for droit in (visibles_par, lecture.lisibles_par, ateliers_visibles):
            assert _cles(droit(lu)) == _cles(droit(compte)), (nom, droit)
        vues[nom] = len(_cles(visibles_par(compte)))
    assert len(set(vues.values())) > 1, "tous voient autant : l’essai ne distingue rien"


def test_ce_qui_change_l_ecriture_est_dans_la_forme(distribution):
    sans = distribution.collectivite
    sans.organisme = None
    assert ayant_droit.forme(sans) == (sans.role, "", False)
    assert ayant_droit.forme(distribution.dreal) == ("service_etat", NatureOrganisme.DREAL, True)
    relu = ayant_droit.relire(*ayant_droit.forme(distribution.dreal), personne=7, organisme=9)
    assert relu.organisme == Organisme(pk=9)
    assert (relu.pk, relu.organisme_id, relu.organisme.nature) == (7, 9, NatureOrganisme.DREAL)
