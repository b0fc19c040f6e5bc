"""The draw of the reviewers of an appel: proposed, read, then kept. What has begun never moves."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.utils import timezone

from candidatures.appels.models import Appel
from candidatures.dossiers.droits import visibles_par
from candidatures.dossiers.models import Candidature
from candidatures.instruction import journal
from candidatures.instruction.domaine.commun import ouvrir
from candidatures.instruction.domaine.evaluation import ETATS_CONFIABLES, confier_evaluation
from candidatures.instruction.domaine.tirage_pur import Dossier, Lecteur, Proposition, tirer
from candidatures.instruction.droits import peut_etre_evaluateur, peut_instruire
from candidatures.instruction.gardes import sans_deliberees
from candidatures.instruction.models import Deport, Evaluation, ProfilEvaluateur, Tirage
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur
from socle.erreurs import (
    ActionInterdite,
    ElementsManquants,
    ErreurMetier,
    Manque,
    TransitionImpossible,
)
from socle.journal.domaine import inscrire

PAR_DOSSIER_MAX = 9


def commencee(evaluation: Evaluation) -> bool:
    return bool(evaluation.depose_le or evaluation.modifiee_le)


def tirables():
    """Those among whom the lot falls. Agents of the DGALN are added by hand."""
    return Utilisateur.objects.filter(is_active=True, role=Role.EVALUATEUR).order_by("nom", "pk")


def _dossiers(appel, par):
    """A dossier that a closed committee deliberated is not drawn: it waits for its decision."""
    ouverts = visibles_par(par).filter(appel=appel, etat__in=ETATS_CONFIABLES)
    return (
        sans_deliberees(ouverts, "pk")
        .prefetch_related("themes", "portages", "copilotages")
        .order_by("pk")
    )


def _region(organisme) -> str:
    regions = {r.pk for r in organisme.regions.all()}
    regions |= {d.region_id for d in organisme.departements.all()}
    return str(min(regions)) if regions else ""


def lecteurs_tires(charge_max: int | None) -> list[Lecteur]:
    profils = {p.personne_id: p for p in ProfilEvaluateur.objects.prefetch_related("themes").all()}
    personnes = tirables().select_related("organisme")
    personnes = personnes.prefetch_related("organisme__regions", "organisme__departements")
    lus = []
    for personne in personnes:
        profil = profils.get(personne.pk)
        plafonds = [p for p in (charge_max, profil and profil.charge_max) if p]
        lus.append(
            Lecteur(
                cle=personne.pk,
                charge_max=min(plafonds) if plafonds else None,
                region=_region(personne.organisme) if personne.organisme else "",
                themes=frozenset(t.pk for t in profil.themes.all()) if profil else frozenset(),
            )
        )
    return lus


def _situation(appel, par, redistribuer: bool):
    """Dossiers with who is refused, and who keeps what."""
    candidatures = list(_dossiers(appel, par))
    recuses = defaultdict(set)
    actifs = Deport.objects.filter(candidature__in=candidatures, leve_le__isnull=True)
    for dossier, personne in actifs.values_list("candidature_id", "personne_id"):
        recuses[dossier].add(personne)
    personnes = list(tirables())
    dossiers = []
    for candidature in candidatures:
        porteurs = {p.organisme_id for p in candidature.portages.all()}
        porteurs |= {candidature.service_pilote_id} - {None}
        refuses = {p.pk for p in personnes if p.organisme_id in porteurs}
        themes = frozenset(t.pk for t in candidature.themes.all())
        dossiers.append(
            Dossier(candidature.pk, themes, frozenset(refuses | recuses[candidature.pk]))
        )
    fixes = defaultdict(set)
    for e in Evaluation.comptees.filter(candidature__in=candidatures):
        if commencee(e) or not redistribuer:
            fixes[e.candidature_id].add(e.evaluateur_id)
    return dossiers, dict(fixes)


def calculer(appel, par, *, n, graine, charge_max, redistribuer) -> Proposition:
    dossiers, fixes = _situation(appel, par, redistribuer)
    if not dossiers:
        raise ElementsManquants([Manque("Aucun dossier recevable n’est à répartir.")])
    return tirer(dossiers, lecteurs_tires(charge_max), n=n, graine=graine, fixes=fixes)


@transaction.atomic
def proposer_tirage(
    *, appel: Appel, n: int, graine: int, par, charge_max=None, redistribuer=True, echeance=None
) -> Tirage:
    """Nothing is entrusted yet: the proposal is read first."""
    if not peut_instruire(par):
        raise ActionInterdite("Seule la DGALN répartit les dossiers.")
    if not 1 <= n <= PAR_DOSSIER_MAX:
        raise ErreurMetier(f"Choisissez de 1 à {PAR_DOSSIER_MAX} évaluateurs par dossier.")
    proposition = calculer(
        appel, par, n=n, graine=graine, charge_max=charge_max, redistribuer=redistribuer
    )
    return Tirage.objects.create(
        appel=appel,
        graine=graine,
        parametres={
            "n": n,
            "charge_max": charge_max,
            "redistribuer": redistribuer,
            "echeance": echeance.isoformat() if echeance else None,
        },
        proposition={str(d): list(p) for d, p in proposition.lecteurs_de.items()},
        propose_le=timezone.now(),
        propose_par=par,
    )


def recalculer_tirage(tirage: Tirage, par) -> dict[str, list[int]]:
    """The same draw on the present state: different, the proposal is out of date."""
    lus = tirage.parametres
    proposition = calculer(
        tirage.appel,
        par,
        n=lus["n"],
        graine=tirage.graine,
        charge_max=lus["charge_max"],
        redistribuer=lus["redistribuer"],
    )
    return {str(d): list(p) for d, p in proposition.lecteurs_de.items()}


@transaction.atomic
def garder_tirage(*, tirage: Tirage, par) -> Tirage:
    """Entrust what was proposed. Refused when a dossier, a recusal or a draft changed meanwhile."""
    if not peut_instruire(par):
        raise ActionInterdite("Seule la DGALN répartit les dossiers.")
    tirage = (
        Tirage.objects.select_for_update(of=("self",)).select_related("appel").get(pk=tirage.pk)
    )
    if tirage.garde_le:
        raise TransitionImpossible("Ce tirage est déjà gardé.")
    list(Candidature.objects.select_for_update().filter(appel=tirage.appel).order_by("pk"))
    calculee = tirage.parametres.get("calculee", tirage.proposition)
    if recalculer_tirage(tirage, par) != calculee:
        raise ErreurMetier("Les dossiers ont changé depuis cette proposition : tirez à nouveau.")
    _appliquer(tirage, par)
    tirage.garde_le, tirage.garde_par = timezone.now(), par
    tirage.save(update_fields=["garde_le", "garde_par"])
    inscrire(journal.TIRAGE_GARDE, objet=tirage.appel, par=par, graine=tirage.graine)
    return tirage


def _appliquer(tirage: Tirage, par) -> None:
    echeance = tirage.parametres["echeance"]
    candidatures = Candidature.objects.in_bulk([int(d) for d in tirage.proposition])
    personnes = Utilisateur.objects.in_bulk({p for lus in tirage.proposition.values() for p in lus})
    for cle, voulus in tirage.proposition.items():
        candidature = candidatures[int(cle)]
        for evaluation in Evaluation.comptees.filter(candidature=candidature):
            if evaluation.evaluateur_id not in voulus and not commencee(evaluation):
                evaluation.delete()
        actuels = Evaluation.comptees.filter(candidature=candidature)
        deja = set(actuels.values_list("evaluateur_id", flat=True))
        for personne in (p for p in voulus if p not in deja):
            confier_evaluation(
                candidature=candidature,
                evaluateur=personnes[personne],
                par=par,
                echeance=date.fromisoformat(echeance) if echeance else None,
            )


@transaction.atomic
def remplacer_evaluateur(*, evaluation: Evaluation, par_qui, par) -> Evaluation:
    """Give the dossier to somebody else, as long as nothing is begun."""
    candidature = ouvrir(evaluation.candidature, par)
    evaluation = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
    if commencee(evaluation):
        raise TransitionImpossible("Cette évaluation est commencée : elle ne change plus de main.")
    if not peut_etre_evaluateur(par_qui, candidature):
        raise ErreurMetier(f"{par_qui} ne peut pas évaluer ce dossier.")
    echeance, ancien = evaluation.echeance, evaluation.evaluateur.nom_complet
    evaluation.delete()
    nouvelle = confier_evaluation(
        candidature=candidature, evaluateur=par_qui, par=par, echeance=echeance
    )
    inscrire(
        journal.EVALUATION_REMPLACEE,
        objet=candidature,
        par=par,
        ancien=ancien,
        nouveau=par_qui.nom_complet,
    )
    return nouvelle
