"""When a séance may have been held: never before the decision, rarely before the contract."""

from django.db.models import Min
from django.utils import timezone

from ateliers.cadrage.models import Contrat
from candidatures.dispositifs.choix import GenreSeance
from candidatures.instruction.models import Decision
from socle.erreurs import ErreurMetier, confirmer
from socle.interface.templatetags.interface import date_courte

APRES_CONTRAT = (GenreSeance.ATELIER, GenreSeance.INTER_ATELIER, GenreSeance.RESTITUTION)


def jour_de_la_decision(atelier):
    """Day the candidature was retained, or None where no decision is recorded."""
    publiee = (
        Decision.objects.filter(candidature=atelier.candidature_id, publication__isnull=False)
        .order_by("publication__publiee_le")
        .values_list("publication__publiee_le", flat=True)
        .last()
    )
    return timezone.localtime(publiee).date() if publiee else None


def verifier_epoque(seance, jour, confirmes) -> None:
    """Refuse before the decision; ask before the opening or the notification of the contract."""
    atelier = seance.atelier
    decision = jour_de_la_decision(atelier)
    if decision and jour < decision:
        raise ErreurMetier(
            f"La candidature a été retenue le {date_courte(decision)} : "
            "aucune séance n’a pu se tenir avant.",
            champ="jour_debut",
        )
    if jour < atelier.ouvert_le:
        phrase = f"l’atelier a ouvert le {date_courte(atelier.ouvert_le)}"
    elif (notifie := _notification(seance)) and jour < notifie:
        phrase = f"le contrat a été notifié le {date_courte(notifie)}"
    else:
        return
    confirmer(
        "avant_ouverture",
        f"Cette date précède l’atelier : {phrase}. Cochez si la séance s’est bien tenue avant.",
        confirmes,
        champ="jour_debut",
    )


def _notification(seance):
    if seance.genre not in APRES_CONTRAT:
        return None
    contrats = Contrat.objects.filter(atelier=seance.atelier_id, notifie_le__isnull=False)
    return contrats.aggregate(le=Min("notifie_le"))["le"]
