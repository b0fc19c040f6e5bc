"""Rooms of the Somme, an electoral reserve, the next séance moved with its diaries, a series."""

from __future__ import annotations

from datetime import timedelta

from ateliers.calendrier.domaine.disponibilites import ajouter_reserve
from ateliers.calendrier.solveur.geographie import ferie
from ateliers.lieux.domaine.lieux import ajouter_lieu
from ateliers.participants.domaine import dates
from ateliers.participants.domaine.series import ajouter_serie
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Seance
from config.demo import horloge
from socle.comptes.models import Utilisateur
from socle.territoires.models import Commune

LIEUX = (
    ("Salle des fêtes d’Authieule", "Grande Rue", "80044", 90, True, "Stationnement sur la place."),
    ("Halle 2 du site Sueur", "Rue d’Arras", "80253", 150, True, "Gare de Doullens à 900 mètres."),
    ("Maison du marais", "Chemin des Étangs", "80253", 40, None, ""),
)
MOTIF = "La crue de l’Authie rend la salle inaccessible."


def jouer(ateliers, dgaln) -> None:
    """`ateliers` by key, as played."""
    authie = ateliers["authie"]
    pilote = Utilisateur.objects.filter(organisme=authie.service_pilote).order_by("pk").first()
    with horloge.le(horloge.jour(-1)):
        lieux = [_lieu(pilote, *lieu) for lieu in LIEUX]
        ajouter_reserve(
            par=dgaln,
            nom="Réserve avant scrutin (exemple)",
            debut=horloge.jour(150),
            fin=horloge.jour(171),
            bloquante=True,
            departements=[],
        )
        _reporter(authie, pilote, lieux[1])
        _serie(authie, pilote, lieux[2])


def _lieu(pilote, nom, adresse, commune, places, acces, venir):
    commune = Commune.objects.filter(pk=commune).select_related("departement").first()
    return ajouter_lieu(
        par=pilote,
        nom=nom,
        adresse=adresse,
        commune=commune,
        departement=commune.departement,
        capacite=places,
        acces_pmr=acces,
        transports=venir,
        contact="Secrétariat de mairie, sur rendez-vous",
    )


def _reporter(atelier, pilote, lieu) -> None:
    prevues = Seance.objects.filter(atelier=atelier, etat=EtatSeance.CONVOQUEE)
    seance = prevues.order_by("debut_prevu", "pk").last()
    if seance is None:
        return
    jour = _ouvre((seance.debut.date() - horloge.jour(0)).days + 14)
    dates.reporter(
        seance=seance,
        par=pilote,
        motif=MOTIF,
        prevenir=True,
        debut=horloge.instant(jour, "09:30", seance.zone),
        fin=horloge.instant(jour + timedelta(days=1), "17:00", seance.zone),
        salle=lieu,
        confirmes={"conflits", "ordre", "duree", "espacement"},
    )


def _ouvre(decalage):
    """A working day that is no public holiday, nor the eve of the year's end."""
    jour = horloge.ouvrable(decalage)
    while ferie("80", jour) or (jour.month, jour.day) in ((12, 24), (12, 31)):
        decalage += 1
        jour = horloge.ouvrable(decalage)
    return jour


def _serie(atelier, pilote, lieu) -> None:
    """Three evenings after the last dated in-situ atelier."""
    dates_ateliers = Seance.objects.filter(
        atelier=atelier, genre="atelier", debut_prevu__isnull=False
    )
    apres = dates_ateliers.order_by("rang").last()
    if apres is None or not atelier.dispositif.avec_inter_ateliers:
        return
    premier = max((apres.fin.date() - horloge.jour(0)).days, 0) + 9
    jours = [_ouvre(premier + 7 * rang) for rang in range(3)]
    ajouter_serie(
        atelier=atelier,
        par=pilote,
        genre="inter_atelier",
        titre="Entretiens en soirée",
        apres=apres,
        salle=lieu,
        confirmes={"conflits"},
        dates=[
            tuple(horloge.instant(jour, heure, apres.zone) for heure in ("18:30", "20:30"))
            for jour in jours
        ],
    )
