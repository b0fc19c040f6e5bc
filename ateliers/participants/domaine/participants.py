"""Verbs on the people of an atelier."""

from __future__ import annotations

from django.db import transaction

from ateliers.parcours.droits import exiger
from ateliers.parcours.models import Atelier
from ateliers.participants import journal
from ateliers.participants.domaine.envois import (
    defaire_delegation,
    ouvertes_de,
    retirer_des_agendas,
)
from ateliers.participants.domaine.nouveaux_organismes import confirmer_organisme
from ateliers.participants.domaine.rattachement import corriger, inscrire_a_l_atelier, oublier
from ateliers.participants.droits import peut_gerer
from ateliers.participants.models import Participant
from socle.erreurs import ConflitDeVersion, ErreurMetier
from socle.journal.domaine import inscrire

REFUS = "Le service pilote et la collectivité tiennent la liste des participants."
# `organisation` is the name of the organisme, as typed.
CHAMPS = ("prenom", "nom", "courriel", "college", "organisation", "fonction")


def _propre(champs: dict) -> dict:
    inconnus = set(champs) - set(CHAMPS)
    if inconnus:
        raise TypeError(f"champs inconnus : {sorted(inconnus)}")
    propres = {cle: str(valeur or "").strip() for cle, valeur in champs.items()}
    if "courriel" in propres:
        propres["courriel"] = propres["courriel"].lower()
    return propres


def _refuser_doublon(atelier, courriel: str, *, sauf=None) -> None:
    meme = Participant.objects.filter(atelier=atelier, courriel__iexact=courriel)
    if courriel and meme.exclude(pk=sauf).exists():
        raise ErreurMetier(f"Une personne de cet atelier a déjà l’adresse {courriel}.")


def _verrouiller(participant) -> Participant:
    return (
        Participant.objects.select_for_update(of=["self"])
        .select_related("atelier", "personne", "organisme")
        .get(pk=participant.pk)
    )


@transaction.atomic
def ajouter_participant(*, atelier, par, confirmes=None, **champs) -> Participant:
    """`champs`: prenom, nom, courriel, college, organisation, fonction.

    `confirmes`: the boxes ticked, when somebody is there to say that an organisme is a new one.
    """
    atelier = Atelier.objects.select_for_update().get(pk=atelier.pk)
    exiger(peut_gerer(par, atelier), REFUS)
    champs = _propre(champs)
    confirmer_organisme(champs, par=par, confirmes=confirmes)
    _refuser_doublon(atelier, champs.get("courriel", ""))
    participant = inscrire_a_l_atelier(atelier=atelier, champs=champs, par=par)
    inscrire(journal.AJOUTE, objet=atelier, par=par, college=participant.get_college_display())
    return participant


@transaction.atomic
def modifier_participant(
    participant, *, par, revision: int, confirmes=None, **champs
) -> Participant:
    participant = _verrouiller(participant)
    exiger(peut_gerer(par, participant.atelier), REFUS)
    if participant.revision != revision:
        raise ConflitDeVersion(participant)
    champs = _propre(champs)
    confirmer_organisme({"college": participant.college} | champs, par=par, confirmes=confirmes)
    _refuser_doublon(participant.atelier, champs.get("courriel", ""), sauf=participant.pk)
    if champs.get("courriel", participant.courriel) != participant.courriel:
        retirer_des_agendas(ouvertes_de(participant), par=par)  # the former address is told
    corriger(participant, champs=champs, par=par)
    inscrire(journal.MODIFIE, objet=participant.atelier, par=par)
    return participant


@transaction.atomic
def retirer_participant(participant, *, par) -> None:
    """Erase the person, unless an attendance sheet names them."""
    participant = _verrouiller(participant)
    exiger(peut_gerer(par, participant.atelier), REFUS)
    if participant.invitations.exclude(presence="").exists():
        raise ErreurMetier("Cette personne figure sur une feuille de présence : gardez sa fiche.")
    if participant.invitations.filter(mandants__isnull=False).exists():
        raise ErreurMetier("Cette personne en représente une autre : levez d’abord la délégation.")
    for invitation in participant.invitations.filter(delegue__isnull=False):
        defaire_delegation(invitation, par=par)
    retirer_des_agendas(ouvertes_de(participant), par=par)
    oublier(participant)
    inscrire(journal.RETIRE, objet=participant.atelier, par=par)


def par_adresse(participants) -> dict[str, Participant]:
    """Each by the address one writes to, and by that of their account."""
    trouves = {}
    for participant in participants:
        compte = participant.personne.utilisateur
        for adresse in (compte.email if compte else "", participant.courriel):
            if adresse:
                trouves[adresse.lower()] = participant
    return trouves


@transaction.atomic
def importer_participants(*, atelier, par, lignes: list[dict]) -> tuple[int, int]:
    """Add what is new, correct those whose address is known. Returns (added, corrected)."""
    atelier = Atelier.objects.select_for_update().get(pk=atelier.pk)
    exiger(peut_gerer(par, atelier), REFUS)
    connus = par_adresse(
        Participant.objects.select_for_update(of=["self"])
        .select_related("personne__utilisateur", "organisme")
        .filter(atelier=atelier)
    )
    ajoutes = corriges = 0
    for ligne in lignes:
        champs = _propre(ligne)
        participant = connus.get(champs.get("courriel", ""))
        if participant is None:
            nouveau = inscrire_a_l_atelier(atelier=atelier, champs=champs)
            if nouveau.courriel:
                connus[nouveau.courriel.lower()] = nouveau
            ajoutes += 1
        else:
            participant.atelier = atelier
            if participant.courriel not in ("", champs["courriel"]):  # that of their account
                champs.pop("courriel")
            corriges += corriger(participant, champs=champs, par=par, seulement_qualite=True)
    if ajoutes or corriges:
        inscrire(journal.IMPORTES, objet=atelier, par=par, ajoutes=ajoutes, corriges=corriges)
    return ajoutes, corriges
