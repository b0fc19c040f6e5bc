"""One verb on many dossiers: what will be touched, what will not and why, then the undo.

A batch is prepared, then published: the verb runs and its mails leave at the publication. Until
then nothing has changed for anybody, whatever page, list, history or export they read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.cycle_de_vie import CYCLE_CANDIDATURE
from candidatures.dossiers.domaine.commun import verrouiller
from candidatures.dossiers.models import Candidature
from candidatures.instruction import journal, notifications
from candidatures.instruction.choix import GenreLot
from candidatures.instruction.domaine import recevabilite
from candidatures.instruction.domaine.decision import abandonner_decision
from candidatures.instruction.droits import peut_instruire
from candidatures.instruction.models import Decision, Lot, NoteCritere
from socle.erreurs import (
    ActionInterdite,
    ElementsManquants,
    ErreurMetier,
    Manque,
    TransitionImpossible,
)
from socle.journal.domaine import inscrire


@dataclass(frozen=True)
class Operation:
    """A batch verb: what refuses a dossier, what it does, and the state it comes back to."""

    genre: str
    libelle: str
    verbe: str
    executer: Callable
    manques: Callable
    prevenir: Callable
    depart: str
    arrivee: str


OPERATIONS = {
    GenreLot.RECEVABLE: Operation(
        GenreLot.RECEVABLE,
        "Déclarer recevables",
        "declarer_recevable",
        recevabilite.declarer_recevable,
        lambda candidature: [],
        notifications.recevable,
        E.DEPOSEE,
        E.RECEVABLE,
    ),
    GenreLot.EVALUATION: Operation(
        GenreLot.EVALUATION,
        "Mettre en évaluation",
        "mettre_en_evaluation",
        recevabilite.mettre_en_evaluation,
        recevabilite.manques_evaluation,
        recevabilite.prevenir_evaluateurs,
        E.RECEVABLE,
        E.EN_EVALUATION,
    ),
}


DEJA = "déjà dans un lot à publier"


@dataclass(frozen=True)
class Refus:
    candidature: Candidature
    raison: str


@dataclass(frozen=True)
class Essai:
    """The dry run: nothing has been written."""

    operation: Operation
    touchees: list[Candidature]
    refus: list[Refus]

    @property
    def appels_a_repartir(self) -> list:
        """Those of the dossiers that nobody evaluates yet: the draw entrusts them all."""
        a_confier = (r.candidature.appel for r in self.refus if recevabilite.A_CONFIER in r.raison)
        return list(dict.fromkeys(a_confier))


def _attendues() -> set[int]:
    """The dossiers of the batches that are prepared and not published."""
    ouverts = Lot.objects.filter(publie_le__isnull=True, annule_le__isnull=True, applique=False)
    ouverts = ouverts.exclude(genre=GenreLot.DECISIONS)
    return {pk for effets in ouverts.values_list("effets", flat=True) for pk in effets}


def _raison(operation: Operation, candidature: Candidature, par) -> str:
    if not peut_instruire(par, candidature):
        return "vous n’instruisez pas ce dossier"
    if not CYCLE_CANDIDATURE.possible(operation.verbe, candidature.etat):
        return f"état « {candidature.get_etat_display().lower()} »"
    return " ".join(m.phrase for m in operation.manques(candidature))


def essayer(genre: str, candidatures, par) -> Essai:
    """`candidatures`: those that this person may see, already chosen."""
    if genre not in OPERATIONS:
        raise ErreurMetier("Cette opération n’existe pas.")
    operation = OPERATIONS[GenreLot(genre)]
    touchees, refus, attendues = [], [], _attendues()
    for candidature in candidatures.select_related("appel").order_by("reference"):
        raison = _raison(operation, candidature, par)
        if candidature.pk in attendues:
            raison = DEJA
        if raison:
            refus.append(Refus(candidature, raison))
        else:
            touchees.append(candidature)
    return Essai(operation, touchees, refus)


@transaction.atomic
def preparer_lot(*, genre: str, candidatures, par) -> tuple[Lot, list[Refus]]:
    """All those of the dry run, set aside; what cannot be touched is left, with its reason."""
    if not peut_instruire(par):
        raise ActionInterdite("Seule la DGALN traite les candidatures par lot.")
    essai = essayer(genre, candidatures, par)
    if not essai.touchees:
        raise ElementsManquants([Manque("Aucune des candidatures choisies ne peut l’être.")])
    lot = Lot.objects.create(
        genre=genre,
        par=par,
        le=timezone.now(),
        nombre=len(essai.touchees),
        effets=[c.pk for c in essai.touchees],
    )
    inscrire(journal.LOT_FAIT, objet=lot, par=par, nombre=lot.nombre)
    return lot, essai.refus


def _verrouiller(lot: Lot, par) -> Lot:
    if not peut_instruire(par):
        raise ActionInterdite("Seule la DGALN traite les candidatures par lot.")
    lot = Lot.objects.select_for_update(of=("self",)).get(pk=lot.pk)
    if lot.publie_le:
        raise TransitionImpossible("Ce lot est publié\u00a0: il ne s’annule plus.")
    if lot.annule_le:
        raise TransitionImpossible("Ce lot est déjà annulé.")
    return lot


def _revenir(lot: Lot, par) -> list[str]:
    """Of a batch applied at once: states go back where nothing has happened since; the others are
    named.
    """
    operation, laissees = OPERATIONS[GenreLot(lot.genre)], []
    for candidature in Candidature.objects.filter(pk__in=lot.effets).order_by("pk"):
        candidature = verrouiller(candidature)
        note = NoteCritere.objects.filter(evaluation__candidature=candidature).exists()
        if candidature.etat != operation.arrivee or note:
            laissees.append(candidature.reference)
            continue
        candidature.etat = operation.depart
        candidature.save(update_fields=["etat", "modifiee_le"])
        inscrire(journal.LOT_ANNULE, objet=candidature, par=par, lot=lot.pk)
    return laissees


def _abandonner(lot: Lot, par) -> list[str]:
    laissees = []
    restantes = {d.pk: d for d in Decision.objects.filter(pk__in=lot.effets)}
    for decision in restantes.values():
        if decision.publication_id or decision.revision:
            laissees.append(decision.candidature.reference)
        else:
            abandonner_decision(decision=decision, par=par)
    return laissees


@transaction.atomic
def annuler_lot(*, lot: Lot, par) -> list[str]:
    """Undo until published. Returns the references left as they are, since they moved on."""
    lot = _verrouiller(lot, par)
    laissees = _abandonner(lot, par) if lot.genre == GenreLot.DECISIONS else []
    if lot.applique:
        laissees = _revenir(lot, par)
    lot.annule_le, lot.annule_par = timezone.now(), par
    lot.save(update_fields=["annule_le", "annule_par"])
    inscrire(journal.LOT_ANNULE, objet=lot, par=par, laissees=laissees)
    return laissees


def _executer(operation: Operation, candidature: Candidature, par) -> str:
    """Run the verb, which writes to those concerned; why not, where it cannot any more."""
    if raison := _raison(operation, candidature, par):
        return raison
    try:
        with transaction.atomic():
            operation.executer(candidature=candidature, par=par)
    except ErreurMetier as erreur:
        return erreur.message
    return ""


@transaction.atomic
def publier_lot(*, lot: Lot, par) -> list[Refus]:
    """The act itself, and its mails. What can no longer be touched is left, with its reason."""
    lot = _verrouiller(lot, par)
    if lot.genre == GenreLot.DECISIONS:
        raise TransitionImpossible("Les décisions se publient depuis leur page de relecture.")
    operation = OPERATIONS[GenreLot(lot.genre)]
    choisies = Candidature.objects.filter(pk__in=lot.effets)
    choisies = choisies.select_related("appel__dispositif", "perimetre").order_by("reference")
    laissees = []
    for candidature in choisies:
        if lot.applique:
            if candidature.etat == operation.arrivee:
                operation.prevenir(candidature, par)
        elif raison := _executer(operation, candidature, par):
            laissees.append(Refus(candidature, raison))
    if laissees and len(laissees) == len(choisies):
        raisons = "\u00a0; ".join(f"{r.candidature.reference}, {r.raison}" for r in laissees)
        raise ErreurMetier(f"Rien de ce lot ne se fait plus, annulez-le\u00a0: {raisons}.")
    lot.publie_le = timezone.now()
    lot.save(update_fields=["publie_le"])
    nombre = len(choisies) - len(laissees)
    inscrire(journal.LOT_PUBLIE, objet=lot, par=par, nombre=nombre)
    return laissees


def lots_ouverts() -> list[Lot]:
    """Those that may still be undone; one of decisions is over once all have left or fallen."""
    ouverts = Lot.objects.filter(publie_le__isnull=True, annule_le__isnull=True)
    lots = list(ouverts.select_related("par"))
    prepares = [pk for lot in lots if lot.genre == GenreLot.DECISIONS for pk in lot.effets]
    attendent = Decision.objects.filter(pk__in=prepares, publication__isnull=True)
    restantes = set(attendent.values_list("pk", flat=True))
    dossiers = Candidature.objects.in_bulk({pk for lot in lots for pk in lot.effets})
    for lot in lots:
        lot.operation = OPERATIONS.get(lot.genre)
        if lot.operation:
            lot.dossiers = [dossiers[pk] for pk in lot.effets if pk in dossiers]
    return [lot for lot in lots if lot.genre != GenreLot.DECISIONS or restantes & set(lot.effets)]
