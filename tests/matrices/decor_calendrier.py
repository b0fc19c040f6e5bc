"""A search, an availability, a reserve, a session."""

from datetime import date

from ateliers.calendrier.models import DemandeCalendrier, Indisponibilite, PeriodeReserve
from candidatures.appels.models import SessionNationale
from tests.factories.calendrier import PARAMETRES, faire_demande_prete
from tests.factories.participants import faire_atelier
from tests.matrices.decor import decor


@decor("demande_calendrier")
def demande_calendrier(distribution):
    objet = DemandeCalendrier.objects.create(
        atelier=faire_atelier(distribution), par=distribution.ddt, parametres=PARAMETRES
    )
    return {"pk": objet.pk}


@decor("demande_calendrier_prete")
def demande_calendrier_prete(distribution):
    return {"pk": faire_demande_prete(distribution).pk, "numero": 1}


@decor("indisponibilite")
def indisponibilite(distribution):
    atelier = faire_atelier(distribution)
    objet = Indisponibilite.objects.create(
        atelier=atelier,
        organisme=distribution.equipe.organisme,
        rythme="hebdomadaire",
        jour=1,
        heure_debut="18:00",
        heure_fin="22:00",
    )
    return {"slug": atelier.slug, "pk": objet.pk}


@decor("session_nationale")
def session_nationale(distribution):
    objet = SessionNationale.objects.create(
        nom="Édition d’essai", thematique="L’eau", annee_debut=2027
    )
    return {"pk": objet.pk}


@decor("reserve")
def reserve(distribution):
    objet = PeriodeReserve.objects.create(
        nom="Municipales", debut=date(2027, 3, 1), fin=date(2027, 3, 20)
    )
    return {"pk": objet.pk}
