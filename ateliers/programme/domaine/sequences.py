"""Write the déroulé séquence by séquence: each keeps its identity, so that versions compare."""

from django.db import transaction
from django.db.models import Max

from ateliers.parcours.droits import exiger
from ateliers.programme.domaine import decalage
from ateliers.programme.domaine.horaires import echanger, fin_de, minutes, moment
from ateliers.programme.domaine.places import avec_places
from ateliers.programme.domaine.trajets import recales
from ateliers.programme.droits import peut_ecrire
from ateliers.programme.models import Arret, Visite
from ateliers.seances import journal
from ateliers.seances.choix import FormatSequence
from ateliers.seances.domaine.agenda import verrouiller_seance
from ateliers.seances.domaine.preparation import MAX_JOURS, verifier_vivante
from ateliers.seances.models import Sequence
from socle.erreurs import ErreurMetier
from socle.journal.domaine import inscrire

CHAMPS = (
    "titre",
    "jour",
    "debut",
    "duree_min",
    "format",
    "public",
    "lieu",
    "animateur",
    "animateur_courriel",
    "materiel",
)


def _ouvrir(seance, par):
    seance = verrouiller_seance(seance)
    exiger(peut_ecrire(par, seance.atelier))
    verifier_vivante(seance)
    return seance


def _conclure(seance, par):
    # Diaries show what is published: see `versions.publier`.
    inscrire(journal.DEROULE, objet=seance.atelier, par=par, seance=seance.titre)


def _verifier(valeurs) -> None:
    if valeurs.get("jour", 1) > MAX_JOURS:
        raise ErreurMetier(f"Une séance dure au plus {MAX_JOURS} jours.", champ="jour")


@transaction.atomic
def ajouter(*, seance, par, suivantes=False, **valeurs) -> Sequence:
    """`suivantes`: what starts then or later that day makes room for it.

    `decalees`, on what is returned: how many moved, and by how many minutes.
    """
    seance = _ouvrir(seance, par)
    _verifier(valeurs)
    dernier = seance.sequences.aggregate(m=Max("ordre"))["m"] or 0
    sequence = Sequence.objects.create(seance=seance, ordre=dernier + 1, **valeurs)
    sequence.decalees = (0, 0)
    if suivantes:
        sequence.decalees = _pousser(
            seance,
            delta=sequence.duree_min,
            jour=sequence.jour,
            des=minutes(sequence.debut),
            sauf=sequence.pk,
        )
    _conclure(seance, par)
    return sequence


@transaction.atomic
def modifier(*, sequence, par, suivantes=False, **valeurs) -> Sequence:
    """`suivantes`: what came after it that day moves by as much as its end. See `ajouter`."""
    seance = _ouvrir(sequence.seance, par)
    _verifier(valeurs)
    sequence = seance.sequences.get(pk=sequence.pk)
    jour, debut, fin = sequence.jour, minutes(sequence.debut), fin_de(sequence)
    for champ, valeur in valeurs.items():
        setattr(sequence, champ, valeur)
    if suivantes and sequence.jour != jour:
        raise ErreurMetier(
            "Cette séquence change de jour : décochez, puis décalez chaque jour à part.",
            champ="suivantes",
        )
    sequence.save(update_fields=list(valeurs))
    _deplacer_arrets({sequence.pk: minutes(sequence.debut) - debut})
    sequence.decalees = (0, 0)
    if suivantes:
        ecart = fin_de(sequence) - fin
        sequence.decalees = _pousser(seance, delta=ecart, jour=jour, des=fin, sauf=sequence.pk)
    _conclure(seance, par)
    return sequence


@transaction.atomic
def retirer(*, sequence, par, suivantes=False) -> tuple[int, int]:
    """`suivantes`: what came after it that day takes its place. Returns `decalees`."""
    seance = _ouvrir(sequence.seance, par)
    retiree = seance.sequences.get(pk=sequence.pk)
    seance.sequences.filter(pk=sequence.pk).delete()
    decalees = (0, 0)
    if suivantes:
        ecart, fin = -retiree.duree_min, fin_de(retiree)
        decalees = _pousser(seance, delta=ecart, jour=retiree.jour, des=fin)
    _conclure(seance, par)
    return decalees


@transaction.atomic
def decaler(*, sequence, par, minutes_ajoutees: int, avec_elle=False) -> tuple[int, int]:
    """Move what starts after this séquence that day, and itself when asked; see `ajouter`."""
    seance = _ouvrir(sequence.seance, par)
    sequence = seance.sequences.get(pk=sequence.pk)
    decalees = _pousser(
        seance,
        delta=minutes_ajoutees,
        jour=sequence.jour,
        des=minutes(sequence.debut) + 1,
        avec=sequence if avec_elle else None,
        champ="minutes",
    )
    if not decalees[0]:
        raise ErreurMetier(f"Aucune séquence ne commence après « {sequence} » ce jour-là.")
    _conclure(seance, par)
    return decalees


def _pousser(seance, *, delta, jour, des, sauf=None, avec=None, champ="suivantes"):
    """(number, minutes) of what moved."""
    lignes = list(seance.sequences.filter(jour=jour))
    bougent = decalage.suivantes(lignes, jour=jour, des=des, sauf=sauf)
    if avec is not None:
        bougent.append(avec)
    cles = {s.pk for s in bougent}
    restent = [s for s in lignes if s.pk not in cles]
    decalage.verifier(bougent, restent, delta, decalage.bornes(seance, jour), champ)
    if not delta:
        return 0, 0
    for sequence in bougent:
        sequence.debut = moment(minutes(sequence.debut) + delta)
    Sequence.objects.bulk_update(bougent, ["debut"])
    _deplacer_arrets(dict.fromkeys(cles, delta))
    return len(bougent), delta


def _deplacer_arrets(deltas: dict[int, int]) -> None:
    """The stops of a visit keep their place in it."""
    utiles = {cle: delta for cle, delta in deltas.items() if delta}
    arrets = list(Arret.objects.filter(visite__sequence__in=utiles).select_related("visite"))
    for arret in arrets:
        arret.arrivee = moment(minutes(arret.arrivee) + utiles[arret.visite.sequence_id])
    Arret.objects.bulk_update(arrets, ["arrivee"])


@transaction.atomic
def deplacer(*, sequence, par, plus_tot: bool) -> Sequence:
    """Trade places with the neighbour of the same day; the pause between them is kept."""
    seance = _ouvrir(sequence.seance, par)
    lignes = list(seance.sequences.all())
    rang = next(r for r, s in enumerate(lignes) if s.pk == sequence.pk)
    voisin = rang - 1 if plus_tot else rang + 1
    if not 0 <= voisin < len(lignes) or lignes[voisin].jour != lignes[rang].jour:
        raise ErreurMetier("Cette séquence est déjà au bout de sa journée.")
    haut, bas = lignes[min(rang, voisin)], lignes[max(rang, voisin)]
    debuts = echanger((minutes(haut.debut), haut.duree_min), (minutes(bas.debut), bas.duree_min))
    ecarts = {s.pk: d - minutes(s.debut) for s, d in zip((haut, bas), debuts, strict=True)}
    haut.debut, bas.debut = (moment(total) for total in debuts)
    haut.ordre, bas.ordre = max(haut.ordre, bas.ordre), min(haut.ordre, bas.ordre)
    Sequence.objects.bulk_update([haut, bas], ["debut", "ordre"])
    _deplacer_arrets(ecarts)
    _conclure(seance, par)
    return lignes[rang]


@transaction.atomic
def tracer_visite(*, sequence, par, arrets, point_de_rencontre="", transport="", consignes=""):
    """The route of a visit. `arrets`: dicts nom, arrivee, duree_min, note, in order.

    And where each is, when it is known: commune, or latitude and longitude.
    """
    seance = _ouvrir(sequence.seance, par)
    sequence = seance.sequences.get(pk=sequence.pk)
    if sequence.format != FormatSequence.VISITE:
        raise ErreurMetier("Seule une visite a un itinéraire : changez d’abord le format.")
    heures = [a["arrivee"] for a in arrets]
    if heures != sorted(heures):
        raise ErreurMetier("Les arrêts se suivent dans l’ordre de leurs heures d’arrivée.")
    visite, _ = Visite.objects.update_or_create(
        sequence=sequence,
        defaults={
            "point_de_rencontre": point_de_rencontre,
            "transport": transport,
            "consignes": consignes,
        },
    )
    visite.arrets.all().delete()
    Arret.objects.bulk_create(
        Arret(visite=visite, ordre=ordre, **valeurs) for ordre, valeurs in enumerate(arrets, 1)
    )
    _conclure(seance, par)
    return visite


@transaction.atomic
def recaler_visite(*, sequence, par) -> int:
    """Put the hours of the stops right, by the estimated road; returns how many change."""
    seance = _ouvrir(sequence.seance, par)
    arrets = list(avec_places().filter(visite__sequence=sequence, visite__sequence__seance=seance))
    changes = []
    for arret, voulue in zip(arrets, recales(arrets), strict=True):
        if arret.arrivee != voulue:
            arret.arrivee = voulue
            changes.append(arret)
    if not changes:
        raise ErreurMetier("Les heures de cet itinéraire peuvent déjà être tenues.")
    Arret.objects.bulk_update(changes, ["arrivee"])
    _conclure(seance, par)
    return len(changes)
