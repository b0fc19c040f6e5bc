"""What people need in order to come, and what they agree to. Told by them, kept apart."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from ateliers.parcours.droits import exiger
from ateliers.participants import journal
from ateliers.participants.choix import ObjetConsentement, Reponse
from ateliers.participants.domaine.invitations import FERMEES
from ateliers.participants.domaine.participants import REFUS
from ateliers.participants.droits import peut_gerer
from ateliers.participants.models import Besoin, Consentement, Invitation, Participant
from ateliers.seances.choix import EtatSeance
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire

CHAMPS = ("acces", "repas", "transport")
GARDES = timedelta(days=30)


@transaction.atomic
def preparer_venue(invitation, *, accords=(), **champs) -> None:
    """From the signed link: needs, and the agreements that hold from now on."""
    invitation = (
        Invitation.objects.select_for_update(of=["self"])
        .select_related("seance", "participant__personne")
        .get(pk=invitation.pk)
    )
    if invitation.seance.etat in FERMEES:
        raise TransitionImpossible("Cette séance est passée ou annulée : merci de votre intérêt.")
    propres = {cle: champs.get(cle, "").strip()[:300] for cle in CHAMPS}
    if any(propres.values()):
        Besoin.objects.update_or_create(invitation=invitation, defaults=propres)
    else:
        Besoin.objects.filter(invitation=invitation).delete()
    for objet in ObjetConsentement.values:
        _accorder(invitation.participant, objet, objet in accords, par=None)


def besoins_de(seance):
    """For the pilot only: who needs what, of those who come; their suppléants tell their own."""
    presents = Besoin.objects.filter(invitation__seance=seance).exclude(
        invitation__reponse__in=(Reponse.DECLINE, Reponse.DELEGUE)
    )
    return presents.select_related("invitation__participant")


def totaux(besoins) -> dict[str, int]:
    """For the team: how many, never who."""
    return {cle: sum(bool(getattr(b, cle)) for b in besoins) for cle in CHAMPS}


def purger(maintenant=None) -> int:
    """Erase the needs of every séance that ended 30 days ago, or was cancelled as long ago."""
    limite = (maintenant or timezone.now()) - GARDES
    fin = Coalesce("invitation__seance__fin_reelle", "invitation__seance__fin_prevu")
    perimes = Besoin.objects.annotate(fin=fin).filter(
        Q(fin__lt=limite)
        | Q(invitation__seance__etat=EtatSeance.ANNULEE, fin__isnull=True, dit_le__lt=limite)
    )
    nombre, _ = Besoin.objects.filter(pk__in=list(perimes.values_list("pk", flat=True))).delete()
    return nombre


def _accorder(participant, objet: str, donne: bool, *, par) -> bool:
    """One line of the ledger is opened or closed; True when something changed."""
    en_cours = Consentement.objects.filter(
        personne=participant.personne_id,
        atelier=participant.atelier_id,
        objet=objet,
        retire_le__isnull=True,
    )
    if donne == en_cours.exists():
        return False
    if donne:
        Consentement.objects.create(
            personne=participant.personne,
            atelier_id=participant.atelier_id,
            objet=objet,
            donne_le=timezone.now(),
            recueilli_par=par,
        )
    else:
        en_cours.update(retire_le=timezone.now())
    return True


@transaction.atomic
def consigner(participant, *, objet: str, donne: bool, par) -> None:
    """Collected on paper at the door, or taken back by word of mouth."""
    participant = (
        Participant.objects.select_for_update(of=["self"])
        .select_related("atelier", "personne")
        .get(pk=participant.pk)
    )
    exiger(peut_gerer(par, participant.atelier), REFUS)
    if objet not in ObjetConsentement.values:
        raise ErreurMetier("Cet accord n’existe pas.")
    if _accorder(participant, objet, donne, par=par):
        cle = journal.ACCORD_DONNE if donne else journal.ACCORD_RETIRE
        libelle = ObjetConsentement(objet).label.lower()
        inscrire(cle, objet=participant.atelier, par=par, accord=libelle)


def accords_en_cours(participant) -> set[str]:
    return set(
        Consentement.objects.filter(
            personne=participant.personne_id,
            atelier=participant.atelier_id,
            retire_le__isnull=True,
        ).values_list("objet", flat=True)
    )


def registre(atelier) -> list:
    """Each participant with `accords`: (value, label, line in progress or None, former lines)."""
    participants = list(Participant.objects.filter(atelier=atelier))
    lignes: dict = {}
    for consentement in Consentement.objects.filter(atelier=atelier).select_related(
        "recueilli_par"
    ):
        cle = (consentement.personne_id, consentement.objet)
        lignes.setdefault(cle, []).append(consentement)
    for participant in participants:
        participant.accords = []
        for valeur, libelle in ObjetConsentement.choices:
            siennes = lignes.get((participant.personne_id, valeur), [])
            en_cours = next((c for c in siennes if c.retire_le is None), None)
            anciennes = [c for c in siennes if c.retire_le is not None]
            participant.accords.append((valeur, libelle, en_cours, anciennes))
    return participants
