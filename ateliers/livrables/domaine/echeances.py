"""Due dates: so many days after the séance. A trigger moves them whenever the séance moves."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from ateliers.calendrier.domaine.jours import METROPOLE
from ateliers.calendrier.solveur.geographie import ferie
from ateliers.livrables import journal, notifications
from ateliers.livrables.choix import ECARTS, EtatLivrable, Palier
from ateliers.livrables.models import AlerteLivrable, DelaiLivrable, Livrable
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.droits import exiger, peut_piloter
from candidatures.dispositifs.models import LivrableType
from socle.erreurs import TransitionImpossible
from socle.interface.templatetags.interface import date_courte
from socle.journal.domaine import inscrire

SAMEDI = 5
A_REMETTRE = (EtatLivrable.ATTENDU, EtatLivrable.REFUSE)
VIVANTS = (EtatAtelier.CADRAGE, EtatAtelier.EN_COURS, EtatAtelier.RESTITUTION, EtatAtelier.SUIVI)
DELAIS = {
    "note_cadrage": 15,
    "rapport_etonnement": 30,
    "carnet_suivi": 21,
    "carnet_suivi_1": 21,
    "carnet_suivi_2": 21,
    "esquisse": 45,
    "plan_guide": 45,
    "feuille_de_route": 45,
    "rapport_final": 60,
    "carnet_national": 90,
}


def jour_ouvre(jour: date) -> date:
    """A term that ends on a Saturday, a Sunday or a public holiday ends on the next working day."""
    while jour.weekday() >= SAMEDI or ferie(METROPOLE, jour):
        jour += timedelta(days=1)
    return jour


def echeance_calculee(seance, decalage) -> date | None:
    """What the trigger computes too; a séance without a date gives none, whatever its month."""
    if seance is None or seance.fin is None:
        return None
    return jour_ouvre(seance.fin.date() + timedelta(days=decalage))


@transaction.atomic
def installer_delais() -> None:
    """Once for each type of livrable: what DGALN changed since is kept."""
    connus = DelaiLivrable.objects.values("livrable_type")
    DelaiLivrable.objects.bulk_create(
        DelaiLivrable(livrable_type=modele, jours=DELAIS[modele.cle])
        for modele in LivrableType.objects.filter(cle__in=DELAIS).exclude(pk__in=connus)
    )


@transaction.atomic
def fixer_echeance(*, livrable, par, attendu_le=None):
    """A date chosen by the pilot, which no longer follows the séance; none: it follows again."""
    livrable = (
        Livrable.objects.select_for_update(of=("self",))
        .select_related("atelier", "seance")
        .get(pk=livrable.pk)
    )
    exiger(peut_piloter(par, livrable.atelier))
    if livrable.etat == EtatLivrable.ACCEPTE or livrable.atelier.etat not in VIVANTS:
        raise TransitionImpossible("Ce livrable n’est plus attendu.")
    livrable.echeance_fixee = attendu_le is not None
    livrable.attendu_le = attendu_le or echeance_calculee(livrable.seance, livrable.decalage_jours)
    livrable.save(update_fields=["echeance_fixee", "attendu_le"])
    inscrire(
        journal.LIVRABLE_ECHEANCE,
        objet=livrable.atelier,
        par=par,
        titre=livrable.titre,
        date=date_courte(livrable.attendu_le) or "jour de la séance",
    )
    return livrable


def palier_du(echeance: date, aujourdhui: date, envoyes) -> str | None:
    """The alert due today for this due date: the last one passed, unless it was sent."""
    dus = [p for p in Palier if echeance + timedelta(days=ECARTS[p]) <= aujourdhui]
    return dus[-1] if dus and dus[-1] not in envoyes else None


@transaction.atomic
def alerter_un(pk: int, aujourdhui: date) -> str | None:
    livrable = Livrable.objects.select_for_update(of=("self",)).select_related("atelier").get(pk=pk)
    if livrable.etat not in A_REMETTRE or not livrable.attendu_le:
        return None
    envoyes = set(
        livrable.alertes.filter(echeance=livrable.attendu_le).values_list("palier", flat=True)
    )
    palier = palier_du(livrable.attendu_le, aujourdhui, envoyes)
    if palier is None:
        return None
    AlerteLivrable.objects.create(livrable=livrable, palier=palier, echeance=livrable.attendu_le)
    notifications.echeance(livrable, palier)
    return palier


def alerter(aujourdhui: date | None = None) -> int:
    """Called by beat; running it twice in a day, or after days without it, doubles nothing."""
    aujourdhui = aujourdhui or timezone.localdate()
    proches = Livrable.objects.filter(
        etat__in=A_REMETTRE,
        atelier__etat__in=VIVANTS,
        attendu_le__lte=aujourdhui - timedelta(days=ECARTS[Palier.AVANT]),
    )
    pks = list(proches.order_by("pk").values_list("pk", flat=True))
    return sum(1 for pk in pks if alerter_un(pk, aujourdhui))
