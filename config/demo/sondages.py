"""Two polls, one still open with mixed answers, one closed on a date; a déroulé told twice."""

from datetime import time, timedelta

from django.utils import timezone

from ateliers.participants.domaine.diffusion import publier_programme
from ateliers.participants.models import Participant
from ateliers.programme.domaine import sequences
from ateliers.seances.domaine import preparation
from ateliers.seances.models import Seance, Sequence
from ateliers.sondages.domaine import reponses, sondages
from ateliers.sondages.models import Sondage, Sonde
from config.demo import horloge
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur

# One line a person, one letter a créneau: oui, si besoin, non; a point is silence.
OUVERT = ("oosnoo", "onoosn", "osooon", "nooso.", "sooono", "......", "......", "onooso")
CLOS = ("oons", "oosn", "osoo", "nooo", "soon", "ooos", "noso", "ooon")
CHOIX = {"o": "oui", "s": "si_besoin", "n": "non"}
STOPS = (
    ("Belvédère de la vallée", time(10, 15), 25, "Lecture du paysage", 50.165, 2.365),
    ("Ancienne filature", time(10, 55), 40, "Casques fournis", 50.137, 2.285),
    ("Cœur de bourg", time(11, 50), 30, "À pied, 600 mètres", 50.157, 2.340),
)


def jouer(atelier) -> None:
    """On this atelier: its pilot asks, its people answer."""
    pilote = Utilisateur.objects.filter(
        organisme=atelier.service_pilote_id, role=Role.SERVICE_ETAT
    ).first()
    gens = list(Participant.objects.filter(atelier=atelier).exclude(courriel="").order_by("pk"))
    _clos(atelier, pilote, gens[: len(CLOS)])
    _ouvert(atelier, pilote, gens[: len(OUVERT)])
    _derouler(atelier, pilote)


def _creneaux(premier: int, nombre: int) -> list:
    """Mornings and afternoons of working days."""
    bornes = (("09:30", "12:30"), ("14:00", "17:00"))
    jours = [horloge.ouvrable(premier + 3 * rang) for rang in range(nombre // 2)]
    return [
        (horloge.instant(jour, debut), horloge.instant(jour, fin))
        for jour in jours
        for debut, fin in bornes
    ]


def _sonder(atelier, pilote, gens, *, titre, ouvert, clot, premier, lettres, apres=None) -> Sondage:
    with horloge.le(horloge.jour(ouvert)):
        seance = preparation.ajouter_seance(
            atelier=atelier, par=pilote, genre="copil", titre=titre, apres=apres
        )
        sondage = sondages.ouvrir(
            seance=seance,
            par=pilote,
            creneaux=_creneaux(premier, len(lettres[0])),
            sondes=gens,
            obligatoires={gens[0].pk},
            clot_le=horloge.jour(clot),
            message="Nous cherchons une demi-journée pour réunir le comité de pilotage.",
            quorums={"elus": 1},
        )
    with horloge.le(horloge.jour(ouvert + 2)):
        _repondre(sondage, lettres)
    return sondage


def _repondre(sondage, lettres) -> None:
    sondes = Sonde.objects.filter(sondage=sondage).order_by("participant_id")
    creneaux = list(sondage.creneaux.values_list("pk", flat=True))
    for sonde, ligne in zip(sondes, lettres, strict=False):
        paires = zip(creneaux, ligne, strict=True)
        choix = {cle: CHOIX[lettre] for cle, lettre in paires if lettre in CHOIX}
        if choix:
            reponses.repondre(sonde, choix=choix)


def _ouvert(atelier, pilote, gens) -> None:
    _sonder(
        atelier,
        pilote,
        gens,
        titre="Comité de pilotage : préparer la feuille de route",
        ouvert=-4,
        clot=9,
        premier=24,
        lettres=OUVERT,
        apres=Seance.objects.filter(atelier=atelier, genre="atelier").order_by("-rang").first(),
    )


def _clos(atelier, pilote, gens) -> None:
    sondage = _sonder(
        atelier,
        pilote,
        gens,
        titre="Comité de pilotage d’étape",
        ouvert=-20,
        clot=-6,
        premier=33,
        lettres=CLOS,
    )
    creneau = sondage.creneaux.order_by("debut")[1]
    with horloge.le(horloge.jour(-7)):
        sondages.cloturer(
            creneau=creneau,
            par=pilote,
            lieu="Mairie de Doullens, salle du conseil",
            confirmes={"conflits", "obligatoire_muet"},
        )


def _derouler(atelier, pilote) -> None:
    """The next séance that has a visit: its route, a first version, then a change."""
    visites = Sequence.objects.filter(
        seance__atelier=atelier, format="visite", seance__etat="convoquee"
    ).filter(seance__debut_prevu__gt=timezone.now())
    visite = visites.select_related("seance__atelier").order_by("seance__debut_prevu").first()
    if visite is None:
        return
    seance = Seance.objects.get(pk=visite.seance_id)
    noms = ("nom", "arrivee", "duree_min", "note", "latitude", "longitude")
    with horloge.le(horloge.jour(-6)):
        sequences.tracer_visite(
            sequence=visite,
            par=pilote,
            point_de_rencontre="Parvis de la mairie, 9 h 50",
            transport="Un car de 50 places, accessible",
            consignes="Chaussures fermées. Une personne ouvre la marche, une autre la ferme.",
            arrets=[dict(zip(noms, arret, strict=True)) for arret in STOPS],
        )
        sequences.modifier(
            sequence=visite,
            par=pilote,
            animateur="Équipe d’assistance",
            materiel="Plans, carnets, appareils photo",
        )
        publier_programme(seance=seance, par=pilote)
    with horloge.le(horloge.jour(-2)):
        visite.refresh_from_db()
        debut = timedelta(hours=visite.debut.hour, minutes=visite.debut.minute + 15)
        minutes = int(debut.total_seconds() // 60)
        sequences.modifier(sequence=visite, par=pilote, debut=time(*divmod(minutes, 60)))
        publier_programme(seance=seance, par=pilote)
