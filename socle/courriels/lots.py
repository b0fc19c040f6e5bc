"""Mass mails: held together, read, corrected, then sent or given up in one act.

An app may declare what else happens then (`declarer_lot`): a request for avis exists for the
organisations once its mails leave, and disappears if they never do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from socle.courriels import journal
from socle.courriels.choix import EtatCourriel
from socle.courriels.domaine import envoyer_apres_commit
from socle.courriels.droits import peut_decider
from socle.courriels.groupement import a_grouper, grouper
from socle.courriels.masque import demasquer, masque_pour
from socle.courriels.models import Courriel, LotCourriels
from socle.erreurs import ActionInterdite, ElementsManquants, Manque, TransitionImpossible
from socle.journal.domaine import inscrire

_REGLES: dict[str, Regle] = {}


@dataclass(frozen=True)
class Regle:
    a_l_envoi: Callable | None = None
    a_l_annulation: Callable | None = None
    groupe: str = ""
    piece: PiecePrevue | None = None


@dataclass(frozen=True)
class PiecePrevue:
    """The file joined when the mail leaves: whoever reads the mail before opens the same one."""

    nom: str
    mime: str
    contenu: Callable[[Courriel], bytes]


def declarer_lot(
    cle: str, *, a_l_envoi=None, a_l_annulation=None, groupe: str = "", piece=None
) -> str:
    """Both receive `(lot, par)`, inside the transaction. `groupe`: the template of the one mail
    that leaves for a person who would receive several."""
    _REGLES[cle] = Regle(a_l_envoi, a_l_annulation, groupe, piece)
    return cle


def piece_prevue(lot: LotCourriels | None) -> PiecePrevue | None:
    """What the mails of this batch take along, as long as it has not left."""
    if lot is None or lot.envoye_le or lot.annule_le:
        return None
    regle = _REGLES.get(lot.cle)
    return regle.piece if regle else None


def a_partir(lot: LotCourriels) -> tuple[int, int]:
    """(mails held, mails that leave if this batch is sent now)."""
    retenus = list(lot.courriels.filter(etat=EtatCourriel.RETENU).only("destinataire", "lot"))
    if not (regle := _REGLES.get(lot.cle)) or not regle.groupe:
        return len(retenus), len(retenus)
    return len(retenus), len(retenus) - sum(len(e) - 1 for e in a_grouper(retenus))


def ouvrir_lot(cle: str, *, titre: str, par) -> LotCourriels:
    return LotCourriels.objects.create(cle=cle, titre=titre[:200], depose_par=par)


def _verrouiller(lot: LotCourriels, par) -> LotCourriels:
    lot = LotCourriels.objects.select_for_update().get(pk=lot.pk)
    if not peut_decider(par, lot):
        raise ActionInterdite("Seuls l’auteur de l’envoi et la DGALN en décident.")
    if lot.envoye_le:
        raise TransitionImpossible("Cet envoi est parti : il ne s’annule plus.")
    if lot.annule_le:
        raise TransitionImpossible("Cet envoi a été abandonné.")
    return lot


@transaction.atomic
def envoyer_lot(*, lot: LotCourriels, par) -> int:
    """Send all that is still held; returns how many."""
    lot = _verrouiller(lot, par)
    if (regle := _REGLES.get(lot.cle)) and regle.a_l_envoi:
        regle.a_l_envoi(lot, par)
    retenus = list(lot.courriels.select_for_update().filter(etat=EtatCourriel.RETENU))
    _, nombre = a_partir(lot)
    if regle and regle.groupe:
        retenus = grouper(lot, retenus, regle.groupe, par)
    maintenant = timezone.now()
    Courriel.objects.filter(pk__in=[c.pk for c in retenus]).update(
        etat=EtatCourriel.EN_ATTENTE, a_envoyer_depuis=maintenant
    )
    lot.envoye_le = maintenant
    lot.save(update_fields=["envoye_le"])
    inscrire(journal.LOT_ENVOYE, objet=lot, par=par, nombre=nombre)
    for courriel in retenus:
        envoyer_apres_commit(courriel)
    return nombre


@transaction.atomic
def annuler_lot(*, lot: LotCourriels, par) -> None:
    lot = _verrouiller(lot, par)
    if (regle := _REGLES.get(lot.cle)) and regle.a_l_annulation:
        regle.a_l_annulation(lot, par)
    lot.courriels.filter(etat=EtatCourriel.RETENU).update(etat=EtatCourriel.ANNULE)
    lot.annule_le = timezone.now()
    lot.save(update_fields=["annule_le"])
    inscrire(journal.LOT_ANNULE, objet=lot, par=par)


@transaction.atomic
def corriger(*, courriel: Courriel, sujet: str, corps: str, par) -> Courriel:
    """Change a held mail before it leaves."""
    courriel = Courriel.objects.select_for_update().get(pk=courriel.pk)
    if not peut_decider(par, courriel):
        raise ActionInterdite("Seuls l’auteur du courriel et la DGALN le corrigent.")
    if courriel.etat != EtatCourriel.RETENU:
        raise TransitionImpossible("Ce courriel n’est plus retenu : il ne se corrige plus.")
    if not sujet.strip() or not corps.strip():
        raise ElementsManquants([Manque("Un courriel a un objet et un texte.")])
    courriel.sujet = " ".join(sujet.split())[:250]
    if masque_pour(par, courriel):  # the link was hidden from whoever corrects
        corps = demasquer(corps, courriel.corps)
    courriel.corps = corps.strip() + "\n"
    courriel.save(update_fields=["sujet", "corps"])
    inscrire(journal.CORRIGE, objet=courriel, par=par)
    return courriel
