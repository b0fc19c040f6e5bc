"""Verbs of the sign-up. All that gives or frees a place locks the row of the `Inscriptions`."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ateliers.inscriptions import journal, notifications
from ateliers.inscriptions.choix import OCCUPANTES, VIVANTES, EtatInscription
from ateliers.inscriptions.domaine.attribution import a_promouvoir, libre
from ateliers.inscriptions.domaine.invites import (
    deja_invites,
    inviter_inscrit,
    rendre_invitation,
)
from ateliers.inscriptions.droits import SEANCES_OUVRABLES
from ateliers.inscriptions.models import Inscription, Inscriptions
from ateliers.participants.domaine.invitations import verrouiller_seance
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire

FERMEES = "Les inscriptions à cette séance sont closes."
EN_COURS = (EtatInscription.A_CONFIRMER, EtatInscription.ATTENTE, EtatInscription.PROPOSEE)
ADRESSE_SANS_SUITE = timedelta(days=7)


def verrouiller(inscriptions) -> Inscriptions:
    """The séance first, as every verb on invitations does: no two of them wait for each other."""
    seance = verrouiller_seance(inscriptions.seance)
    inscriptions = Inscriptions.objects.select_for_update(of=["self"]).get(pk=inscriptions.pk)
    inscriptions.seance = seance
    return inscriptions


def sont_ouvertes(inscriptions) -> bool:
    maintenant = timezone.now()
    return (
        inscriptions.ouvertes
        and inscriptions.seance.etat in SEANCES_OUVRABLES
        and inscriptions.seance.debut_prevu > maintenant
        and (inscriptions.ferment_le is None or inscriptions.ferment_le > maintenant)
    )


def quotas_de(inscriptions) -> dict[str, int]:
    return dict(inscriptions.quotas.values_list("college", "places"))


def occupees(inscriptions) -> Counter:
    """Places taken or offered, by college."""
    prises = Inscription.objects.filter(inscriptions=inscriptions, etat__in=OCCUPANTES)
    return Counter(prises.order_by().values_list("college", flat=True))


def _passer(inscription, etat: str, *, prevenir: bool = True, pieces=(), **champs) -> None:
    """Into this state, with the mail that says so and what goes with it."""
    inscription.etat, inscription.expire_le = etat, champs.pop("expire_le", None)
    for champ, valeur in champs.items():
        setattr(inscription, champ, valeur)
    inscription.save(update_fields=["etat", "expire_le", *champs])
    if prevenir:
        notifications.etape(inscription, etat, pieces)
    seance = inscription.inscriptions.seance
    libelle = inscription.get_etat_display().lower()
    inscrire(journal.DEPLACEE, objet=seance.atelier, seance=seance.titre, etat=libelle)


@transaction.atomic
def demander(
    *, inscriptions, prenom, nom, courriel, college, organisation=""
) -> Inscription | None:
    """Ask for a place: nothing is held before the address is confirmed.

    Who is invited already needs none: they are sent their own link, and nothing is created.
    """
    inscriptions = verrouiller(inscriptions)
    if not sont_ouvertes(inscriptions):
        raise TransitionImpossible(FERMEES)
    courriel = courriel.strip().lower()
    deja = Inscription.objects.filter(
        inscriptions=inscriptions, courriel__iexact=courriel, etat__in=VIVANTES
    ).first()
    if deja is not None:
        # The page says the same thing: only the owner of the address learns that it is known.
        deja.inscriptions = inscriptions
        notifications.etape(deja, deja.etat)
        return deja
    if invitation := deja_invites(inscriptions.seance, [courriel]).get(courriel):
        notifications.deja_invite(invitation, courriel)
        return None
    inscription = Inscription.objects.create(
        inscriptions=inscriptions,
        prenom=prenom.strip(),
        nom=nom.strip(),
        courriel=courriel,
        college=college,
        organisation=organisation.strip(),
    )
    notifications.etape(inscription, EtatInscription.A_CONFIRMER)
    return inscription


def _recharger(inscription):
    """(the locked sign-up, the request as it now is)."""
    inscriptions = verrouiller(inscription.inscriptions)
    inscription = Inscription.objects.select_related("invitation__participant").get(
        pk=inscription.pk
    )
    inscription.inscriptions = inscriptions
    return inscriptions, inscription


@transaction.atomic
def confirmer(inscription) -> Inscription:
    """The address is good: a place, or the waiting list. Or: the offered place is taken."""
    inscriptions, inscription = _recharger(inscription)
    if inscriptions.seance.etat not in SEANCES_OUVRABLES:
        raise TransitionImpossible(FERMEES)
    if _ceder_a_l_invitation(inscription):
        promouvoir(inscriptions)
        return inscription
    if inscription.etat == EtatInscription.PROPOSEE:
        if inscription.expire_le <= timezone.now():
            _passer(inscription, EtatInscription.EXPIREE)
            promouvoir(inscriptions)
            return inscription
        _donner_la_place(inscription)
        return inscription
    if inscription.etat != EtatInscription.A_CONFIRMER:
        raise TransitionImpossible("Cette inscription n’est plus à confirmer.")
    if not sont_ouvertes(inscriptions):
        raise TransitionImpossible(FERMEES)
    inscriptions.dernier_rang += 1
    inscriptions.save(update_fields=["dernier_rang"])
    rang = {"rang": inscriptions.dernier_rang, "confirmee_le": timezone.now()}
    prises = occupees(inscriptions)
    if libre(prises, inscription.college, inscriptions.capacite, quotas_de(inscriptions)):
        _donner_la_place(inscription, **rang)
    else:
        _passer(inscription, EtatInscription.ATTENTE, **rang)
    return inscription


def _ceder_a_l_invitation(inscription, invites=None) -> bool:
    """Invited since they asked: they need no place any more, and are told so."""
    if inscription.etat not in EN_COURS:
        return False
    adresse = inscription.courriel.lower()
    if invites is None:
        invites = deja_invites(inscription.inscriptions.seance, [adresse])
    if adresse not in invites:
        return False
    _passer(inscription, EtatInscription.RETIREE, prevenir=False)
    notifications.deja_invite(invites[adresse], adresse)
    return True


def _donner_la_place(inscription, **champs) -> None:
    invitation = inviter_inscrit(inscription)
    _passer(inscription, EtatInscription.INSCRITE, invitation=invitation, **champs)


@transaction.atomic
def retirer(inscription, *, prevenir: bool = True) -> Inscription:
    """Give the place back, or leave the list; the next one is offered what is freed.

    `prevenir`: False when another mail tells them. The invitation that the sign-up made goes
    with it, out of their diary too; one that they had otherwise stays as they answered it.
    """
    inscriptions, inscription = _recharger(inscription)
    if inscription.etat not in VIVANTES:
        raise TransitionImpossible("Cette inscription est déjà retirée.")
    invitation = inscription.invitation
    _passer(inscription, EtatInscription.RETIREE, prevenir=False)
    pieces = []
    if invitation is not None:
        invitation.seance = inscriptions.seance
        pieces = rendre_invitation(invitation, prise_le=inscription.confirmee_le)
    if prevenir:
        notifications.etape(inscription, EtatInscription.RETIREE, pieces)
    promouvoir(inscriptions)
    return inscription


def promouvoir(inscriptions) -> list[Inscription]:
    """Offer the free places to the waiting list, in order. The row is locked."""
    seance = inscriptions.seance
    if seance.etat not in SEANCES_OUVRABLES or seance.debut_prevu <= timezone.now():
        return []
    attente = {
        i.pk: i
        for i in Inscription.objects.filter(
            inscriptions=inscriptions, etat=EtatInscription.ATTENTE
        ).order_by("rang")
    }
    invites = deja_invites(seance, [i.courriel for i in attente.values()]) if attente else {}
    for i in list(attente.values()):
        i.inscriptions = inscriptions
        if _ceder_a_l_invitation(i, invites):
            del attente[i.pk]
    choisies = a_promouvoir(
        [(i.pk, i.college) for i in attente.values()],
        occupees(inscriptions),
        inscriptions.capacite,
        quotas_de(inscriptions),
    )
    limite = timezone.now() + timedelta(hours=inscriptions.delai_heures)
    for pk in choisies:
        expire = min(limite, seance.debut_prevu)
        _passer(attente[pk], EtatInscription.PROPOSEE, expire_le=expire)
    return [attente[pk] for pk in choisies]


@transaction.atomic
def faire_expirer(inscriptions) -> int:
    """Places offered and not taken go to the next one; addresses never confirmed are dropped."""
    inscriptions, maintenant = verrouiller(inscriptions), timezone.now()
    siennes = Inscription.objects.filter(inscriptions=inscriptions)
    for proposee in siennes.filter(etat=EtatInscription.PROPOSEE, expire_le__lte=maintenant):
        proposee.inscriptions = inscriptions
        _passer(proposee, EtatInscription.EXPIREE)
    oubliees = siennes.filter(
        etat=EtatInscription.A_CONFIRMER, deposee_le__lte=maintenant - ADRESSE_SANS_SUITE
    )
    oubliees.delete()
    return len(promouvoir(inscriptions))


def refus_capacite(inscriptions, capacite: int, quotas: dict[str, int]) -> str:
    """Nobody who holds a place loses it because the numbers go down."""
    prises = occupees(inscriptions)
    if prises.total() > capacite:
        return f"{prises.total()} places sont déjà prises ou proposées."
    for college, places in quotas.items():
        if prises[college] > places:
            return f"Un collège occupe déjà {prises[college]} places, plus que son quota."
    return ""


def verifier_capacite(inscriptions, capacite, quotas) -> None:
    if phrase := refus_capacite(inscriptions, capacite, quotas):
        raise ErreurMetier(phrase, champ="capacite")
