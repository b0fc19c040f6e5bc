"""Each verb of the instruction: what it does, and what it refuses."""

import pytest
from django.db import IntegrityError, transaction

from candidatures.dispositifs.models import Dispositif
from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.domaine import depot
from candidatures.instruction.choix import SensDecision
from candidatures.instruction.documents import LETTRE
from candidatures.instruction.domaine import avis, decision, evaluation, recevabilite, reprise
from candidatures.instruction.domaine.requetes import decisions_a_publier, demande_ouverte
from candidatures.instruction.models import Decision, Evaluation, NoteCritere
from socle.courriels.models import Courriel
from socle.documents.models import Document
from socle.erreurs import (
    ActionInterdite,
    ConflitDeVersion,
    ElementsManquants,
    ErreurMetier,
    MotifRequis,
    TransitionImpossible,
)
from tests.factories.candidatures import faire_appel, faire_deposee
from tests.factories.instruction import (
    MOTIF,
    dans,
    decider,
    demander_un_avis,
    faire_a_completer,
    faire_en_evaluation,
    faire_evaluateur,
    faire_recevable,
    frais,
    noter,
    preparer,
)

NON_DGALN = ("ddt", "dreal", "collectivite", "equipe", "evaluateur", "ddt_autre")


@pytest.mark.parametrize("nom", NON_DGALN)
def test_seule_la_dgaln_instruit(distribution, nom):
    candidature = faire_deposee(distribution)
    par = getattr(distribution, nom)
    for verbe in (recevabilite.declarer_recevable, recevabilite.mettre_en_evaluation):
        with pytest.raises(ActionInterdite):
            verbe(candidature=candidature, par=par)
    with pytest.raises(ActionInterdite):
        decision.publier_decisions(ids=[1], par=par, confirmes=decision.CONFIRMATIONS)


def test_irrecevable_demande_un_motif(distribution):
    candidature = faire_deposee(distribution)
    with pytest.raises(MotifRequis):
        recevabilite.declarer_irrecevable(
            candidature=candidature, par=distribution.dgaln, motif=" "
        )
    recevabilite.declarer_irrecevable(
        candidature=candidature, par=distribution.dgaln, motif="Hors du champ de la démarche."
    )
    assert frais(candidature).etat == E.IRRECEVABLE


def test_les_complements_vont_aux_porteurs_et_reviennent(distribution):
    demande = faire_a_completer(distribution)
    candidature = frais(demande.candidature)
    assert candidature.etat == E.A_COMPLETER
    assert demande_ouverte(candidature) == demande
    recus = Courriel.objects.filter(cle="instruction_complements")
    assert {c.destinataire for c in recus} == {
        distribution.ddt.email,
        distribution.collectivite.email,
    }
    recevabilite.repondre_complements(
        candidature=candidature, reponse="Communes précisées.", par=distribution.collectivite
    )
    demande.refresh_from_db()
    assert frais(candidature).etat == E.DEPOSEE
    assert (demande.reponse, demande.repondue_par) == (
        "Communes précisées.",
        distribution.collectivite,
    )


def test_une_demande_a_une_echeance_a_venir_et_un_contenu(distribution):
    candidature = faire_deposee(distribution)
    with pytest.raises(ElementsManquants) as refus:
        recevabilite.demander_complements(
            candidature=candidature,
            motif="À préciser",
            echeance=dans(0),
            attendus=[],
            par=distribution.dgaln,
        )
    assert len(refus.value.manques) == 2
    assert frais(candidature).etat == E.DEPOSEE


def test_un_etranger_ne_repond_pas_aux_complements(distribution):
    demande = faire_a_completer(distribution)
    with pytest.raises(ActionInterdite):
        recevabilite.repondre_complements(
            candidature=demande.candidature, reponse="x", par=distribution.collectivite_autre
        )


def test_pas_d_evaluation_sans_evaluateur(distribution):
    candidature = faire_recevable(distribution)
    with pytest.raises(ElementsManquants):
        recevabilite.mettre_en_evaluation(candidature=candidature, par=distribution.dgaln)


def test_un_porteur_n_evalue_pas_son_dossier(distribution):
    candidature = faire_recevable(distribution)
    distribution.evaluateur.organisme = distribution.collectivite.organisme
    with pytest.raises(ErreurMetier):
        evaluation.confier_evaluation(
            candidature=candidature, evaluateur=distribution.evaluateur, par=distribution.dgaln
        )


def test_confier_deux_fois_reste_une_evaluation(distribution):
    candidature = faire_en_evaluation(distribution)
    evaluation.confier_evaluation(
        candidature=candidature, evaluateur=distribution.evaluateur, par=distribution.dgaln
    )
    assert candidature.evaluations.count() == 1


def test_une_evaluation_incomplete_ne_se_depose_pas(distribution):
    candidature = faire_en_evaluation(distribution)
    with pytest.raises(ElementsManquants) as refus:
        noter(candidature, distribution.evaluateur, (4, None, None))
    assert len(refus.value.manques) == 2


def test_une_evaluation_deposee_ne_change_plus(distribution):
    candidature = faire_en_evaluation(distribution)
    deposee = noter(candidature, distribution.evaluateur, (4, 3, 5))
    with pytest.raises(TransitionImpossible):
        evaluation.evaluer(
            evaluation=deposee, notes={}, revision=deposee.revision, par=distribution.evaluateur
        )
    with pytest.raises(TransitionImpossible):
        evaluation.reprendre_evaluation(evaluation=deposee, par=distribution.dgaln)


def test_deux_onglets_de_l_evaluateur_ne_s_ecrasent_pas(distribution):
    candidature = faire_en_evaluation(distribution)
    noter(candidature, distribution.evaluateur, (4, 3, 5), deposer=False)
    with pytest.raises(ConflitDeVersion):
        evaluation.evaluer(
            evaluation=candidature.evaluations.get(),
            notes={},
            revision=0,
            par=distribution.evaluateur,
        )


def test_nul_n_evalue_pour_un_autre(distribution):
    candidature = faire_en_evaluation(distribution)
    with pytest.raises(ActionInterdite):
        noter(candidature, distribution.evaluateur, (1, 1, 1), deposer=False) and None
        evaluation.deposer_evaluation(
            evaluation=candidature.evaluations.get(), par=distribution.dgaln
        )


def test_un_avis_se_rend_une_fois(distribution):
    candidature = faire_recevable(distribution)
    demande = demander_un_avis(distribution, candidature)
    with pytest.raises(ActionInterdite):
        avis.rendre_avis(avis=demande, sens="favorable", texte="Oui", par=distribution.ddt)
    with pytest.raises(ElementsManquants):
        avis.rendre_avis(avis=demande, sens="", texte=" ", par=distribution.dreal)
    avis.rendre_avis(avis=demande, sens="reserve", texte="À creuser.", par=distribution.dreal)
    with pytest.raises(TransitionImpossible):
        avis.rendre_avis(avis=demande, sens="favorable", texte="Oui", par=distribution.dreal)


def test_l_avis_d_un_porteur_ne_se_demande_pas(distribution):
    candidature = faire_recevable(distribution)
    with pytest.raises(ElementsManquants):
        demander_un_avis(distribution, candidature, distribution.collectivite.organisme)


def test_la_publication_est_un_seul_acte(distribution):
    """States, letters, mails and journal at once; the retained version is frozen."""
    retenue = faire_en_evaluation(distribution, titre="La première")
    refusee = faire_en_evaluation(distribution, titre="La seconde")
    reorientee = faire_en_evaluation(distribution, titre="La troisième")
    flash = Dispositif.objects.get(pk="flash")
    ids = [
        preparer(distribution, retenue).pk,
        preparer(distribution, refusee, SensDecision.NON_RETENUE).pk,
        preparer(distribution, reorientee, SensDecision.REORIENTEE, vers=flash).pk,
    ]
    colonnes = decisions_a_publier(distribution.dgaln)
    assert {cle: len(lignes) for cle, lignes in colonnes.items()} == {
        "favorables": 1,
        "reorientees": 1,
        "defavorables": 1,
    }
    Courriel.objects.all().delete()
    decision.publier_decisions(ids=ids, par=distribution.dgaln, confirmes=decision.CONFIRMATIONS)
    etats = [frais(c).etat for c in (retenue, refusee, reorientee)]
    assert etats == [E.RETENUE, E.NON_RETENUE, E.REORIENTEE]
    assert frais(retenue).version_retenue == retenue.versions.first()
    assert frais(refusee).version_retenue is None
    assert Document.objects.filter(cle=LETTRE).count() == 3
    assert Courriel.objects.filter(cle="instruction_decision").count() == 6
    assert frais(reorientee).reorientation.vers_dispositif == flash


def test_une_decision_impossible_annule_toute_la_publication(distribution):
    bonne, retiree = (faire_en_evaluation(distribution, titre=t) for t in ("Un", "Deux"))
    ids = [preparer(distribution, c).pk for c in (bonne, retiree)]
    depot.retirer(candidature=retiree, par=distribution.ddt, motif="Nous renonçons.")
    with pytest.raises(TransitionImpossible):
        decision.publier_decisions(
            ids=ids, par=distribution.dgaln, confirmes=decision.CONFIRMATIONS
        )
    assert frais(bonne).etat == E.EN_EVALUATION
    assert set(bonne.decisions.values_list("publication", "lettre_sha256")) == {(None, "")}
    assert [d.candidature_id for d in decisions_a_publier(distribution.dgaln)["favorables"]] == [
        bonne.pk
    ]


def test_publier_deux_fois_est_refuse(distribution):
    candidature = faire_en_evaluation(distribution)
    preparee = preparer(distribution, candidature)
    decision.publier_decisions(
        ids=[preparee.pk], par=distribution.dgaln, confirmes=decision.CONFIRMATIONS
    )
    with pytest.raises(ErreurMetier):
        decision.publier_decisions(
            ids=[preparee.pk], par=distribution.dgaln, confirmes=decision.CONFIRMATIONS
        )


def test_la_preselection_precede_une_seconde_decision(distribution):
    appel = faire_appel(distribution, "national")
    candidature = faire_en_evaluation(distribution, appel=appel)
    candidature = decider(distribution, candidature, SensDecision.PRESELECTIONNEE)
    assert candidature.etat == E.PRESELECTIONNEE
    assert decider(distribution, candidature).etat == E.RETENUE
    assert candidature.decisions.count() == 2


def test_la_preselection_est_reservee_aux_sessions(distribution):
    candidature = faire_en_evaluation(distribution)
    with pytest.raises(ElementsManquants):
        preparer(distribution, candidature, SensDecision.PRESELECTIONNEE)


@pytest.mark.parametrize("sens", SensDecision.values)
def test_toute_decision_est_motivee(distribution, sens):
    candidature = faire_en_evaluation(distribution)
    with pytest.raises(ElementsManquants):
        preparer(distribution, candidature, sens, motif="  ")


def test_deux_agents_ne_s_ecrasent_pas(distribution):
    candidature = faire_en_evaluation(distribution)
    preparer(distribution, candidature)
    preparer(distribution, candidature, motif="Repris une première fois.")
    with pytest.raises(ConflitDeVersion):
        preparer(distribution, candidature, motif="Repris à l’aveugle.")


def test_une_candidature_reorientee_se_reprend_une_fois(distribution):
    candidature = faire_recevable(distribution)
    flash = Dispositif.objects.get(pk="flash")
    decision.reorienter(
        candidature=candidature, vers_dispositif=flash, motif=MOTIF, par=distribution.dgaln
    )
    appel = faire_appel(distribution, "flash")
    copie = reprise.reprendre(candidature=candidature, appel=appel, par=distribution.collectivite)
    assert frais(copie).etat == E.BROUILLON
    assert [s.texte for s in copie.sections.all()] == [s.texte for s in candidature.sections.all()]
    assert {p.organisme_id for p in copie.portages.all()} == {
        p.organisme_id for p in candidature.portages.all()
    }
    assert copie.service_pilote_id == candidature.service_pilote_id
    assert copie.perimetre_id != candidature.perimetre_id
    assert copie.perimetre.population == candidature.perimetre.population
    with pytest.raises(TransitionImpossible):
        reprise.reprendre(candidature=candidature, appel=appel, par=distribution.collectivite)


def refuse_par_la_base(faire):
    with pytest.raises(IntegrityError), transaction.atomic():
        faire()


def test_la_base_tient_les_bornes(distribution):
    candidature = faire_en_evaluation(distribution)
    confiee = candidature.evaluations.get()
    critere = candidature.appel.grille.criteres.first()
    refuse_par_la_base(
        lambda: NoteCritere.objects.create(evaluation=confiee, critere=critere, note=6)
    )
    refuse_par_la_base(
        lambda: Evaluation.objects.create(
            candidature=candidature,
            evaluateur=distribution.evaluateur,
            confiee_le=confiee.confiee_le,
            confiee_par=distribution.dgaln,
        )
    )
    refuse_par_la_base(
        lambda: Decision.objects.create(
            candidature=candidature,
            sens=SensDecision.RETENUE,
            motif="  ",
            preparee_par=distribution.dgaln,
            preparee_le=confiee.confiee_le,
        )
    )


def test_un_evaluateur_ne_voit_que_ses_dossiers(distribution):
    from candidatures.dossiers.droits import visibles_par

    autre = faire_evaluateur(distribution, 1)
    confiee = faire_en_evaluation(distribution, titre="Pour Claire")
    faire_en_evaluation(distribution, titre="Pour Alix", evaluateurs=[autre])
    assert list(visibles_par(distribution.evaluateur)) == [confiee]
