"""Verbs on the dates of a séance. Instants without a zone are read in the site's time zone."""

from django.db import transaction
from django.utils import timezone

from ateliers.lieux.models import Lieu
from ateliers.parcours.domaine.cycle import passer_en_restitution, verrouiller
from ateliers.parcours.droits import exiger, peut_piloter
from ateliers.seances import journal
from ateliers.seances.choix import EtatSeance
from ateliers.seances.cycle_de_vie import CYCLE_SEANCE
from ateliers.seances.domaine.conditions import manques_programmer, manques_tenir
from ateliers.seances.domaine.duree import verifier_duree
from ateliers.seances.domaine.epoque import verifier_epoque
from ateliers.seances.domaine.numeros import marquer_changement
from ateliers.seances.domaine.occupations import occuper
from ateliers.seances.domaine.ordre import verifier_ordre
from ateliers.seances.models import Glissement, Seance
from candidatures.dispositifs.choix import GenreSeance
from socle.erreurs import ElementsManquants, ErreurMetier, confirmer
from socle.journal.domaine import inscrire

GARDER = object()  # the room stays as it is
PLACE = ["lieu", "adresse", "salle"]


def verrouiller_seance(seance) -> Seance:
    """Lock the atelier first (gates read its other séances), then the séance."""
    atelier = verrouiller(seance.atelier)
    seance = Seance.objects.select_for_update().get(pk=seance.pk)
    seance.atelier = atelier
    return seance


def _instant(valeur, seance):
    return valeur.replace(tzinfo=seance.zone) if timezone.is_naive(valeur) else valeur


def _dates(seance, debut, fin):
    debut, fin = _instant(debut, seance), _instant(fin, seance)
    if fin < debut:
        raise ErreurMetier("La fin ne peut pas précéder le début.", champ="jour_fin")
    return debut, fin


def _confirmer_passe(debut, confirmes) -> None:
    """A date gone by is often a typo, sometimes data entered after the fact."""
    if debut <= timezone.now():
        confirmer(
            "date_passee",
            "Cette date est passée : cochez si la séance a déjà eu lieu.",
            confirmes,
            champ="jour_debut",
        )


def placer(seance, lieu, adresse, salle) -> None:
    """A known room gives its name and address; a place typed by hand gives the room back."""
    if isinstance(salle, Lieu):
        seance.salle, lieu, adresse = salle, salle.nom, salle.adresse_complete
    elif salle is None or (lieu and lieu != seance.lieu):
        seance.salle = None
    seance.lieu, seance.adresse = lieu, adresse


def _poser(seance, debut, fin, place, par) -> None:
    lieu, adresse, salle = place
    seance.debut_prevu, seance.fin_prevu = debut, fin
    placer(seance, lieu or seance.lieu, adresse or seance.adresse, salle)
    seance.save(update_fields=["etat", "debut_prevu", "fin_prevu", *PLACE])
    occuper(seance, par=par)


def _jour(instant, seance) -> str:
    return instant.astimezone(seance.zone).strftime("%d/%m/%Y")


@transaction.atomic
def programmer(*, seance, par, debut, fin, lieu="", adresse="", salle=GARDER, confirmes=()):
    """Give a first date, and a place if it is known: a room, or words.

    `confirmes`: « date_passee », « ordre », « duree ».
    """
    seance = verrouiller_seance(seance)
    exiger(peut_piloter(par, seance.atelier))
    CYCLE_SEANCE.verifier(seance, "programmer")
    debut, fin = _dates(seance, debut, fin)
    if manques := manques_programmer(seance, debut):
        raise ElementsManquants(manques)
    _confirmer_passe(debut, confirmes)
    verifier_ordre(seance, debut, fin, confirmes)
    verifier_duree(seance, debut, confirmes)
    CYCLE_SEANCE.appliquer(seance, "programmer")
    _poser(seance, debut, fin, (lieu, adresse, salle), par)
    inscrire(
        journal.PROGRAMMEE,
        objet=seance.atelier,
        par=par,
        seance=seance.titre,
        date=_jour(debut, seance),
    )
    return seance


@transaction.atomic
def reporter(*, seance, par, debut, fin, motif, lieu="", adresse="", salle=GARDER, confirmes=()):
    """Change the date; the slip keeps the former one and the reason."""
    seance = verrouiller_seance(seance)
    exiger(peut_piloter(par, seance.atelier))
    CYCLE_SEANCE.verifier(seance, "reporter", motif=motif)
    debut, fin = _dates(seance, debut, fin)
    if debut == seance.debut_prevu:
        raise ErreurMetier("La nouvelle date est celle qui était prévue.")
    if manques := manques_programmer(seance, debut):
        raise ElementsManquants(manques)
    _confirmer_passe(debut, confirmes)
    verifier_ordre(seance, debut, fin, confirmes)
    verifier_duree(seance, debut, confirmes)
    Glissement.objects.create(
        seance=seance,
        ancien_debut=seance.debut_prevu,
        ancienne_fin=seance.fin_prevu,
        nouveau_debut=debut,
        motif=motif,
        par=par,
    )
    CYCLE_SEANCE.appliquer(seance, "reporter", motif=motif)
    _poser(seance, debut, fin, (lieu, adresse, salle), par)
    marquer_changement(seance)
    inscrire(
        journal.REPORTEE,
        objet=seance.atelier,
        par=par,
        motif=motif,
        seance=seance.titre,
        date=_jour(debut, seance),
    )
    return seance


@transaction.atomic
def corriger(*, seance, par, debut, fin, lieu="", adresse="", salle=GARDER, confirmes=()):
    """Mend a mistyped date, without ghost nor reason. Only for one that nobody was told."""
    seance = verrouiller_seance(seance)
    exiger(peut_piloter(par, seance.atelier))
    CYCLE_SEANCE.verifier(seance, "corriger")
    debut, fin = _dates(seance, debut, fin)
    if manques := manques_programmer(seance, debut):
        raise ElementsManquants(manques)
    _confirmer_passe(debut, confirmes)
    verifier_ordre(seance, debut, fin, confirmes)
    verifier_duree(seance, debut, confirmes)
    _poser(seance, debut, fin, (lieu, adresse, salle), par)
    marquer_changement(seance)
    inscrire(
        journal.CORRIGEE,
        objet=seance.atelier,
        par=par,
        seance=seance.titre,
        date=_jour(debut, seance),
    )
    return seance


@transaction.atomic
def tenir(*, seance, par, debut_reel=None, fin_reelle=None, confirmes=()):
    """Declare it held, at the planned dates unless told otherwise.

    `confirmes`: « avant_ouverture » when it is told after the fact, before the atelier's opening.

    Holding the last in-situ atelier brings the atelier to restitution.
    """
    seance = verrouiller_seance(seance)
    exiger(peut_piloter(par, seance.atelier))
    CYCLE_SEANCE.verifier(seance, "tenir")
    if manques := manques_tenir(seance):
        raise ElementsManquants(manques)
    debut, fin = _dates(seance, debut_reel or seance.debut_prevu, fin_reelle or seance.fin_prevu)
    if fin > timezone.now():
        raise ErreurMetier(
            "Une séance ne peut pas être déclarée tenue avant d’avoir eu lieu.", champ="jour_fin"
        )
    verifier_epoque(seance, debut.astimezone(seance.zone).date(), confirmes)
    CYCLE_SEANCE.appliquer(seance, "tenir")
    seance.debut_reel, seance.fin_reelle = debut, fin
    seance.save(update_fields=["etat", "debut_reel", "fin_reelle"])
    inscrire(journal.TENUE, objet=seance.atelier, par=par, seance=seance.titre)
    if seance.genre == GenreSeance.ATELIER and not _atelier_restant(seance.atelier):
        passer_en_restitution(atelier=seance.atelier, par=par)
    return seance


def _atelier_restant(atelier) -> bool:
    return (
        Seance.objects.filter(atelier=atelier, genre=GenreSeance.ATELIER)
        .exclude(etat=EtatSeance.TENUE)
        .exists()
    )


@transaction.atomic
def annuler(*, seance, par, motif):
    """Cancel, with the reason. In-situ ateliers and the restitution are postponed instead."""
    seance = verrouiller_seance(seance)
    exiger(peut_piloter(par, seance.atelier))
    CYCLE_SEANCE.verifier(seance, "annuler", motif=motif)
    if seance.genre in (GenreSeance.ATELIER, GenreSeance.RESTITUTION):
        raise ErreurMetier(
            "Cette étape est constitutive de la démarche : reportez-la plutôt que de l’annuler."
        )
    CYCLE_SEANCE.appliquer(seance, "annuler", motif=motif)
    seance.save(update_fields=["etat"])
    occuper(seance, par=par)
    marquer_changement(seance)
    inscrire(journal.ANNULEE, objet=seance.atelier, par=par, motif=motif, seance=seance.titre)
    return seance
