"""Deposit, send compléments, withdraw."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from candidatures.dossiers import journal, notifications
from candidatures.dossiers.cycle_de_vie import CYCLE_CANDIDATURE
from candidatures.dossiers.documents import ACCUSE
from candidatures.dossiers.domaine.commun import verrouiller
from candidatures.dossiers.domaine.formulaire import formulaire
from candidatures.dossiers.domaine.manques import manques
from candidatures.dossiers.domaine.recherche import indexer
from candidatures.dossiers.domaine.versions import figer
from candidatures.dossiers.droits import peut_deposer, represente
from candidatures.dossiers.models import Candidature
from socle.abonnes import CANDIDATURE, prevenir
from socle.documents.domaine import demander
from socle.erreurs import ActionInterdite, ElementsManquants
from socle.journal.domaine import inscrire

MOTIF_DEPOT = "Dépôt de la candidature"
MOTIF_COMPLEMENTS = "Compléments transmis"


def _preparer(candidature: Candidature, par, verbe: str, commences=()) -> Candidature:
    candidature = verrouiller(candidature)
    if not peut_deposer(par, candidature):
        if candidature.deposant_id:
            nom = candidature.deposant.nom_complet
            raise ActionInterdite(f"Le dépôt de la candidature est confié à {nom}.")
        raise ActionInterdite("Seuls les porteurs déposent la candidature.")
    CYCLE_CANDIDATURE.verifier(candidature, verbe)
    if absents := manques(candidature, commences):
        raise ElementsManquants(absents)
    return candidature


@transaction.atomic
def deposer(*, candidature: Candidature, par, commences=()) -> Candidature:
    """Brouillon → déposée: freeze the note, tell both sides, make the accusé PDF.

    `commences`: moments when this deposit began (see `fenetre.depot_recu`).
    """
    candidature = _preparer(candidature, par, "deposer", commences)
    CYCLE_CANDIDATURE.appliquer(candidature, "deposer")
    candidature.formulaire = formulaire(candidature).version
    candidature.deposee_le = timezone.now()
    candidature.save(update_fields=["etat", "formulaire", "deposee_le", "modifiee_le"])
    version = figer(candidature=candidature, motif=MOTIF_DEPOT, par=par)
    indexer(candidature)
    prevenir(CANDIDATURE, candidature)
    inscrire(journal.DEPOSEE, objet=candidature, par=par, version=version.numero)
    notifications.depot(candidature, version, par)
    demander(ACCUSE, objet=candidature, par=par)
    return candidature


@transaction.atomic
def completer(*, candidature: Candidature, par) -> Candidature:
    """À compléter → déposée: freeze again, tell DGALN, make a new accusé."""
    candidature = _preparer(candidature, par, "completer")
    CYCLE_CANDIDATURE.appliquer(candidature, "completer")
    candidature.champs_ouverts = []
    candidature.save(update_fields=["etat", "champs_ouverts", "modifiee_le"])
    version = figer(candidature=candidature, motif=MOTIF_COMPLEMENTS, par=par)
    indexer(candidature)
    prevenir(CANDIDATURE, candidature)
    inscrire(journal.COMPLETEE, objet=candidature, par=par, version=version.numero)
    notifications.complements(candidature, version, par)
    demander(ACCUSE, objet=candidature, par=par)
    return candidature


@transaction.atomic
def retirer(*, candidature: Candidature, par, motif: str) -> Candidature:
    """Withdraw, with a reason, until a final decision is published."""
    candidature = verrouiller(candidature)
    if not represente(par, candidature):
        raise ActionInterdite("Seuls les porteurs retirent la candidature.")
    CYCLE_CANDIDATURE.appliquer(candidature, "retirer", motif=motif)
    candidature.save(update_fields=["etat", "modifiee_le"])
    inscrire(journal.RETIREE, objet=candidature, par=par, motif=motif.strip())
    notifications.retrait(candidature, motif.strip(), par)
    return candidature
