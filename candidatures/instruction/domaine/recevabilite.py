"""Recevabilité, compléments, mise en évaluation."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from candidatures.dossiers.cycle_de_vie import CYCLE_CANDIDATURE
from candidatures.dossiers.domaine.depot import completer
from candidatures.dossiers.droits import porte
from candidatures.dossiers.models import Candidature
from candidatures.instruction import journal, notifications
from candidatures.instruction.choix import GenrePhase
from candidatures.instruction.domaine.aveugle import noms_masques
from candidatures.instruction.domaine.commun import ouvrir
from candidatures.instruction.domaine.differences import inchanges
from candidatures.instruction.domaine.phases import exiger_phase
from candidatures.instruction.models import DemandeComplement, ElementComplement
from socle.erreurs import ActionInterdite, ConfirmationRequise, ElementsManquants, Manque
from socle.interface.francais import debut_minuscule
from socle.journal.domaine import inscrire

INCHANGES = "inchanges"
SANS_CHANGER = "Ma réponse suffit, sans rien changer de plus au dossier"


@dataclass(frozen=True)
class Attendu:
    """One item asked for: a section, a part, a piece, a question, or the whole dossier."""

    texte: str
    section: str = ""
    piece_requise: object = None
    rubrique: str = ""
    question: object = None


@transaction.atomic
def declarer_recevable(*, candidature: Candidature, par) -> Candidature:
    candidature = ouvrir(candidature, par)
    exiger_phase(candidature.appel, GenrePhase.RECEVABILITE)
    CYCLE_CANDIDATURE.appliquer(candidature, "declarer_recevable")
    candidature.save(update_fields=["etat", "modifiee_le"])
    inscrire(journal.RECEVABLE, objet=candidature, par=par)
    notifications.recevable(candidature, par)
    return candidature


@transaction.atomic
def declarer_irrecevable(*, candidature: Candidature, par, motif: str) -> Candidature:
    candidature = ouvrir(candidature, par)
    exiger_phase(candidature.appel, GenrePhase.RECEVABILITE)
    CYCLE_CANDIDATURE.appliquer(candidature, "declarer_irrecevable", motif=motif)
    candidature.save(update_fields=["etat", "modifiee_le"])
    inscrire(journal.IRRECEVABLE, objet=candidature, par=par, motif=motif.strip())
    notifications.irrecevable(candidature, motif.strip(), par)
    return candidature


def manques_demande(attendus, echeance) -> list[Manque]:
    absents = []
    if not attendus:
        absents.append(Manque("Indiquez au moins un élément à compléter."))
    if echeance is None or echeance <= timezone.localdate():
        absents.append(Manque("Donnez aux porteurs une échéance à venir."))
    return absents


@transaction.atomic
def demander_complements(
    *, candidature: Candidature, motif: str, echeance, attendus: list[Attendu], par
) -> DemandeComplement:
    """Send the dossier back to its carriers, with what to add and until when."""
    candidature = ouvrir(candidature, par)
    exiger_phase(candidature.appel, GenrePhase.RECEVABILITE)
    CYCLE_CANDIDATURE.appliquer(candidature, "demander_complements", motif=motif)
    if absents := manques_demande(attendus, echeance):
        raise ElementsManquants(absents)
    maintenant = timezone.now()
    candidature.demandes_complement.filter(repondue_le__isnull=True).update(repondue_le=maintenant)
    demande = DemandeComplement.objects.create(
        candidature=candidature,
        motif=motif.strip(),
        echeance=echeance,
        demandee_le=maintenant,
        demandee_par=par,
    )
    elements = [
        ElementComplement(
            demande=demande,
            section=attendu.section,
            piece_requise=attendu.piece_requise,
            rubrique=attendu.rubrique,
            question=attendu.question.cle if attendu.question else "",
            question_libelle=attendu.question.libelle if attendu.question else "",
            texte=attendu.texte.strip(),
        )
        for attendu in attendus
    ]
    ElementComplement.objects.bulk_create(elements)
    candidature.champs_ouverts = sorted({e.champ for e in elements})
    candidature.save(update_fields=["etat", "champs_ouverts", "modifiee_le"])
    inscrire(journal.COMPLEMENTS_DEMANDES, objet=candidature, par=par, motif=motif.strip())
    notifications.complements_demandes(demande, par)
    return demande


@transaction.atomic
def repondre_complements(
    *, candidature: Candidature, reponse: str, par, confirmes: frozenset | None = None
) -> Candidature:
    """The carriers say what they added, and the dossier is deposited again.

    From the page, an item that nobody touched is told first: `confirmes` says that it was read.
    """
    if not porte(par, candidature):
        raise ActionInterdite("Seuls les porteurs transmettent les compléments.")
    if confirmes is not None and INCHANGES not in confirmes and (lus := inchanges(candidature)):
        liste = "\u00a0; ".join(debut_minuscule(element.ou) for element in lus)
        raise ConfirmationRequise(
            f"Rien n’a changé depuis la demande\u00a0: {liste}. Ajoutez ce qui manque, ou cochez "
            f"«\u00a0{SANS_CHANGER}\u00a0».",
            cle=INCHANGES,
        )
    candidature = completer(candidature=candidature, par=par)
    candidature.demandes_complement.filter(repondue_le__isnull=True).update(
        reponse=reponse.strip(), repondue_le=timezone.now(), repondue_par=par
    )
    inscrire(journal.COMPLEMENTS_REPONDUS, objet=candidature, par=par)
    return candidature


A_CONFIER = "Confiez le dossier à au moins un évaluateur."


def manques_evaluation(candidature: Candidature) -> list[Manque]:
    """Before the evaluation opens: a grid, and someone to fill it."""
    absents = []
    if candidature.appel.grille_id is None:
        absents.append(Manque("Choisissez la grille d’évaluation de l’appel."))
    if not candidature.evaluations.filter(ecartee_le__isnull=True).exists():
        absents.append(
            Manque(A_CONFIER, reverse("candidatures:confier", args=[candidature.reference]))
        )
    return absents


def prevenir_evaluateurs(candidature: Candidature, par) -> None:
    confiees = candidature.evaluations.filter(ecartee_le__isnull=True)
    prevenues = list(confiees.select_related("evaluateur"))
    for confiee in prevenues:
        confiee.candidature = candidature
    notifications.a_evaluer(prevenues, par, noms_masques(prevenues))


@transaction.atomic
def mettre_en_evaluation(*, candidature: Candidature, par) -> Candidature:
    candidature = ouvrir(candidature, par)
    CYCLE_CANDIDATURE.appliquer(candidature, "mettre_en_evaluation")
    if absents := manques_evaluation(candidature):
        raise ElementsManquants(absents)
    candidature.save(update_fields=["etat", "modifiee_le"])
    inscrire(journal.MISE_EN_EVALUATION, objet=candidature, par=par)
    prevenir_evaluateurs(candidature, par)
    return candidature
