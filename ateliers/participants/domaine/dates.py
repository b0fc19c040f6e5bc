"""Dating a séance, with what its people have to do with it: conflicts shown, diaries told."""

from django.db import transaction
from django.db.models.functions import Lower

from ateliers.annuaire.domaine.comptes import adresses_de_connexion
from ateliers.parcours.domaine.comptes import comptes_au_travail
from ateliers.parcours.droits import visibles_par
from ateliers.participants import notifications
from ateliers.participants.domaine.conflits import confirmer_conflits, confirmer_lieu, conflits
from ateliers.participants.domaine.envois import envoyer
from ateliers.participants.domaine.invitations import (
    bloquants,
    prevenir_annulation,
    verrouiller_seance,
)
from ateliers.participants.domaine.requetes import a_prevenir
from ateliers.participants.droits import peut_convoquer
from ateliers.participants.models import Invitation
from ateliers.seances.choix import EtatSeance
from ateliers.seances.domaine import agenda, preparation
from ateliers.seances.domaine.espacement import verifier_espacement
from ateliers.seances.models import Glissement
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur
from socle.courriels.models import Courriel
from socle.erreurs import ElementsManquants, TransitionImpossible, confirmations_reunies


def corrigeable(seance) -> bool:
    """Programmed, never postponed, nobody convoked: the date was announced to nobody."""
    return (
        seance.etat == EtatSeance.PROGRAMMEE
        and not Glissement.objects.filter(seance=seance).exists()
        and not annoncee(seance)
    )


def annoncee(seance) -> bool:
    """Somebody received this date. Shown on the public page alone, it binds nobody: it is mended
    there, and leaves no abandoned date behind it."""
    return convies(seance).exists()


def convies(seance):
    """Those who hold a convocation, with an address."""
    return Invitation.objects.filter(seance=seance, convoque_le__isnull=False)


def corrigeable_lue(seance, glissements, convoques: int) -> bool:
    """The same, from what a page has read already."""
    return seance.etat == EtatSeance.PROGRAMMEE and not glissements and not convoques


@transaction.atomic
def programmer(*, seance, par, confirmes=(), **dates):
    """`dates`: those of `agenda.programmer`. `confirmes`: « date_passee », « conflits »."""
    with confirmations_reunies():
        seance = agenda.programmer(seance=seance, par=par, confirmes=confirmes, **dates)
        confirmer_conflits(seance, par=par, confirmes=confirmes)
    return seance


@transaction.atomic
def corriger_date(*, seance, par, confirmes=(), **dates):
    with confirmations_reunies():
        seance = agenda.corriger(seance=seance, par=par, confirmes=confirmes, **dates)
        if not corrigeable(seance):
            raise TransitionImpossible(
                "La date de cette séance a été annoncée : reportez-la, avec le motif."
            )
        confirmer_conflits(seance, par=par, confirmes=confirmes)
    return seance


@transaction.atomic
def reporter(*, seance, par, motif, prevenir: bool, confirmes=(), **dates):
    """Move it; `prevenir`: those who were convoked receive the new date at once.

    The team, the pilot's other agents and whoever holds an entry of the former date always do.
    `prevenus`: how many of each, for the page.
    """
    with confirmations_reunies():
        seance = agenda.reporter(seance=seance, par=par, motif=motif, confirmes=confirmes, **dates)
        verifier_espacement(seance, seance.fin_prevu, confirmes)
        confirmer_conflits(seance, par=par, confirmes=confirmes)
    invites = _prevenir(seance, par) if prevenir else []
    ecrits = {i.participant.courriel for i in invites}
    seance.prevenus = {"invites": len(invites)} | prevenir_les_comptes(seance, par, ecrits)
    return seance


def prevenir_les_comptes(seance, par, ecrits) -> dict[str, int]:
    """After a slip. `ecrits`: addresses that read the new date already, by another mail."""
    ecrits = {courriel.lower() for courriel in ecrits} | adresses_de_connexion(ecrits)
    autres = comptes_au_travail(seance.atelier).exclude(pk=par.pk)
    gens = {c.pk: c for c in (*autres, *_detenteurs(seance))}
    comptes = [c for c in gens.values() if c.email.lower() not in ecrits]
    if comptes:
        notifications.report(seance, seance.glissements.last(), comptes, par=par)
    equipe = sum(c.role == Role.EQUIPE for c in comptes)
    siens = sum(c.organisme_id == seance.atelier.service_pilote_id for c in comptes)
    return {"equipe": equipe, "pilote": siens, "services": len(comptes) - equipe - siens}


def _detenteurs(seance) -> list[Utilisateur]:
    """Accounts whose diary was sent this séance, whoever moves it now, and who may read it."""
    envois = Courriel.objects.filter(
        objet_type=seance._meta.label_lower,
        objet_id=str(seance.pk),
        pieces_jointes__nom=notifications.FICHIER,
    )
    adresses = set(envois.order_by().values_list(Lower("destinataire"), flat=True))
    connus = Utilisateur.objects.annotate(a=Lower("email")).filter(a__in=adresses, is_active=True)
    return [c for c in connus.order_by("pk") if _lisible(c, seance.atelier_id)]


def _lisible(compte, atelier) -> bool:
    return visibles_par(compte).filter(pk=atelier).exists()


@transaction.atomic
def decrire(*, seance, par, prevenir: bool = False, confirmes=(), **champs):
    deja = conflits(seance, par=par)
    seance = preparation.decrire(seance=seance, par=par, **champs)
    confirmer_lieu(seance, deja=deja, par=par, confirmes=confirmes)
    if prevenir and peut_convoquer(par, seance.atelier):
        _prevenir(seance, par)
    return seance


def _prevenir(seance, par) -> list[Invitation]:
    """Only those who hold an older version; the others wait for their first convocation."""
    seance = verrouiller_seance(seance)
    if not a_prevenir(seance).exists():
        return []
    if manques := bloquants(seance, par=par):
        raise ElementsManquants(manques)
    return envoyer(seance, a_prevenir(seance), par=par)


@transaction.atomic
def annuler(*, seance, par, motif):
    """Cancel, and take the séance out of every diary that holds it. How many were told."""
    seance = agenda.annuler(seance=seance, par=par, motif=motif)
    if not convies(seance).exclude(participant__courriel="").exists():
        return []
    return prevenir_annulation(seance=seance, par=par, motif=motif)
