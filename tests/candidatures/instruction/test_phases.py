"""Phases: what each one opens, and what it refuses out of its dates."""

import pytest
from django.db import IntegrityError, transaction

from candidatures.instruction.choix import GenrePhase
from candidatures.instruction.domaine import avis, decision, evaluation, phases, recevabilite
from candidatures.instruction.models import PhaseInstruction
from socle.erreurs import ActionInterdite, MotifRequis, TransitionImpossible
from socle.interface.crispy_dsfr.templatetags.crispy_dsfr import dsfr_resume
from tests.factories.candidatures import faire_appel, faire_deposee
from tests.factories.instruction import (
    dans,
    dater,
    demander_un_avis,
    faire_en_evaluation,
    frais,
    noter,
    preparer,
)


def test_sans_phase_rien_n_est_restreint(distribution):
    appel = faire_appel(distribution)
    for genre in GenrePhase.values:
        phases.exiger_phase(appel, genre)


@pytest.mark.parametrize(
    ("debut", "fin", "ouverte"), [(-5, -1, False), (1, 5, False), (0, 0, True)]
)
def test_une_phase_ouvre_et_ferme_a_ses_dates(distribution, debut, fin, ouverte):
    appel = faire_appel(distribution)
    (phase,) = dater(distribution, appel, avis=(debut, fin))
    assert phase.est_ouverte() is ouverte
    if ouverte:
        phases.exiger_phase(appel, "avis")
    else:
        with pytest.raises(TransitionImpossible):
            phases.exiger_phase(appel, "avis")


def test_chaque_acte_a_sa_phase(distribution):
    candidature = faire_en_evaluation(distribution)
    demande = demander_un_avis(distribution, candidature)
    confiee = candidature.evaluations.get()
    preparee = preparer(distribution, candidature)
    neuve = faire_deposee(distribution, appel=candidature.appel, titre="Une autre")
    dater(distribution, candidature.appel, **dict.fromkeys(GenrePhase.values, (-9, -1)))
    with pytest.raises(TransitionImpossible, match="recevabilité est close"):
        recevabilite.declarer_recevable(candidature=neuve, par=distribution.dgaln)
    with pytest.raises(TransitionImpossible, match="avis est close"):
        avis.rendre_avis(avis=demande, sens="favorable", texte="Oui.", par=distribution.dreal)
    with pytest.raises(TransitionImpossible, match="évaluation est close"):
        evaluation.evaluer(evaluation=confiee, notes={}, revision=0, par=distribution.evaluateur)
    with pytest.raises(TransitionImpossible, match="comité est close"):
        preparer(distribution, candidature)
    with pytest.raises(TransitionImpossible, match="décision est close"):
        decision.publier_decisions(
            ids=[preparee.pk], par=distribution.dgaln, confirmes=decision.CONFIRMATIONS
        )
    assert (frais(neuve).etat, frais(candidature).etat) == ("deposee", "en_evaluation")


def test_une_phase_close_se_rouvre_avec_un_motif(distribution):
    candidature = faire_en_evaluation(distribution)
    (phase,) = dater(distribution, candidature.appel, evaluation=(-9, -1))
    with pytest.raises(MotifRequis):
        phases.rouvrir_phase(phase=phase, jusqu_au=dans(3), motif=" ", par=distribution.dgaln)
    with pytest.raises(ActionInterdite):
        phases.rouvrir_phase(phase=phase, jusqu_au=dans(3), motif="x", par=distribution.evaluateur)
    phases.rouvrir_phase(
        phase=phase,
        jusqu_au=dans(3),
        motif="Un évaluateur souffrant.",
        par=distribution.dgaln,
    )
    noter(candidature, distribution.evaluateur, (3, 3, 3))
    assert candidature.evaluations.get().depose_le is not None
    with pytest.raises(TransitionImpossible):
        phases.rouvrir_phase(phase=phase, jusqu_au=dans(9), motif="x", par=distribution.dgaln)


def test_seule_la_dgaln_date(distribution):
    appel = faire_appel(distribution)
    periode = {"avis": phases.Periode(dans(0), dans(2))}
    with pytest.raises(ActionInterdite):
        phases.dater_phases(appel=appel, periodes=periode, par=distribution.ddt)
    phases.dater_phases(appel=appel, periodes=periode, par=distribution.dgaln)
    phases.dater_phases(appel=appel, periodes={"avis": None}, par=distribution.dgaln)
    assert PhaseInstruction.objects.count() == 0


@pytest.mark.parametrize(
    "champs",
    [
        {"debut": 5, "fin": 1},
        {"genre": "avis", "aveugle": True},
        {"rouverte_jusqu_au": 9},
        {"genre": "inconnue"},
    ],
)
def test_la_base_refuse_une_phase_incoherente(distribution, champs):
    valeurs = {"genre": "evaluation", "debut": 0, "fin": 3, "aveugle": False} | champs
    jours = ("debut", "fin", "rouverte_jusqu_au")
    valeurs |= {nom: dans(valeurs[nom]) for nom in jours if nom in valeurs}
    with pytest.raises(IntegrityError), transaction.atomic():
        PhaseInstruction.objects.create(appel=faire_appel(distribution), **valeurs)


def test_l_editeur_et_la_ligne_des_phases(distribution, connecte):
    candidature = faire_en_evaluation(distribution)
    visiteur = connecte("dgaln")
    adresse = f"/instruction/phases/{candidature.appel.slug}/"
    donnees = {"debut_evaluation": dans(-1), "fin_evaluation": dans(9), "aveugle": ""}
    assert visiteur.post(adresse, donnees).status_code == 302
    assert PhaseInstruction.objects.get().genre == "evaluation"
    refus = visiteur.post(adresse, {"fin_avis": dans(9), "aveugle": "on"})
    lignes = [(li["champ"], li["phrase"]) for li in dsfr_resume(refus.context["form"])]
    assert lignes == [
        ("Avis, du", "Donnez les deux dates, ou aucune."),
        ("Évaluation à l’aveugle", "Datez d’abord l’évaluation."),
    ]
    assert "Rien n’est encore enregistré : la lecture n’est pas à l’aveugle." in " ".join(
        refus.content.decode().split()
    )
    for page in (
        f"/instruction/?appel={candidature.appel.slug}",
        f"/candidatures/{candidature.reference}/instruction/",
    ):
        assert "Phases de l’instruction" in visiteur.get(page).content.decode()
