"""Candidatures further on: recevables, under evaluation, decided. Made by calling the verbs."""

from datetime import timedelta

from django.utils import timezone

from candidatures.dossiers.models import Candidature
from candidatures.instruction.choix import SensDecision
from candidatures.instruction.domaine import (
    avis,
    decision,
    deports,
    evaluation,
    phases,
    recevabilite,
)
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur
from tests.factories.candidatures import faire_deposee

MOTIF = "Le dossier est solide et la question intéresse d’autres territoires."


def dans(jours: int):
    return timezone.localdate() + timedelta(days=jours)


def frais(candidature) -> Candidature:
    return Candidature.objects.get(pk=candidature.pk)


def faire_evaluateur(distribution, rang: int) -> Utilisateur:
    return Utilisateur.objects.create_user(
        f"evaluateur-{rang}@demo.example",
        None,
        prenom="Alix",
        nom=f"Martin {rang}",
        role=Role.EVALUATEUR,
        organisme=distribution.evaluateur.organisme,
    )


def faire_a_completer(distribution, **options):
    candidature = faire_deposee(distribution, **options)
    return recevabilite.demander_complements(
        candidature=candidature,
        motif="Le périmètre reste à préciser.",
        echeance=dans(20),
        attendus=[recevabilite.Attendu(texte="Préciser les communes.", section="localisation")],
        par=distribution.dgaln,
    )


def faire_recevable(distribution, **options) -> Candidature:
    candidature = faire_deposee(distribution, **options)
    return recevabilite.declarer_recevable(candidature=candidature, par=distribution.dgaln)


def faire_en_evaluation(distribution, *, evaluateurs=None, **options) -> Candidature:
    candidature = faire_recevable(distribution, **options)
    evaluation.confier_a_plusieurs(
        candidature=candidature,
        evaluateurs=evaluateurs or [distribution.evaluateur],
        par=distribution.dgaln,
        echeance=dans(15),
    )
    recevabilite.mettre_en_evaluation(candidature=candidature, par=distribution.dgaln)
    return frais(candidature)


def noter(candidature, evaluateur, notes, *, remarque="", synthese="", deposer=True):
    """Notes in the order of the criteria."""
    confiee = candidature.evaluations.get(evaluateur=evaluateur)
    criteres = candidature.appel.grille.criteres.order_by("ordre", "pk")
    confiee = evaluation.evaluer(
        evaluation=confiee,
        notes={c.pk: (n, remarque) for c, n in zip(criteres, notes, strict=True)},
        synthese=synthese,
        revision=confiee.revision,
        par=evaluateur,
    )
    if deposer:
        confiee = evaluation.deposer_evaluation(evaluation=confiee, par=evaluateur)
    return confiee


def demander_un_avis(distribution, candidature, organisme=None):
    return avis.demander_avis(
        candidature=candidature,
        organisme=organisme or distribution.dreal.organisme,
        echeance=dans(10),
        par=distribution.dgaln,
    )


def preparer(distribution, candidature, sens=SensDecision.RETENUE, *, motif=MOTIF, vers=None):
    return decision.preparer_decision(
        candidature=candidature,
        sens=sens,
        motif=motif,
        vers_dispositif=vers,
        par=distribution.dgaln,
    )


def decider(distribution, candidature, sens=SensDecision.RETENUE, **options) -> Candidature:
    preparee = preparer(distribution, candidature, sens, **options)
    decision.publier_decisions(
        ids=[preparee.pk], par=distribution.dgaln, confirmes=decision.CONFIRMATIONS
    )
    return frais(candidature)


def deporter(distribution, candidature, personne=None, *, motif="Un lien personnel."):
    return deports.declarer_deport(
        candidature=candidature,
        personne=personne or distribution.evaluateur,
        motif=motif,
        par=distribution.dgaln,
    )


def dater(distribution, appel, *, aveugle=False, **periodes):
    """`evaluation=(-5, 5)`: from five days ago to five days ahead."""
    voulues = {
        genre: phases.Periode(dans(debut), dans(fin), aveugle and genre == "evaluation")
        for genre, (debut, fin) in periodes.items()
    }
    return phases.dater_phases(appel=appel, periodes=voulues, par=distribution.dgaln)
