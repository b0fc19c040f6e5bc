"""What a séance is made of, the séances added on the way, and the opening of the follow-up."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max

from ateliers.parcours import journal as journal_parcours
from ateliers.parcours.cycle_de_vie import CYCLE_ATELIER
from ateliers.parcours.domaine.cycle import verifier_revision, verrouiller
from ateliers.parcours.droits import exiger, peut_contribuer, peut_piloter
from ateliers.parcours.suivi import prealables
from ateliers.seances import journal
from ateliers.seances.choix import EtatSeance
from ateliers.seances.domaine.agenda import GARDER, placer, verrouiller_seance
from ateliers.seances.domaine.conditions import OUVERTS, genre_interdit
from ateliers.seances.domaine.numeros import marquer_changement
from ateliers.seances.domaine.occupations import occuper
from ateliers.seances.models import Seance, Sequence
from candidatures.dispositifs.choix import GenreSeance
from socle.erreurs import ElementsManquants, ErreurMetier, Manque, TransitionImpossible
from socle.journal.domaine import inscrire

LIBRES = (
    GenreSeance.SENSIBILISATION,
    GenreSeance.LANCEMENT,
    GenreSeance.INTER_ATELIER,
    GenreSeance.COPIL,
)
MAX_JOURS = 10
ANNONCES = ("titre", "objectif", "lieu", "adresse")  # what a diary shows, dates aside


def mois_plus(jour: date, mois: int) -> date:
    """The first day of the month that comes `mois` months later."""
    total = jour.year * 12 + jour.month - 1 + mois
    return date(total // 12, total % 12 + 1, 1)


def creer_seances(atelier) -> list[Seance]:
    """One séance per step of the dispositif; part of opening an atelier."""
    return Seance.objects.bulk_create(
        Seance(
            atelier=atelier,
            etape_type=etape,
            genre=etape.genre,
            rang=etape.rang,
            ordre=etape.ordre * 10,
            titre=etape.libelle,
            objectif=etape.objectif,
            estime_le=mois_plus(atelier.ouvert_le, etape.mois_prevu),
            fuseau=atelier.fuseau,
        )
        for etape in atelier.dispositif.etapes.all()
    )


@transaction.atomic
def ajouter_seance(*, atelier, par, genre, titre, objectif="", apres=None):
    """Add an inter-atelier, a copil, a sensibilisation; never an in-situ atelier.

    `apres`: the séance that it follows on the parcours (the last one when None).
    """
    atelier = verrouiller(atelier)
    exiger(peut_piloter(par, atelier))
    if atelier.etat not in OUVERTS:
        raise TransitionImpossible("Cet atelier est terminé.")
    if genre not in LIBRES:
        raise ErreurMetier("Le nombre d’ateliers in situ vient du dispositif.")
    if phrase := genre_interdit(atelier.dispositif, genre):
        raise ErreurMetier(phrase)
    if apres is not None and apres.atelier_id != atelier.pk:
        raise ErreurMetier("Cette séance appartient à un autre atelier.")
    dernier = Seance.objects.filter(atelier=atelier).aggregate(m=Max("ordre"))["m"] or 0
    seance = Seance.objects.create(
        atelier=atelier,
        genre=genre,
        titre=titre,
        objectif=objectif,
        rang=_rang(atelier, apres) if genre == GenreSeance.INTER_ATELIER else None,
        ordre=apres.ordre + 1 if apres else dernier + 10,
        fuseau=atelier.fuseau,
    )
    inscrire(journal.AJOUTEE, objet=atelier, par=par, seance=titre)
    return seance


def _rang(atelier, apres) -> int:
    """Rank of the in-situ atelier that an inter-atelier follows."""
    ateliers = Seance.objects.filter(atelier=atelier, genre=GenreSeance.ATELIER)
    if apres is not None:
        ateliers = ateliers.filter(ordre__lte=apres.ordre)
    rang = ateliers.aggregate(m=Max("rang"))["m"]
    if rang is None:
        raise ErreurMetier("Un inter-atelier suit un atelier in situ.")
    return rang


@transaction.atomic
def decrire(*, seance, par, titre, objectif, lieu, adresse, revision, salle=GARDER):
    """Title, purpose and place; the date has its own verbs."""
    seance = verrouiller_seance(seance)
    exiger(peut_contribuer(par, seance.atelier))
    verifier_vivante(seance)
    verifier_revision(seance, revision)
    avant = [getattr(seance, champ) for champ in ANNONCES]
    seance.titre, seance.objectif = titre, objectif
    placer(seance, lieu, adresse, salle)
    seance.save(update_fields=[*ANNONCES, "salle", "revision"])
    occuper(seance, par=par)
    if avant != [getattr(seance, champ) for champ in ANNONCES]:
        marquer_changement(seance)
    inscrire(journal.DECRITE, objet=seance.atelier, par=par, seance=titre)
    return seance


@transaction.atomic
def ecrire_deroule(*, seance, par, sequences, revision):
    """Replace the timed parts. `sequences`: dicts of the fields of Sequence, in order.

    One that keeps its title keeps its identity, its facilitator and its visit.
    """
    seance = verrouiller_seance(seance)
    exiger(peut_contribuer(par, seance.atelier))
    verifier_vivante(seance)
    verifier_revision(seance, revision)
    if any(s.get("jour", 1) > MAX_JOURS for s in sequences):
        raise ErreurMetier(f"Une séance dure au plus {MAX_JOURS} jours.")
    _remplacer(seance, sequences)
    seance.save(update_fields=["revision"])
    inscrire(journal.DEROULE, objet=seance.atelier, par=par, seance=seance.titre)
    return seance


def _remplacer(seance, sequences) -> None:
    connues = {}
    for sequence in seance.sequences.all():
        connues.setdefault(sequence.titre, sequence)
    gardees = []
    for ordre, valeurs in enumerate(sequences, start=1):
        sequence = connues.pop(valeurs["titre"], None) or Sequence(seance=seance)
        for champ, valeur in {"lieu": "", **valeurs, "ordre": ordre}.items():
            setattr(sequence, champ, valeur)
        sequence.save()
        gardees.append(sequence.pk)
    seance.sequences.exclude(pk__in=gardees).delete()


def verifier_vivante(seance) -> None:
    if seance.etat == EtatSeance.ANNULEE:
        raise TransitionImpossible("Cette séance est annulée.")
    if seance.atelier.etat not in OUVERTS:
        raise TransitionImpossible("Cet atelier est terminé.")


def fin_sequence(sequence):
    """Time at which a séquence ends: « 12 h 30 », « 16 h »."""
    debut = timedelta(hours=sequence.debut.hour, minutes=sequence.debut.minute)
    minutes = int((debut + timedelta(minutes=sequence.duree_min)).total_seconds() // 60)
    reste = f"\N{NO-BREAK SPACE}{minutes % 60:02d}" if minutes % 60 else ""
    return f"{minutes // 60 % 24}\N{NO-BREAK SPACE}h{reste}"


def manques_suivi(atelier) -> list[Manque]:
    """The follow-up opens once every restitution séance is held and the feuille is signed."""
    etats = set(
        Seance.objects.filter(atelier=atelier, genre=GenreSeance.RESTITUTION)
        .exclude(etat=EtatSeance.ANNULEE)
        .values_list("etat", flat=True)
    )
    if etats - {EtatSeance.TENUE}:
        return [Manque("La restitution ne s’est pas encore tenue.")]
    return [Manque(p.phrase, p.url) for p in prealables(atelier)]


@transaction.atomic
def ouvrir_suivi(*, atelier, par):
    """From restitution to follow-up."""
    atelier = verrouiller(atelier)
    exiger(peut_piloter(par, atelier))
    CYCLE_ATELIER.verifier(atelier, "ouvrir_suivi")
    if manques := manques_suivi(atelier):
        raise ElementsManquants(manques)
    CYCLE_ATELIER.appliquer(atelier, "ouvrir_suivi")
    atelier.save(update_fields=["etat"])
    inscrire(journal_parcours.EN_SUIVI, objet=atelier, par=par)
    return atelier
