"""A participant is somebody of the directory: names and addresses live there, once."""

from __future__ import annotations

from django.db import transaction

from ateliers.annuaire.domaine import organismes, personnes
from ateliers.annuaire.droits import visibles_par
from ateliers.annuaire.models import Personne
from ateliers.parcours.droits import exiger
from ateliers.parcours.models import Atelier
from ateliers.participants import journal
from ateliers.participants.domaine.envois import ouvertes_de, retirer_des_agendas
from ateliers.participants.droits import peut_gerer
from ateliers.participants.models import Participant
from socle.erreurs import ConflitDeVersion, ErreurMetier
from socle.journal.domaine import inscrire

QUALITE = ("college", "organisme", "fonction")
PARTAGEE = (
    "Cette personne participe aussi à un autre atelier : son nom et son adresse se corrigent par "
    "un service qui pilote tous ses ateliers, ou par la DGALN."
)


def _qualite(champs) -> dict:
    return {
        "college": champs["college"],
        "organisme": champs.get("organisme"),
        "fonction": champs.get("fonction", ""),
    }


def _nommer(atelier, college: str, organisation: str, par):
    """The organisme behind what was typed, in the atelier alone for an inhabitant."""
    return organismes.nommer(
        organisation,
        college=college,
        reserve=personnes.reserve_a(atelier, college),
        service=par.organisme if par is not None else None,
    )


def ailleurs(personne, atelier):
    return Participant.objects.filter(personne=personne).exclude(atelier=atelier)


def peut_renommer(par, personne, atelier) -> bool:
    autres = ailleurs(personne, atelier).select_related("atelier")
    return all(peut_gerer(par, autre.atelier) for autre in autres)


def _refuser_si_present(atelier, personne) -> None:
    if Participant.objects.filter(atelier=atelier, personne=personne).exists():
        raise ErreurMetier("Cette personne participe déjà à cet atelier.")


def inscrire_a_l_atelier(*, atelier, champs: dict, par=None) -> Participant:
    """A new participant, of a person already known by this address or of a new one.

    `par`: without an address, somebody of the same name and organisation whom they may see.
    """
    reserve = personnes.reserve_a(atelier, champs["college"])
    personne = personnes.a_l_adresse(champs.get("courriel", ""), reserve)
    if personne is None and par is not None and not champs.get("courriel"):
        personne = personnes.du_meme_nom(
            visibles_par(par),
            prenom=champs["prenom"],
            nom=champs["nom"],
            organisation=champs.get("organisation", ""),
            reserve=reserve,
        )
    if personne is not None:
        _refuser_si_present(atelier, personne)
    else:
        personne = personnes.creer(
            prenom=champs["prenom"],
            nom=champs["nom"],
            courriel=champs.get("courriel", ""),
            reserve=reserve,
        )
    organisation = champs.get("organisation", "")
    champs = {cle: valeur for cle, valeur in champs.items() if cle != "organisation"}
    champs |= {cle: getattr(personne, cle) for cle in personnes.IDENTITE}
    champs["organisme"] = _nommer(atelier, champs["college"], organisation, par)
    participant = Participant.objects.create(atelier=atelier, personne=personne, **champs)
    personnes.tenir_mandat(personne, **_qualite(champs))
    return participant


@transaction.atomic
def reprendre_de_l_annuaire(*, atelier, par, mandat) -> Participant:
    """Somebody known already, in the quality of one of their mandates."""
    atelier = Atelier.objects.select_for_update().get(pk=atelier.pk)
    exiger(peut_gerer(par, atelier), "Le service pilote tient la liste des participants.")
    personne = visibles_par(par).filter(pk=mandat.personne_id, atelier__isnull=True).first()
    if personne is None or mandat.au is not None:
        raise ErreurMetier("Cette personne n’est pas dans votre annuaire, à ce titre.")
    _refuser_si_present(atelier, personne)
    participant = Participant.objects.create(
        atelier=atelier,
        personne=personne,
        **{cle: getattr(personne, cle) for cle in personnes.IDENTITE},
        **{cle: getattr(mandat, cle) for cle in QUALITE},
    )
    inscrire(journal.AJOUTE, objet=atelier, par=par, college=participant.get_college_display())
    return participant


def corriger(participant, *, champs: dict, par, seulement_qualite: bool = False) -> bool:
    """Write these fields on the participant and on their person. True when something changed.

    `seulement_qualite`: an import leaves the name of a person shared with other ateliers.
    """
    ancien = {cle: getattr(participant, cle) for cle in (*personnes.IDENTITE, *QUALITE)}
    organisation = champs.get("organisation", participant.organisation)
    nouveau = ancien | {cle: valeur for cle, valeur in champs.items() if cle in ancien}
    nouveau["organisme"] = _nommer(participant.atelier, nouveau["college"], organisation, par)
    identite = {cle: nouveau[cle] for cle in personnes.IDENTITE}
    cible = _personne_de(participant, nouveau, identite, par)
    if cible.pk == participant.personne_id and identite != {c: ancien[c] for c in identite}:
        if peut_renommer(par, cible, participant.atelier):
            renommer(cible, identite, sauf=participant, par=par)
        elif not seulement_qualite:
            raise ErreurMetier(PARTAGEE)
    nouveau |= {cle: getattr(cible, cle) for cle in personnes.IDENTITE}
    if nouveau == ancien and cible.pk == participant.personne_id:
        return False
    quittee = participant.personne
    for cle, valeur in nouveau.items():
        setattr(participant, cle, valeur)
    participant.personne = cible
    participant.revision += 1
    participant.save(update_fields=[*nouveau, "personne", "revision"])
    _suivre_mandats(quittee, cible, ancien, nouveau)
    return True


def _personne_de(participant, nouveau, identite, par) -> Personne:
    """The person that this participant is, once corrected."""
    atelier, actuelle = participant.atelier, participant.personne
    reserve = personnes.reserve_a(atelier, nouveau["college"])
    connue = personnes.a_l_adresse(nouveau["courriel"], reserve)
    if connue is not None and connue.pk != actuelle.pk:
        _refuser_si_present(atelier, connue)
        return connue
    if actuelle.atelier_id == (reserve.pk if reserve else None):
        return actuelle
    if ailleurs(actuelle, atelier).exists():
        return personnes.creer(**identite, reserve=reserve)
    actuelle.atelier = reserve
    actuelle.save(update_fields=["atelier"])
    return actuelle


def renommer(personne, identite, *, par, sauf=None) -> None:
    """Their other participations bear the same name; the former address is told everywhere."""
    personnes.identifier(personne, **identite)
    autres = Participant.objects.filter(personne=personne).exclude(pk=sauf.pk if sauf else None)
    for autre in autres.select_for_update():
        if autre.courriel != identite["courriel"]:
            retirer_des_agendas(ouvertes_de(autre), par=par)
        for cle, valeur in identite.items():
            setattr(autre, cle, valeur)
        autre.revision += 1  # whoever has its form open holds the former name
        autre.save(update_fields=[*identite, "revision"])


def _suivre_mandats(quittee, cible, ancien, nouveau) -> None:
    """The former quality ends when nobody counts on it any more."""
    encore = Participant.objects.filter(personne=quittee)
    if not encore.exists():
        quittee.delete()
    elif not encore.filter(**_qualite(ancien)).exists():
        personnes.clore_mandat(quittee, **_qualite(ancien))
    personnes.tenir_mandat(cible, **_qualite(nouveau))
    organismes.elaguer(ancien["organisme"])


def oublier(participant) -> None:
    """Erase the participant, and the person whom nothing else recalls."""
    personne, organisme = participant.personne, participant.organisme
    participant.delete()
    if not Participant.objects.filter(personne=personne).exists():
        personne.delete()
    organismes.elaguer(organisme)


@transaction.atomic
def completer_coordonnees(
    *, participant, par, revision: int, civilite="", telephone="", adresse=""
) -> Personne:
    """What a letter on paper needs; it belongs to the person, in all their ateliers."""
    exiger(peut_gerer(par, participant.atelier), "Cette fiche n’est pas la vôtre.")
    personne = Personne.objects.select_for_update(of=["self"]).get(pk=participant.personne_id)
    if personne.revision != revision:
        raise ConflitDeVersion(personne)
    personne.civilite, personne.telephone = civilite, telephone.strip()
    personne.adresse = adresse.strip()
    personne.revision += 1
    personne.save(update_fields=["civilite", "telephone", "adresse", "revision"])
    inscrire(journal.COORDONNEES, objet=participant.atelier, par=par)
    return personne
