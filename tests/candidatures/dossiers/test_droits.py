"""Who sees what, with data that could leak."""

import pytest
from django.utils import timezone

from candidatures.dossiers import droits
from candidatures.dossiers.domaine import creation, depot
from candidatures.dossiers.models import Candidature
from socle.erreurs import ActionInterdite
from tests.factories.candidatures import faire_appel, faire_brouillon, faire_deposee, remplir

TOUS = (
    "dgaln",
    "ddt",
    "dreal",
    "collectivite",
    "equipe",
    "evaluateur",
    "ddt_autre",
    "collectivite_autre",
)


def qui_voit(distribution, candidature):
    return {
        nom
        for nom in TOUS
        if droits.visibles_par(getattr(distribution, nom)).filter(pk=candidature.pk).exists()
    }


@pytest.fixture
def voisine(distribution):
    """A deposited candidature of the strangers: it could leak in every list."""
    candidature = creation.creer(
        appel=faire_appel(distribution, titre="Ailleurs"),
        titre="Voisine",
        par=distribution.ddt_autre,
    )
    creation.inviter(
        candidature=candidature,
        organisme=distribution.collectivite_autre.organisme,
        par=distribution.ddt_autre,
    )
    remplir(candidature, distribution.ddt_autre, departement="35")
    return depot.deposer(candidature=candidature, par=distribution.ddt_autre)


def test_un_brouillon_n_est_vu_que_de_ses_porteurs(distribution, voisine):
    candidature = remplir(faire_brouillon(distribution), distribution.ddt)
    assert qui_voit(distribution, candidature) == {"ddt", "collectivite"}


def test_un_brouillon_retire_reste_invisible_a_la_dgaln(distribution):
    candidature = remplir(faire_brouillon(distribution), distribution.ddt)
    depot.retirer(candidature=candidature, par=distribution.ddt, motif="Abandon")
    assert qui_voit(distribution, candidature) == {"ddt", "collectivite"}


def test_une_deposee_est_vue_sur_son_territoire(distribution, voisine):
    candidature = faire_deposee(distribution)
    assert qui_voit(distribution, candidature) == {"dgaln", "ddt", "dreal", "collectivite"}
    assert qui_voit(distribution, voisine) == {"dgaln", "ddt_autre", "collectivite_autre"}


def test_l_evaluateur_ne_voit_que_ce_qui_lui_est_confie(distribution):
    candidature = faire_deposee(distribution)
    Candidature.objects.filter(pk=candidature.pk).update(etat="en_evaluation")
    assert "evaluateur" not in qui_voit(distribution, candidature)
    candidature.evaluations.create(
        evaluateur=distribution.evaluateur,
        confiee_le=timezone.now(),
        confiee_par=distribution.dgaln,
    )
    assert "evaluateur" in qui_voit(distribution, candidature)


def test_un_organisme_consulte_voit_le_dossier(distribution, voisine):
    voisine.consultes.add(distribution.ddt.organisme)
    assert "ddt" in qui_voit(distribution, voisine)
    assert not droits.peut_modifier(distribution.ddt, voisine)


@pytest.mark.parametrize("nom", ["dgaln", "dreal", "equipe", "ddt_autre", "collectivite_autre"])
def test_seuls_les_porteurs_ecrivent(distribution, nom):
    candidature = remplir(faire_brouillon(distribution), distribution.ddt)
    with pytest.raises(ActionInterdite):
        depot.deposer(candidature=candidature, par=getattr(distribution, nom))


@pytest.mark.parametrize("nom", ["dgaln", "equipe", "evaluateur"])
def test_seuls_etat_local_et_collectivites_candidatent(distribution, nom):
    with pytest.raises(ActionInterdite):
        creation.creer(appel=faire_appel(distribution), titre="T", par=getattr(distribution, nom))


def test_un_compte_inactif_ne_voit_rien(distribution):
    candidature = faire_deposee(distribution)
    distribution.ddt.is_active = False
    assert not droits.visibles_par(distribution.ddt).filter(pk=candidature.pk).exists()
