"""The verbs that move an atelier along its life."""

from django.db import transaction
from django.utils import timezone

from ateliers.parcours import journal
from ateliers.parcours.cycle_de_vie import CYCLE_ATELIER
from ateliers.parcours.droits import exiger, peut_contribuer, peut_piloter
from ateliers.parcours.models import Atelier
from socle.abonnes import ATELIER, prevenir
from socle.erreurs import ConflitDeVersion
from socle.journal.domaine import inscrire


def verrouiller(atelier) -> Atelier:
    """The locked row, with its dispositif."""
    return (
        Atelier.objects.select_for_update(of=("self",))
        .select_related("dispositif")
        .get(pk=atelier.pk)
    )


def verifier_revision(objet, revision) -> None:
    """Raise ConflitDeVersion when a colleague saved first, else count this save."""
    if revision is None or objet.revision != int(revision):
        raise ConflitDeVersion(objet)
    objet.revision += 1


def _avancer(atelier, verbe, action, *, par, motif=None, **details):
    CYCLE_ATELIER.appliquer(atelier, verbe, motif=motif)
    atelier.save(update_fields=["etat", "clos_le"])
    inscrire(action, objet=atelier, par=par, motif=motif or "", **details)
    return atelier


@transaction.atomic
def demarrer(*, atelier, par):
    """Called when the first contract is notified."""
    atelier = verrouiller(atelier)
    exiger(peut_piloter(par, atelier))
    return _avancer(atelier, "demarrer", journal.DEMARRE, par=par)


@transaction.atomic
def passer_en_restitution(*, atelier, par):
    """Called when the last in-situ atelier is held."""
    atelier = verrouiller(atelier)
    exiger(peut_piloter(par, atelier))
    return _avancer(atelier, "passer_en_restitution", journal.EN_RESTITUTION, par=par)


@transaction.atomic
def clore(*, atelier, par):
    """The follow-up is over."""
    atelier = verrouiller(atelier)
    exiger(peut_piloter(par, atelier))
    CYCLE_ATELIER.verifier(atelier, "clore")
    atelier.clos_le = timezone.localdate()
    return _avancer(atelier, "clore", journal.CLOS, par=par)


@transaction.atomic
def abandonner(*, atelier, par, motif):
    """Stop for good, with the reason; the public page disappears."""
    atelier = verrouiller(atelier)
    exiger(peut_piloter(par, atelier))
    CYCLE_ATELIER.verifier(atelier, "abandonner", motif=motif)
    atelier.clos_le = timezone.localdate()
    atelier = _avancer(atelier, "abandonner", journal.ABANDONNE, par=par, motif=motif)
    prevenir(ATELIER, atelier)
    return atelier


@transaction.atomic
def presenter(*, atelier, par, nom, presentation, public, revision):
    """What the public page says."""
    atelier = verrouiller(atelier)
    exiger(peut_contribuer(par, atelier), "La présentation revient aux acteurs de l’atelier.")
    verifier_revision(atelier, revision)
    atelier.nom, atelier.presentation = nom, presentation
    if peut_piloter(par, atelier):
        atelier.public = public
    atelier.save(update_fields=["nom", "presentation", "public", "revision"])
    inscrire(journal.PRESENTE, objet=atelier, par=par)
    return atelier
