"""Recusals: declared by the person or by the DGALN, or computed. They forbid reading and noting.

`est_deporte` and `deportes` are what other rooms ask. An evaluation entrusted to a recused person
is set aside: kept in the history, never counted. What was filed before the decision was published
has counted in it, and stays counted.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from candidatures.dossiers.cycle_de_vie import EN_INSTRUCTION
from candidatures.dossiers.domaine.commun import verrouiller
from candidatures.dossiers.droits import est_deporte, visibles_par
from candidatures.dossiers.models import Candidature
from candidatures.instruction import journal, notifications
from candidatures.instruction.choix import OrigineDeport
from candidatures.instruction.domaine.conflits import ecart
from candidatures.instruction.domaine.profils import LECTEURS, emprise, lecteurs, profils
from candidatures.instruction.droits import confiee_a, peut_instruire
from candidatures.instruction.gardes import est_deliberee
from candidatures.instruction.models import Deport, Evaluation, MandatElectif
from socle.erreurs import ActionInterdite, ErreurMetier, MotifRequis, TransitionImpossible
from socle.journal.domaine import inscrire

__all__ = ["deportes", "est_deporte"]


def deportes(candidature: Candidature) -> set[int]:
    """Keys of the persons who are recused from it now."""
    actifs = Deport.objects.filter(candidature=candidature, leve_le__isnull=True)
    return set(actifs.values_list("personne_id", flat=True))


AVANT_DECISION = (
    "L’évaluation de la personne déportée, déposée ou non, est mise à l’écart\u00a0: elle ne "
    "compte plus, ni dans les moyennes ni dans le classement."
)
APRES_SEANCE = " Un comité a déjà délibéré sur ce dossier\u00a0: son procès-verbal ne change pas."
APRES_DECISION = (
    "La décision est publiée\u00a0: l’évaluation que la personne a déposée y a compté, et reste "
    "comptée. Le dossier lui est fermé dès maintenant."
)


def effet(candidature: Candidature) -> str:
    """What declaring a recusal now does to the evaluation of this person, as a sentence."""
    if candidature.etat not in EN_INSTRUCTION:
        return APRES_DECISION
    return AVANT_DECISION


def effet_complet(candidature: Candidature) -> str:
    """The same, with what becomes of the minutes of a committee that has deliberated."""
    return effet(candidature) + (APRES_SEANCE if est_deliberee(candidature) else "")


def _ecarter(candidature: Candidature, personne_id: int, motif: str) -> None:
    siennes = Evaluation.comptees.filter(candidature=candidature, evaluateur_id=personne_id)
    if candidature.etat not in EN_INSTRUCTION:
        siennes = siennes.filter(depose_le__isnull=True)
    siennes.update(ecartee_le=timezone.now(), ecartee_motif=motif)


def _deporter(candidature, personne, origine, motif, par) -> Deport:
    deport = Deport.objects.create(
        candidature=candidature,
        personne=personne,
        origine=origine,
        motif=motif,
        le=timezone.now(),
        par=par,
    )
    _ecarter(candidature, personne.pk, motif)
    siens = Candidature.objects.filter(pk=candidature.pk)
    notifications.retirer(siens, [personne], "Déport du destinataire.", par)
    return deport


@transaction.atomic
def declarer_deport(
    *, candidature: Candidature, personne, motif: str, par, origine=OrigineDeport.DECLARE
) -> Deport:
    """By the person, or by an agent of the DGALN who is not recused.

    `origine`: SEANCE when the committee notes it in the room.
    """
    candidature = verrouiller(candidature)
    concernee = (
        par == personne
        and par.role in LECTEURS
        and (visibles_par(par).filter(pk=candidature.pk).exists() or confiee_a(par, candidature))
    )
    if not (concernee or peut_instruire(par, candidature)):
        raise ActionInterdite("Vous ne pouvez pas déclarer ce déport.")
    if personne.role not in LECTEURS:
        raise ErreurMetier(f"{personne} n’instruit ni n’évalue : aucun déport n’est à déclarer.")
    if not motif.strip():
        raise MotifRequis
    declares = candidature.deports.filter(personne=personne, leve_le__isnull=True).exclude(
        origine=OrigineDeport.CALCULE
    )
    if deja := declares.first():
        return deja
    deport = _deporter(candidature, personne, origine, motif.strip(), par)
    inscrire(
        journal.DEPORT_DECLARE,
        objet=candidature,
        par=par,
        motif=motif.strip(),
        personne=personne.nom_complet,
    )
    return deport


@transaction.atomic
def lever_deport(*, deport: Deport, motif: str, par) -> Deport:
    """A declared one only; never by the person. A computed one falls with its cause."""
    candidature = verrouiller(deport.candidature)
    deport = (
        Deport.objects.select_for_update(of=("self",)).select_related("personne").get(pk=deport.pk)
    )
    if deport.personne_id == par.pk or not peut_instruire(par, candidature):
        raise ActionInterdite("Un déport est levé par un autre agent de la DGALN.")
    if deport.leve_le:
        raise TransitionImpossible("Ce déport est déjà levé.")
    if deport.origine == OrigineDeport.CALCULE:
        raise TransitionImpossible("Un déport calculé tombe avec sa cause : il ne se lève pas.")
    if not motif.strip():
        raise MotifRequis
    deport.leve_le, deport.leve_par, deport.motif_levee = timezone.now(), par, motif.strip()
    deport.save(update_fields=["leve_le", "leve_par", "motif_levee"])
    inscrire(
        journal.DEPORT_LEVE,
        objet=candidature,
        par=par,
        motif=motif.strip(),
        personne=deport.personne.nom_complet,
    )
    return deport


def _appliquer(candidature: Candidature, personnes, lus) -> None:
    calcules = candidature.deports.filter(
        origine=OrigineDeport.CALCULE, leve_le__isnull=True, personne__in=personnes
    )
    vises = ecart(lus, emprise(candidature), calcules.values_list("personne_id", flat=True))
    concernees = {p.pk: p for p in personnes.filter(pk__in=[*vises.a_creer, *vises.a_lever])}
    for cle, motif in vises.a_creer.items():
        _deporter(candidature, concernees[cle], OrigineDeport.CALCULE, motif, None)
        inscrire(
            journal.DEPORT_CALCULE,
            objet=candidature,
            motif=motif,
            personne=concernees[cle].nom_complet,
        )
    if vises.a_lever:
        leves = calcules.filter(personne_id__in=vises.a_lever)
        leves.update(leve_le=timezone.now(), motif_levee="La cause a cessé.")
        for cle in vises.a_lever:
            inscrire(
                journal.DEPORT_LEVE,
                objet=candidature,
                motif="La cause a cessé.",
                personne=concernees[cle].nom_complet,
            )


@transaction.atomic
def recalculer(candidature: Candidature, personnes=None) -> None:
    """Make the computed recusals of a deposited dossier true again, for all or for some."""
    candidature = verrouiller(candidature)
    if candidature.deposee_le is None:
        return
    personnes = lecteurs() if personnes is None else personnes
    _appliquer(candidature, personnes, profils(personnes))


@transaction.atomic
def recalculer_pour(personnes) -> None:
    """The same for some persons (a queryset), on every deposited dossier."""
    concernees = lecteurs().filter(pk__in=personnes.values("pk"))
    lus = profils(concernees)
    deja = Q(deports__personne__in=[p.personne_id for p in lus])
    touchees = Q(perimetre__departements__in=set().union(*(p.departements for p in lus)))
    touchees |= Q(portages__organisme__in=[p.organisme_id for p in lus])
    touchees |= Q(service_pilote__in=[p.organisme_id for p in lus])
    for profil in lus:
        touchees |= Q(perimetre__couverture__overlap=sorted(profil.communes))
        touchees |= Q(perimetre__communes__epci__in=profil.epcis)
        touchees |= Q(perimetre__epcis__in=profil.epcis)
    visees = Candidature.objects.filter(deja | touchees, deposee_le__isnull=False).values("pk")
    for candidature in Candidature.objects.filter(pk__in=visees).order_by("pk"):
        _appliquer(verrouiller(candidature), concernees, lus)


@transaction.atomic
def enregistrer_mandat(*, personne, fonction: str, debut, par, commune=None, epci=None, fin=None):
    """An elected office, recorded by the person or the DGALN; its dossiers close at once."""
    if par != personne and not peut_instruire(par):
        raise ActionInterdite("Un mandat est déclaré par la personne ou par la DGALN.")
    if (commune is None) == (epci is None):
        raise ErreurMetier("Indiquez une commune ou un EPCI.")
    mandat = MandatElectif.objects.create(
        personne=personne,
        commune=commune,
        epci=epci,
        fonction=fonction.strip(),
        debut=debut,
        fin=fin,
    )
    recalculer_pour(lecteurs().filter(pk=personne.pk))
    return mandat


@transaction.atomic
def clore_mandat(*, mandat: MandatElectif, le, par) -> MandatElectif:
    """Ends on this day; only the DGALN closes it, so that nobody lifts their own recusal."""
    if not peut_instruire(par) or par == mandat.personne:
        raise ActionInterdite("Un mandat est clos par un autre agent de la DGALN.")
    mandat = (
        MandatElectif.objects.select_for_update(of=("self",))
        .select_related("personne")
        .get(pk=mandat.pk)
    )
    if le < mandat.debut:
        raise ErreurMetier("Le mandat finit avant de commencer.")
    mandat.fin = le
    mandat.save(update_fields=["fin"])
    inscrire(journal.MANDAT_CLOS, objet=mandat.personne, par=par)
    recalculer_pour(lecteurs().filter(pk=mandat.personne_id))
    return mandat
