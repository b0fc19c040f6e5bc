"""Recusals: declared, computed, lifted; what they close."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from candidatures.dossiers.droits import visibles_par
from candidatures.instruction import droits
from candidatures.instruction.domaine import avis, decision, deports, evaluation, recevabilite
from candidatures.instruction.domaine.synthese import synthese
from candidatures.instruction.models import Deport
from socle.abonnes import ORGANISME, prevenir
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur
from socle.courriels import droits as courriels
from socle.courriels.models import Courriel
from socle.erreurs import ActionInterdite, ErreurMetier, MotifRequis, TransitionImpossible
from socle.journal.domaine import historique
from socle.territoires.domaine.perimetres import modifier_perimetre
from socle.territoires.models import Commune, Departement
from tests.factories.candidatures import faire_deposee
from tests.factories.instruction import (
    dans,
    decider,
    demander_un_avis,
    deporter,
    faire_en_evaluation,
    faire_evaluateur,
    faire_recevable,
    frais,
    noter,
    preparer,
)


@pytest.fixture
def second_agent(distribution):
    return Utilisateur.objects.create_user(
        "agent-2@demo.example",
        None,
        prenom="Sacha",
        nom="Girard",
        role=Role.DGALN,
        organisme=distribution.dgaln.organisme,
    )


def test_la_personne_se_deporte_et_ne_voit_plus_rien(distribution):
    candidature = faire_en_evaluation(distribution)
    personne = distribution.evaluateur
    deports.declarer_deport(
        candidature=candidature, personne=personne, motif="J’ai conseillé la commune.", par=personne
    )
    assert visibles_par(personne).count() == 0
    assert droits.evaluations_visibles_par(personne).count() == 0
    confiee = candidature.evaluations.get()
    assert (confiee.ecartee_motif, droits.peut_evaluer(personne, confiee)) == (
        "J’ai conseillé la commune.",
        False,
    )
    with pytest.raises(ActionInterdite):
        evaluation.evaluer(evaluation=confiee, notes={}, revision=0, par=personne)
    assert deports.est_deporte(personne, candidature)
    assert deports.deportes(candidature) == {personne.pk}


def test_un_motif_est_requis_et_un_etranger_ne_deporte_personne(distribution):
    candidature = faire_en_evaluation(distribution)
    with pytest.raises(MotifRequis):
        deporter(distribution, candidature, motif=" ")
    for nom in ("ddt", "dreal", "evaluateur"):
        with pytest.raises(ActionInterdite):
            deports.declarer_deport(
                candidature=candidature,
                personne=distribution.dgaln,
                motif="Non",
                par=getattr(distribution, nom),
            )
    with pytest.raises(ErreurMetier):
        deporter(distribution, candidature, distribution.ddt)
    assert Deport.objects.count() == 0


def test_ajouter_un_deport_ne_change_que_les_notes_de_la_personne(distribution):
    autres = [faire_evaluateur(distribution, i) for i in (1, 2)]
    candidature = faire_en_evaluation(distribution, evaluateurs=[*autres, distribution.evaluateur])
    noter(candidature, autres[0], (2, 2, 2))
    noter(candidature, autres[1], (4, 4, 4))
    avant = synthese(frais(candidature))
    noter(candidature, distribution.evaluateur, (0, 0, 0))
    deporter(distribution, candidature)
    apres = synthese(frais(candidature))
    assert (apres.moyenne, apres.mediane, apres.deposees, apres.attendues) == (
        avant.moyenne,
        avant.mediane,
        2,
        2,
    )


def test_un_agent_deporte_ne_voit_ni_ne_fait_rien(distribution, second_agent):
    candidature = faire_en_evaluation(distribution)
    demander_un_avis(distribution, candidature)
    preparee = preparer(distribution, candidature)
    deporter(distribution, candidature, second_agent)
    assert visibles_par(second_agent).count() == 0
    assert droits.avis_visibles_par(second_agent).count() == 0
    assert droits.decisions_visibles_par(second_agent).count() == 0
    assert not droits.peut_instruire(second_agent, candidature)
    for verbe, arguments in (
        (recevabilite.declarer_irrecevable, {"candidature": candidature, "motif": "Non"}),
        (decision.abandonner_decision, {"decision": preparee}),
        (decision.publier_decisions, {"ids": [preparee.pk], "confirmes": decision.CONFIRMATIONS}),
    ):
        with pytest.raises(ActionInterdite):
            verbe(par=second_agent, **arguments)
    assert frais(candidature).etat == "en_evaluation"
    assert droits.decisions_visibles_par(distribution.dgaln).count() == 1


def test_les_courriels_se_taisent(distribution, second_agent):
    candidature = faire_en_evaluation(distribution)
    assert courriels.visibles_par(second_agent).filter(sujet__contains="").count() > 0
    deporter(distribution, candidature, second_agent)
    assert courriels.visibles_par(second_agent).count() == 0
    avant = Courriel.objects.filter(destinataire=second_agent.email).count()
    demande = demander_un_avis(distribution, candidature)
    avis.rendre_avis(avis=demande, sens="favorable", texte="Oui.", par=distribution.dreal)
    noter(candidature, distribution.evaluateur, (3, 3, 3))
    assert Courriel.objects.filter(destinataire=second_agent.email).count() == avant


def test_la_levee_est_motivee_et_faite_par_un_autre(distribution, second_agent):
    candidature = faire_en_evaluation(distribution)
    deport = deporter(distribution, candidature)
    with pytest.raises(ActionInterdite):
        deports.lever_deport(deport=deport, motif="Non", par=distribution.evaluateur)
    with pytest.raises(MotifRequis):
        deports.lever_deport(deport=deport, motif="", par=distribution.dgaln)
    deports.lever_deport(deport=deport, motif="Erreur de personne.", par=distribution.dgaln)
    with pytest.raises(TransitionImpossible):
        deports.lever_deport(deport=deport, motif="Encore", par=distribution.dgaln)
    assert deports.deportes(candidature) == set()
    assert candidature.evaluations.get().ecartee_le is not None
    evaluation.confier_evaluation(
        candidature=candidature, evaluateur=distribution.evaluateur, par=distribution.dgaln
    )
    assert candidature.evaluations.get().ecartee_le is None
    lues = {a.cle for _, a in historique(candidature, confidentielles=True)}
    assert {"deport.declare", "deport.leve"} <= lues
    assert not {a.cle for _, a in historique(candidature)} & {"deport.declare", "deport.leve"}


def _placer(organisme, *codes):
    organisme.departements.set(Departement.objects.filter(pk__in=codes))
    prevenir(ORGANISME, organisme)


def test_meme_departement_calcule_puis_refait_quand_l_organisme_change(distribution):
    candidature = faire_en_evaluation(distribution)
    organisme = distribution.evaluateur.organisme
    assert deports.deportes(candidature) == set()
    _placer(organisme, "80")
    calcule = candidature.deports.get()
    assert (calcule.origine, calcule.motif, calcule.par) == ("calcule", "Même département.", None)
    with pytest.raises(TransitionImpossible):
        deports.lever_deport(deport=calcule, motif="Non", par=distribution.dgaln)
    _placer(organisme, "02")
    assert deports.deportes(candidature) == set()
    assert candidature.deports.get().motif_levee == "La cause a cessé."


def test_le_calcul_est_refait_quand_le_perimetre_change(distribution):
    candidature = faire_deposee(distribution)
    _placer(distribution.evaluateur.organisme, "02")
    assert deports.deportes(candidature) == set()
    communes = Commune.objects.filter(departement_id="02").order_by("code")[:2]
    modifier_perimetre(candidature.perimetre, communes=communes)
    assert deports.deportes(candidature) == {distribution.evaluateur.pk}


def test_meme_organisme_et_mandat(distribution, second_agent):
    candidature = faire_recevable(distribution)
    porteur = faire_evaluateur(distribution, 1)
    porteur.organisme = distribution.collectivite.organisme
    porteur.save()
    with pytest.raises(ErreurMetier):
        evaluation.confier_evaluation(
            candidature=candidature, evaluateur=porteur, par=distribution.dgaln
        )
    commune = Commune.objects.get(code=candidature.perimetre.couverture[0])
    deports.enregistrer_mandat(
        personne=second_agent,
        fonction="Maire",
        commune=commune,
        debut=dans(-100),
        par=second_agent,
    )
    assert candidature.deports.get(personne=second_agent).motif == (
        "Mandat électif dans le périmètre."
    )
    assert visibles_par(second_agent).count() == 0


def test_un_mandat_fini_ne_deporte_plus(distribution, second_agent):
    candidature = faire_recevable(distribution)
    commune = Commune.objects.get(code=candidature.perimetre.couverture[0])
    mandat = deports.enregistrer_mandat(
        personne=second_agent, fonction="Maire", commune=commune, debut=dans(-9), par=second_agent
    )
    with pytest.raises(ActionInterdite):
        deports.clore_mandat(mandat=mandat, le=dans(-1), par=second_agent)
    deports.clore_mandat(mandat=mandat, le=dans(-1), par=distribution.dgaln)
    assert deports.deportes(candidature) == set()


def test_la_base_refuse_un_deport_sans_motif_ou_double(distribution):
    candidature = faire_recevable(distribution)
    deport = deporter(distribution, candidature)
    for champs in ({"motif": " "}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Deport.objects.create(
                candidature=candidature,
                personne=deport.personne,
                origine="declare",
                le=deport.le,
                **({"motif": "x"} | champs),
            )


def test_ce_qui_a_compte_dans_une_decision_publiee_reste_compte(distribution, connecte):
    dgaln = connecte("dgaln")
    decidee, en_cours = faire_en_evaluation(distribution), faire_en_evaluation(distribution)
    for candidature in (decidee, en_cours):
        noter(candidature, distribution.evaluateur, (4, 4, 4))
    decider(distribution, decidee)
    apres = dgaln.get(f"/candidatures/{decidee.reference}/deports/").text
    avant = dgaln.get(f"/candidatures/{en_cours.reference}/deports/").text
    assert (deports.APRES_DECISION in apres, deports.AVANT_DECISION in avant) == (True, True)
    for candidature in (decidee, en_cours):
        deporter(distribution, candidature)
    assert [synthese(frais(c)).deposees for c in (decidee, en_cours)] == [1, 0]
    personne = distribution.evaluateur
    assert droits.evaluations_visibles_par(personne).count() == 0
    assert droits.evaluations_deposees_par(personne).count() == 0
    page = dgaln.get(reverse("candidatures:instruire", args=[decidee.reference])).text
    assert page.count("Déport déclaré après la décision") == 1
