"""A poll about a séance without a date, opened by its pilot."""

from datetime import datetime, time, timedelta
from itertools import count, islice

from django.utils import timezone

from ateliers.calendrier.solveur.geographie import ferie
from ateliers.participants.models import Participant
from ateliers.sondages.domaine import sondages
from ateliers.sondages.models import Sonde
from tests.factories.participants import PERSONNES, faire_participants, faire_seance


def matin(jours: int):
    """From 9 h 30 to 12 h, in so many days, on the site's clock."""
    jour = timezone.localdate() + timedelta(days=jours)
    return datetime.combine(jour, time(9, 30)), datetime.combine(jour, time(12))


def en_serie(nombre: int) -> list:
    """Public holidays aside: keeping one of them asks a confirmation."""
    ouvres = (matin(20 + rang) for rang in count())
    return list(islice((m for m in ouvres if not ferie("80", m[0].date())), nombre))


def limite(jours: int = 10):
    return timezone.localdate() + timedelta(days=jours)


def faire_sondage(distribution, *, creneaux=3, obligatoires=(0,), seance=None, **options):
    """Two people asked (the third has no address), the first of them mandatory."""
    seance = seance or faire_seance(
        distribution, etat="a_programmer", genre="copil", rang=None, titre="Comité de pilotage"
    )
    gens = list(Participant.objects.filter(atelier=seance.atelier).order_by("pk"))
    gens = gens or faire_participants(distribution, seance.atelier, len(PERSONNES))
    valeurs = {
        "creneaux": creneaux if isinstance(creneaux, list) else en_serie(creneaux),
        "sondes": [g for g in gens if g.courriel],
        "obligatoires": [gens[rang].pk for rang in obligatoires],
        "clot_le": limite(),
    }
    return sondages.ouvrir(seance=seance, par=distribution.ddt, **valeurs | options)


def sondes(sondage) -> list[Sonde]:
    return list(
        Sonde.objects.filter(sondage=sondage)
        .select_related("participant")
        .order_by("participant_id")
    )


def cles(sondage) -> list[int]:
    return list(sondage.creneaux.order_by("debut").values_list("pk", flat=True))
