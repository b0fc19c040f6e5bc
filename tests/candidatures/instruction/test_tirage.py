"""The draw, kept: what it entrusts, what it leaves alone."""

import pytest

from candidatures.instruction.domaine import evaluation, tirage
from candidatures.instruction.domaine.ajustement import ajuster_tirage
from candidatures.instruction.models import Evaluation, Tirage
from socle.erreurs import ActionInterdite, ElementsManquants, ErreurMetier, TransitionImpossible
from tests.factories.candidatures import faire_appel
from tests.factories.instruction import dans, dater, deporter, faire_evaluateur, faire_recevable


@pytest.fixture
def appel(distribution):
    appel = faire_appel(distribution)
    for rang in (1, 2, 3):
        faire_recevable(distribution, appel=appel, titre=f"Dossier {rang}")
    faire_evaluateur(distribution, 1)
    faire_evaluateur(distribution, 2)
    return appel


def confies():
    return sorted(Evaluation.comptees.values_list("candidature_id", "evaluateur_id"))


def test_proposer_ne_confie_rien_garder_confie_ce_qui_est_propose(distribution, appel):
    propose = tirage.proposer_tirage(appel=appel, n=2, graine=4, par=distribution.dgaln)
    assert confies() == []
    tirage.garder_tirage(tirage=propose, par=distribution.dgaln)
    voulus = [(int(d), p) for d, lus in propose.proposition.items() for p in lus]
    assert confies() == sorted(voulus)
    charges = [p for _, p in confies()]
    assert {charges.count(p) for p in set(charges)} == {2}
    with pytest.raises(TransitionImpossible):
        tirage.garder_tirage(tirage=propose, par=distribution.dgaln)


def test_une_proposition_perimee_ne_se_garde_pas(distribution, appel):
    propose = tirage.proposer_tirage(appel=appel, n=2, graine=4, par=distribution.dgaln)
    siennes = [pk for pk, qui in propose.proposition.items() if distribution.evaluateur.pk in qui]
    deporter(distribution, appel.candidatures.get(pk=siennes[0]))
    with pytest.raises(ErreurMetier, match="tirez à nouveau"):
        tirage.garder_tirage(tirage=propose, par=distribution.dgaln)
    assert confies() == []


def test_ce_qui_est_commence_ne_change_pas_de_main(distribution, appel):
    premiere = appel.candidatures.first()
    commencee = evaluation.confier_evaluation(
        candidature=premiere, evaluateur=distribution.evaluateur, par=distribution.dgaln
    )
    Evaluation.objects.filter(pk=commencee.pk).update(modifiee_le=commencee.confiee_le)
    for graine in range(5):
        propose = tirage.proposer_tirage(appel=appel, n=1, graine=graine, par=distribution.dgaln)
        assert propose.proposition[str(premiere.pk)] == [distribution.evaluateur.pk]
        tirage.garder_tirage(tirage=propose, par=distribution.dgaln)
    assert (premiere.pk, distribution.evaluateur.pk) in confies()
    with pytest.raises(TransitionImpossible):
        tirage.remplacer_evaluateur(
            evaluation=commencee, par_qui=distribution.dgaln, par=distribution.dgaln
        )


def test_remplacer_tant_que_rien_n_est_commence(distribution, appel):
    premiere = appel.candidatures.first()
    confiee = evaluation.confier_evaluation(
        candidature=premiere, evaluateur=distribution.evaluateur, par=distribution.dgaln
    )
    autre = faire_evaluateur(distribution, 9)
    deporter(distribution, premiere, autre)
    with pytest.raises(ErreurMetier):
        tirage.remplacer_evaluateur(evaluation=confiee, par_qui=autre, par=distribution.dgaln)
    tirage.remplacer_evaluateur(
        evaluation=confiee, par_qui=distribution.dgaln, par=distribution.dgaln
    )
    assert confies() == [(premiere.pk, distribution.dgaln.pk)]


def test_seule_la_dgaln_tire_et_il_faut_des_dossiers(distribution, appel):
    with pytest.raises(ActionInterdite):
        tirage.proposer_tirage(appel=appel, n=1, graine=1, par=distribution.evaluateur)
    with pytest.raises(ElementsManquants):
        tirage.proposer_tirage(
            appel=faire_appel(distribution, "flash"), n=1, graine=1, par=distribution.dgaln
        )


def test_la_proposition_se_lit_et_se_garde(distribution, connecte, appel):
    visiteur = connecte("dgaln")
    envoi = {"n": "1", "graine": "12", "redistribuer": "on"}
    reponse = visiteur.post(f"/instruction/repartir/{appel.slug}/", envoi)
    page = visiteur.get(reponse["Location"]).content.decode()
    assert "Proposition de tirage" in page
    assert page.count("(nouveau)") == 3
    premiere = appel.candidatures.first()
    visiteur.post(f"{reponse['Location']}garder/")
    page = visiteur.get(reponse["Location"])
    assert "Tirage gardé" in page.content.decode()
    assert page.context["a_evaluer"] == sorted(c.reference for c in appel.candidatures.all())
    assert len(confies()) == 3
    dater(distribution, appel, evaluation=(-1, 9))
    tirer = visiteur.get(f"/instruction/repartir/{appel.slug}/")
    assert tirer.context["form"].initial["echeance"] == dans(9)
    # Whoever would lose a dossier not begun is named before the next draw is kept.
    suivant = visiteur.post(f"/instruction/repartir/{appel.slug}/", {"n": "1", "graine": "12"})
    page = visiteur.get(suivant["Location"]).content.decode()
    assert (page.count("(nouveau)"), page.count("(dossier retiré)")) == (0, 0)
    perdant = Evaluation.comptees.get(candidature=premiere).evaluateur
    ajuster_tirage(
        tirage=Tirage.objects.first(),
        candidature=premiere,
        lecteurs=[distribution.dgaln],
        par=distribution.dgaln,
    )
    page = visiteur.get(suivant["Location"]).content.decode()
    assert f"{perdant.nom_complet} <strong>(dossier retiré)</strong>" in page
