"""The attendance sheet."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from ateliers.parcours.droits import exiger
from ateliers.participants import journal
from ateliers.participants.choix import Presence
from ateliers.participants.domaine.invitations import verrouiller_seance
from ateliers.participants.domaine.rattachement import inscrire_a_l_atelier
from ateliers.participants.domaine.requetes import invitations_de, nombre_de_presents
from ateliers.participants.droits import peut_emarger
from ateliers.participants.models import Invitation
from ateliers.seances.choix import EtatSeance
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.interface.templatetags.interface import date_courte
from socle.journal.domaine import inscrire

OUVERTES = (EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE, EtatSeance.TENUE)


def peut_pointer(seance) -> bool:
    return seance.etat in OUVERTES


def fermeture(seance) -> str:
    """Why nobody can be noted yet; nothing from the day of the séance on, by the site's clock."""
    if not peut_pointer(seance):
        return "La feuille de présence s’ouvre une fois la séance programmée."
    if seance.debut and timezone.now().astimezone(seance.zone).date() < seance.moment_debut.date():
        jour = date_courte(seance.moment_debut)
        return f"La présence se note à partir du jour de la séance, le {jour}."
    return ""


def _ouvrir(seance, par):
    seance = verrouiller_seance(seance)
    exiger(
        peut_emarger(par, seance.atelier),
        "Le service pilote, la collectivité et l’équipe tiennent la feuille de présence.",
    )
    if phrase := fermeture(seance):
        raise TransitionImpossible(phrase)
    return seance


@transaction.atomic
def noter_presences(*, seance, par, presences: dict[int, tuple[str, str]]) -> int:
    """`presences`: {invitation id: (presence or "", represented by)}. Returns how many came."""
    seance = _ouvrir(seance, par)
    changees = []
    for invitation in invitations_de(seance).select_for_update(of=["self"]):
        if invitation.pk not in presences:
            continue
        presence, qui = presences[invitation.pk]
        qui = qui.strip() if presence == Presence.REPRESENTE else ""
        if presence == Presence.REPRESENTE and not qui:
            raise ErreurMetier(f"Indiquez par qui {invitation.participant} est représenté.")
        if (presence, qui) != (invitation.presence, invitation.represente_par):
            invitation.presence, invitation.represente_par = presence, qui
            changees.append(invitation)
    Invitation.objects.bulk_update(changees, ["presence", "represente_par"])
    presents = nombre_de_presents(seance)
    if changees:
        inscrire(
            journal.EMARGE, objet=seance.atelier, par=par, seance=seance.titre, presents=presents
        )
    return presents


@transaction.atomic
def accueillir(*, seance, par, prenom: str, nom: str, college: str, organisation: str = ""):
    """Somebody came without being invited: known by name from now on, and present."""
    seance = _ouvrir(seance, par)
    champs = {"prenom": prenom.strip(), "nom": nom.strip(), "organisation": organisation.strip()}
    champs |= {"college": college}
    participant = inscrire_a_l_atelier(atelier=seance.atelier, champs=champs)
    invitation = Invitation.objects.create(
        seance=seance, participant=participant, presence=Presence.PRESENT
    )
    presents = nombre_de_presents(seance)
    inscrire(journal.EMARGE, objet=seance.atelier, par=par, seance=seance.titre, presents=presents)
    return invitation
