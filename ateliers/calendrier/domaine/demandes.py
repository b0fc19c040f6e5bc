"""Ask for a calendar, search in the background, stop, keep one."""

import logging
from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from ateliers.calendrier import journal
from ateliers.calendrier.choix import EtatDemande
from ateliers.calendrier.cycle_de_vie import CYCLE_DEMANDE
from ateliers.calendrier.domaine.assemblage import RienAPlacer, assembler
from ateliers.calendrier.domaine.cartes import cartes, relire
from ateliers.calendrier.droits import exiger, peut_rechercher
from ateliers.calendrier.models import DemandeCalendrier
from ateliers.calendrier.solveur import collisions
from ateliers.calendrier.solveur.probleme import Interrompu, SansReponse
from ateliers.calendrier.solveur.validateur import fautes
from ateliers.seances.choix import EtatSeance
from ateliers.seances.domaine import agenda
from ateliers.seances.models import Seance
from socle.erreurs import ErreurMetier
from socle.journal.domaine import inscrire

logger = logging.getLogger(__name__)
SECONDES_ATELIER = 6.0
SECONDES_SESSION = 20.0
INTERROMPUE = (
    "La recherche s’est interrompue. Relancez-la ; si cela recommence, signalez-le à la DGALN."
)
ATTENTE_MAX = timedelta(minutes=2)  # in the queue, before it is sent again
VIE_MAX = timedelta(minutes=15)  # from the request; the task itself stops after 5 minutes


@transaction.atomic
def demander(*, par, parametres, atelier=None, session=None) -> DemandeCalendrier:
    exiger(peut_rechercher(par, atelier=atelier))
    demande = DemandeCalendrier.objects.create(
        par=par, atelier=atelier, session=session, parametres=parametres
    )
    transaction.on_commit(lambda: chercher.delay(demande.pk))
    return demande


@transaction.atomic
def arreter(*, demande, par) -> DemandeCalendrier:
    """Stop; the calendars found so far stay, and one of them may be kept."""
    demande = _verrouiller(demande)
    exiger(peut_rechercher(par, atelier=demande.atelier))
    trouves = CYCLE_DEMANDE.possible("garder", demande.etat) and demande.resultat.get(
        "propositions"
    )
    CYCLE_DEMANDE.appliquer(demande, "garder" if trouves else "arreter")
    demande.save(update_fields=["etat"])
    return demande


def _verrouiller(demande):
    return DemandeCalendrier.objects.select_for_update().get(pk=demande.pk)


@shared_task(soft_time_limit=300)
def chercher(pk: int) -> None:
    """Search; running it twice changes nothing: the first one takes the row."""
    prises = DemandeCalendrier.objects.filter(pk=pk, etat=EtatDemande.DEMANDE)
    if not prises.update(etat=EtatDemande.EN_COURS, progression=1):
        return
    demande = DemandeCalendrier.objects.select_related("atelier", "session").get(pk=pk)
    try:
        _terminer(demande, *_calculer(demande))
    except Interrompu:
        return
    except RienAPlacer:
        _echouer(demande, "Toutes les séances ont déjà une date.")
    except SansReponse:
        _echouer(demande, "La recherche n’a rien trouvé à temps. Fixez une séance et relancez.")
    except Exception:
        logger.exception("Recherche de calendrier %s", pk)
        _echouer(demande, INTERROMPUE)
        raise


@shared_task
def reprendre() -> None:
    """Beat: a search whose message was lost starts again, one whose worker died says so."""
    maintenant = timezone.now()
    perdues = DemandeCalendrier.objects.filter(
        etat=EtatDemande.DEMANDE, demandee_le__lt=maintenant - ATTENTE_MAX
    )
    for pk in perdues.values_list("pk", flat=True):
        chercher.delay(pk)
    mortes = DemandeCalendrier.objects.filter(
        etat=EtatDemande.EN_COURS, demandee_le__lt=maintenant - VIE_MAX
    )
    for demande in mortes:
        logger.error("Recherche de calendrier %s : aucune fin après %s", demande.pk, VIE_MAX)
        _echouer(demande, INTERROMPUE)


def _calculer(demande):
    # OR-Tools brings 90 MB that no other process needs.
    from ateliers.calendrier.domaine.conseils import conseiller
    from ateliers.calendrier.solveur.resolution import proposer

    suivi = _Suivi(demande, assembler(demande))
    resultat = proposer(
        suivi.probleme,
        secondes=SECONDES_ATELIER if demande.atelier_id else SECONDES_SESSION,
        avancer=suivi.avancer,
        publier=suivi.publier,
        arreter=suivi.arrete,
    )
    secondes = round(resultat.secondes, 1)
    if resultat.possible:
        return "proposer", {"propositions": suivi.cartes(resultat.propositions)} | {
            "secondes": secondes
        }

    def avancer(points):
        suivi.avancer(points, "Essai de ce qui peut être assoupli")

    heurts = resultat.collision
    ensuite, regles = conseiller(demande, suivi.probleme, heurts, avancer, suivi.arrete)
    phrase, motifs = collisions.collision(suivi.probleme, heurts)
    motifs += collisions.seconde(suivi.probleme, ensuite, heurts)
    dit = {"phrase": phrase, "motifs": motifs, "regles": regles, "secondes": secondes}
    return "conclure", dit


class _Suivi:
    """What the page shows meanwhile: the step, and each calendar as soon as it is found."""

    def __init__(self, demande, probleme):
        self.probleme = probleme
        self.ligne = DemandeCalendrier.objects.filter(pk=demande.pk, etat=EtatDemande.EN_COURS)
        self.resultat = {}

    def arrete(self) -> bool:
        return not self.ligne.exists()

    def avancer(self, points, etape):
        self.resultat = self.resultat | {"etape": etape}
        self.ligne.update(progression=points, resultat=self.resultat)

    def publier(self, propositions):
        self.resultat = self.resultat | {"propositions": self.cartes(propositions)}
        self.ligne.update(resultat=self.resultat)

    def cartes(self, propositions) -> list[dict]:
        return cartes(self.probleme, propositions)


@transaction.atomic
def _terminer(demande, verbe, resultat):
    demande = _verrouiller(demande)
    if not CYCLE_DEMANDE.possible(verbe, demande.etat):
        return  # stopped in between
    CYCLE_DEMANDE.appliquer(demande, verbe)
    demande.resultat, demande.progression = resultat, 100
    demande.save(update_fields=["etat", "resultat", "progression"])


@transaction.atomic
def _echouer(demande, phrase):
    demande = _verrouiller(demande)
    if CYCLE_DEMANDE.possible("echouer", demande.etat):
        CYCLE_DEMANDE.appliquer(demande, "echouer")
        demande.resultat = {"phrase": phrase}
        demande.save(update_fields=["etat", "resultat"])


@transaction.atomic
def retenir(*, demande, numero, par) -> DemandeCalendrier:
    """Program every séance of this proposal in one act, if it still holds."""
    demande = _verrouiller(demande)
    exiger(peut_rechercher(par, atelier=demande.atelier))
    CYCLE_DEMANDE.verifier(demande, "retenir")
    proposees = demande.resultat["propositions"]
    if demande.retenue is not None or not 1 <= numero <= len(proposees):
        raise ErreurMetier("Ce calendrier ne peut plus être retenu.")
    dates = _relues(demande, proposees[numero - 1])
    # What was fixed by hand is programmed too; what had a date keeps it.
    seances = Seance.objects.filter(
        pk__in=[int(d.seance) for d in dates], etat=EtatSeance.A_PROGRAMMER
    ).select_related("atelier")
    par_cle = {str(s.pk): s for s in seances}
    for date in sorted(dates, key=lambda d: d.debut):
        if seance := par_cle.get(date.seance):
            agenda.programmer(
                seance=seance,
                par=par,
                debut=date.debut,
                fin=date.fin,
                confirmes={"ordre", "duree"},  # the solver knew both; what was fixed was said
            )
    demande.retenue = numero
    demande.save(update_fields=["retenue"])
    for atelier in {s.atelier_id: s.atelier for s in par_cle.values()}.values():
        nombre = sum(1 for s in par_cle.values() if s.atelier_id == atelier.pk)
        inscrire(journal.RETENU, objet=atelier, par=par, nombre=nombre)
    return demande


def _relues(demande, choisie):
    """The dates, checked against the rows of today."""
    try:
        probleme = assembler(demande)
    except RienAPlacer as rien:
        raise ErreurMetier("Toutes les séances ont déjà une date.") from rien
    dates = relire(probleme, choisie)
    if erreurs := fautes(probleme, dates):
        raise ErreurMetier(f"Ce calendrier ne tient plus : {erreurs[0]} Relancez la recherche.")
    return dates
