"""Dated phases of an appel: what is open when. No phase, no restriction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from candidatures.appels.models import Appel
from candidatures.instruction import journal
from candidatures.instruction.choix import GenrePhase
from candidatures.instruction.domaine.aveugle import masquer_la_boite
from candidatures.instruction.droits import peut_instruire
from candidatures.instruction.models import PhaseInstruction
from socle.erreurs import ActionInterdite, ErreurMetier, MotifRequis, TransitionImpossible
from socle.interface.templatetags.interface import date_longue
from socle.journal.domaine import inscrire

NOMS = {
    GenrePhase.RECEVABILITE: "La phase de recevabilité",
    GenrePhase.AVIS: "La phase d’avis",
    GenrePhase.EVALUATION: "La phase d’évaluation",
    GenrePhase.COMITE: "La phase de comité",
    GenrePhase.DECISION: "La phase de décision",
}


@dataclass(frozen=True)
class Periode:
    """Dates wanted for a phase; the last day is included."""

    debut: date
    fin: date
    aveugle: bool = False


def phases_de(appel) -> list[PhaseInstruction]:
    return list(appel.phases.all()) if appel else []


def exiger_phase(appel: Appel, genre: GenrePhase) -> None:
    """Raise when the phase is dated and today is out of it."""
    phase = PhaseInstruction.objects.filter(appel=appel, genre=genre).first()
    if phase is None or phase.est_ouverte():
        return
    if timezone.localdate() < phase.debut:
        raise TransitionImpossible(f"{NOMS[genre]} ouvre le {date_longue(phase.debut)}.")
    raise TransitionImpossible(
        f"{NOMS[genre]} est close depuis le {date_longue(phase.cloture)}. "
        "La DGALN peut la rouvrir en le motivant."
    )


def fin_de_l_evaluation(appel: Appel) -> date | None:
    """The last day to file, proposed to who entrusts a dossier; None once it is over."""
    phase = PhaseInstruction.objects.filter(appel=appel, genre=GenrePhase.EVALUATION).first()
    return phase.cloture if phase and phase.cloture >= timezone.localdate() else None


def est_aveugle(appel: Appel) -> bool:
    return PhaseInstruction.objects.filter(appel=appel, aveugle=True).exists()


def _verifier(periodes: dict[str, Periode | None]) -> None:
    for genre, periode in periodes.items():
        if genre not in GenrePhase.values:
            raise ErreurMetier("Cette phase n’existe pas.")
        if periode and periode.fin < periode.debut:
            raise ErreurMetier(f"{NOMS[GenrePhase(genre)]} finit avant de commencer.")
        if periode and periode.aveugle and genre != GenrePhase.EVALUATION:
            raise ErreurMetier("Seule l’évaluation peut être à l’aveugle.")


@transaction.atomic
def dater_phases(*, appel: Appel, periodes: dict[str, Periode | None], par) -> list:
    """Replace the dates of the given phases; None takes a phase away."""
    if not peut_instruire(par):
        raise ActionInterdite("Seule la DGALN date les phases de l’instruction.")
    appel = Appel.objects.select_for_update(of=("self",)).get(pk=appel.pk)
    _verifier(periodes)
    nommee = not est_aveugle(appel)
    for genre, periode in periodes.items():
        existante = appel.phases.filter(genre=genre).first()
        if periode is None:
            if existante:
                existante.delete()
            continue
        phase = existante or PhaseInstruction(appel=appel, genre=genre)
        if existante is None or phase.fin != periode.fin:
            phase.rouverte_jusqu_au, phase.motif_reouverture = None, ""
        phase.debut, phase.fin, phase.aveugle = periode.debut, periode.fin, periode.aveugle
        phase.save()
    if nommee and est_aveugle(appel):
        masquer_la_boite(appel, par)
    inscrire(journal.PHASES_DATEES, objet=appel, par=par)
    return list(appel.phases.all())


@transaction.atomic
def rouvrir_phase(*, phase: PhaseInstruction, jusqu_au: date, motif: str, par) -> PhaseInstruction:
    if not peut_instruire(par):
        raise ActionInterdite("Seule la DGALN rouvre une phase.")
    phase = PhaseInstruction.objects.select_for_update(of=("self",)).get(pk=phase.pk)
    if phase.moment != "close":
        raise TransitionImpossible("Cette phase n’est pas close.")
    if not motif.strip():
        raise MotifRequis
    if jusqu_au < timezone.localdate():
        raise ErreurMetier("Donnez une date à venir.")
    phase.rouverte_jusqu_au, phase.motif_reouverture = jusqu_au, motif.strip()
    phase.rouverte_par = par
    phase.save(update_fields=["rouverte_jusqu_au", "motif_reouverture", "rouverte_par"])
    inscrire(
        journal.PHASE_ROUVERTE,
        objet=phase.appel,
        par=par,
        motif=motif.strip(),
        phase=phase.get_genre_display(),
    )
    return phase
