"""Who gives the visa of a service: its holders, and those to whom they delegate it."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ateliers.cadrage import journal
from ateliers.cadrage.choix import NiveauVisa
from ateliers.cadrage.droits import agents, peut_deleguer, signataires
from ateliers.cadrage.models import DelegationVisa, TitulaireVisa
from ateliers.parcours.droits import exiger
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.interface.templatetags.interface import date_courte
from socle.journal.domaine import inscrire

REFUS = "La délégation du visa revient aux personnes qui visent pour leur service."


def _service(utilisateur) -> tuple[str, int | None]:
    """(level, organisme) under which this person may give a visa."""
    niveau = NiveauVisa.DGALN if utilisateur.role == Role.DGALN else NiveauVisa.PILOTE
    return niveau, utilisateur.organisme_id


def vise_pour_son_service(utilisateur) -> bool:
    return (
        peut_deleguer(utilisateur)
        and signataires(*_service(utilisateur)).filter(pk=utilisateur.pk).exists()
    )


def collegues(utilisateur):
    """Those to whom this person may delegate: the same organisme, an active account."""
    siens = agents(*_service(utilisateur)).filter(organisme=utilisateur.organisme_id)
    return siens.exclude(pk=utilisateur.pk).order_by("nom", "prenom")


def delegations_du_service(utilisateur):
    return (
        DelegationVisa.objects.filter(delegant__organisme=utilisateur.organisme_id)
        .select_related("delegant", "delegataire")
        .order_by("-debut", "-pk")
    )


def titulaires_du_service(utilisateur):
    return TitulaireVisa.objects.filter(organisme=utilisateur.organisme_id).select_related(
        "personne"
    )


@transaction.atomic
def deleguer(*, par, delegataire, debut, fin, motif=""):
    """Delegate one's own visa, from one day to another. Two delegations never overlap."""
    par = Utilisateur.objects.select_for_update(of=("self",)).get(pk=par.pk)
    exiger(vise_pour_son_service(par), REFUS)
    if not collegues(par).filter(pk=delegataire.pk).exists():
        raise ErreurMetier(
            "Le visa se délègue à une personne du même organisme.", champ="delegataire"
        )
    if fin < debut:
        raise ErreurMetier("La fin de la délégation précède son début.", champ="fin")
    if fin < timezone.localdate():
        raise ErreurMetier("Cette période est passée.", champ="fin")
    en_meme_temps = DelegationVisa.objects.filter(
        Q(debut__lte=fin, fin__gte=debut), delegant=par, revoquee_le__isnull=True
    )
    if en_meme_temps.exists():
        raise ErreurMetier("Vous avez déjà délégué votre visa sur ces jours.", champ="debut")
    delegation = DelegationVisa.objects.create(
        delegant=par, delegataire=delegataire, debut=debut, fin=fin, motif=motif
    )
    inscrire(
        journal.DELEGATION,
        objet=par.organisme,
        par=par,
        motif=motif,
        delegataire=delegataire.nom_complet,
        debut=date_courte(debut),
        fin=date_courte(fin),
    )
    return delegation


@transaction.atomic
def revoquer(*, delegation, par):
    """Stop a delegation before its end: the visas given under it stay."""
    delegation = DelegationVisa.objects.select_for_update().get(pk=delegation.pk)
    exiger(delegation.delegant_id == par.pk, "Une délégation est reprise par qui l’a donnée.")
    if delegation.revoquee_le:
        raise TransitionImpossible("Cette délégation a déjà pris fin.")
    delegation.revoquee_le = timezone.now()
    delegation.save(update_fields=["revoquee_le"])
    inscrire(journal.DELEGATION_FINIE, objet=par.organisme, par=par)
    return delegation


@transaction.atomic
def designer(*, par, personne):
    """Name who gives the visa of the service: once one is named, the others give none."""
    exiger(vise_pour_son_service(par), REFUS)
    agent = agents(*_service(par)).filter(organisme=par.organisme_id, pk=personne.pk)
    if not agent.exists():
        raise ErreurMetier("Cette personne n’est pas de votre service.", champ="personne")
    if TitulaireVisa.objects.filter(personne=personne).exists():
        raise ErreurMetier("Cette personne vise déjà pour le service.", champ="personne")
    titulaire = TitulaireVisa.objects.create(
        organisme=par.organisme, personne=personne, designe_par=par
    )
    inscrire(journal.TITULAIRE, objet=par.organisme, par=par, personne=personne.nom_complet)
    return titulaire


@transaction.atomic
def retirer_titulaire(*, titulaire, par):
    exiger(
        vise_pour_son_service(par) and titulaire.organisme_id == par.organisme_id,
        REFUS,
    )
    inscrire(
        journal.TITULAIRE_RETIRE,
        objet=par.organisme,
        par=par,
        personne=titulaire.personne.nom_complet,
    )
    titulaire.delete()


def designables(utilisateur):
    """Agents of the service who are not named yet."""
    deja = TitulaireVisa.objects.values("personne")
    siens = agents(*_service(utilisateur)).filter(organisme=utilisateur.organisme_id)
    return siens.exclude(pk__in=deja).order_by("nom", "prenom")
