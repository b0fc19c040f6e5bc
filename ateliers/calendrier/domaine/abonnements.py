"""Personal feeds: an address that only its owner knows, given once, revocable."""

import hashlib
import secrets

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from ateliers.calendrier import journal
from ateliers.calendrier.droits import exiger, peut_s_abonner
from ateliers.calendrier.models import AbonnementAgenda
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.droits import visibles_par
from ateliers.participants import calendrier
from ateliers.participants.calendrier import PRODUIT, lieu_dit
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Seance
from socle.erreurs import ErreurMetier
from socle.journal.domaine import inscrire

MAXIMUM = 5
DUREE_CACHE = 24 * 3600
MONTREES = (EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE, EtatSeance.TENUE)


def empreinte(jeton: str) -> str:
    return hashlib.sha256(jeton.encode()).hexdigest()


def abonnements_de(utilisateur):
    return AbonnementAgenda.objects.filter(utilisateur=utilisateur, revoque_le__isnull=True)


@transaction.atomic
def creer_abonnement(*, par, nom: str) -> tuple[AbonnementAgenda, str]:
    """The second value is the address's secret: it is shown once and kept nowhere."""
    exiger(peut_s_abonner(par))
    if abonnements_de(par).count() >= MAXIMUM:
        raise ErreurMetier(f"Vous avez déjà {MAXIMUM} abonnements : révoquez-en un d’abord.")
    jeton = secrets.token_urlsafe(32)
    abonnement = AbonnementAgenda.objects.create(
        utilisateur=par, nom=nom.strip() or "Mon agenda", empreinte=empreinte(jeton)
    )
    inscrire(journal.ABONNE, objet=abonnement, par=par)
    return abonnement, jeton


@transaction.atomic
def revoquer_abonnement(*, abonnement, par) -> None:
    lignes = AbonnementAgenda.objects.select_for_update().filter(
        pk=abonnement.pk, utilisateur=par, revoque_le__isnull=True
    )
    abonnement = lignes.first()
    exiger(abonnement is not None)
    abonnement.revoque_le = timezone.now()
    abonnement.save(update_fields=["revoque_le"])
    inscrire(journal.DESABONNE, objet=abonnement, par=par)


def abonne(jeton: str):
    """Whose address this is: nobody's once revoked, or when the account is closed."""
    abonnement = (
        AbonnementAgenda.objects.filter(empreinte=empreinte(jeton), revoque_le__isnull=True)
        .filter(utilisateur__is_active=True)
        .select_related("utilisateur__organisme")
        .first()
    )
    return abonnement.utilisateur if abonnement else None


def seances_de(utilisateur) -> list[Seance]:
    """Dated séances of the ateliers that one works on."""
    ateliers = visibles_par(utilisateur).exclude(etat=EtatAtelier.ABANDONNE)
    return list(
        Seance.objects.filter(atelier__in=ateliers, etat__in=MONTREES, debut_prevu__isnull=False)
        .select_related("atelier")
        .only(
            "titre",
            "lieu",
            "adresse",
            "fuseau",
            "debut_prevu",
            "fin_prevu",
            "sequence_ical",
            "etat",
            "atelier__nom",
            "atelier__slug",
        )
        .order_by("debut_prevu", "pk")
    )


def etiquette(seances) -> str:
    """ETag: a print of all that the file shows, without writing the file."""
    vues = hashlib.sha256(PRODUIT.encode())
    for s in seances:
        traits = (s.pk, s.sequence_ical, s.titre, s.atelier.nom, lieu_dit(s), s.fuseau)
        vues.update(repr((*traits, s.debut_prevu, s.fin_prevu)).encode())
    return f'W/"{vues.hexdigest()[:32]}"'


def flux(seances, etiquette: str) -> bytes:
    """Titles, hours and places; no person, no programme. Written once for each print."""
    return cache.get_or_set(f"agenda:{etiquette}", lambda: ecrire(seances), DUREE_CACHE)


def ecrire(seances) -> bytes:
    return calendrier.flux(seances, nom="Atelier des territoires")
