"""Open an account to a reviewer: a signed link, mailed by the DGALN."""

from __future__ import annotations

from difflib import get_close_matches

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from candidatures.instruction import journal, notifications
from candidatures.instruction.domaine.deports import recalculer_pour
from candidatures.instruction.droits import peut_instruire
from candidatures.instruction.models import InvitationEvaluateur
from socle.comptes.choix import NatureOrganisme, Role
from socle.comptes.domaine import invitations
from socle.comptes.models import Organisme, Utilisateur
from socle.erreurs import ActionInterdite, ErreurMetier, TransitionImpossible, confirmer
from socle.journal.domaine import inscrire

LIEN = invitations.LienInvitation(
    "candidatures.instruction.evaluateur", "candidatures:evaluateur_invitation"
)
ORGANISME_NOUVEAU = "organisme_nouveau"
PERIMEE = "Cette invitation n’est plus valable. Demandez-en une autre à la DGALN."
en_cours = invitations.en_cours


def chemin(invitation: InvitationEvaluateur) -> str:
    return LIEN.chemin(invitation)


def invitation_du_jeton(jeton: str) -> InvitationEvaluateur | None:
    return LIEN.lire(jeton, InvitationEvaluateur.objects.select_related("invite_par__organisme"))


def attendues() -> list[InvitationEvaluateur]:
    """Sent, neither taken back nor accepted, expired ones included: they are sent again."""
    lues = InvitationEvaluateur.objects.filter(accepte_le=None, revoque_le=None)
    return list(lues.order_by("nom", "prenom", "pk"))


def _exiger(par) -> None:
    if not peut_instruire(par):
        raise ActionInterdite("Seule la DGALN invite les évaluateurs.")


@transaction.atomic
def inviter(
    *, courriel, prenom, nom, par, organisme="", confirmes: frozenset | None = None
) -> InvitationEvaluateur:
    """Invite somebody, or invite them again: the former link stops working.

    `confirmes`: the boxes ticked on the page; None where nobody is there to tick one.
    """
    _exiger(par)
    courriel = courriel.strip().lower()
    if Utilisateur.objects.filter(email=courriel).exists():
        raise ErreurMetier(
            "Un compte existe déjà pour cette adresse : cherchez son nom dans la liste.",
            champ="courriel",
        )
    if confirmes is not None and organisme.strip() and _connu(organisme.strip()) is None:
        confirmer(ORGANISME_NOUVEAU, _phrase_nouveau(organisme.strip()), confirmes)
    dates = invitations.remplacer(InvitationEvaluateur.objects.all(), courriel)
    invitation = InvitationEvaluateur.objects.create(
        prenom=prenom.strip(),
        nom=nom.strip(),
        organisme=organisme.strip(),
        invite_par=par,
        **dates,
    )
    inscrire(journal.EVALUATEUR_INVITE, objet=invitation, par=par, personne=str(invitation))
    notifications.invitation_evaluateur(invitation, chemin(invitation), par)
    return invitation


@transaction.atomic
def annuler(*, invitation: InvitationEvaluateur, par) -> None:
    _exiger(par)
    invitation = InvitationEvaluateur.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepte_le:
        raise TransitionImpossible("Le compte est ouvert : cette invitation a servi.")
    invitation.revoque_le = invitation.revoque_le or timezone.now()
    invitation.save(update_fields=["revoque_le"])
    inscrire(journal.EVALUATEUR_DESINVITE, objet=invitation, par=par, personne=str(invitation))


def _organisme(nom: str) -> Organisme | None:
    """The one of this name, or a new one: it tells from which dossiers they are recused."""
    if not nom:
        return None
    return _connu(nom) or Organisme.objects.create(nom=nom, nature=NatureOrganisme.AUTRE)


def _connu(nom: str) -> Organisme | None:
    """By its name, else by its sigle."""
    appeles = Organisme.objects.filter(Q(nom__iexact=nom) | Q(sigle__iexact=nom))
    return appeles.annotate(du_nom=Q(nom__iexact=nom)).order_by("-du_nom", "pk").first()


def _phrase_nouveau(nom: str) -> str:
    connus = dict.fromkeys(Organisme.objects.order_by("nom").values_list("nom", flat=True))
    proches = get_close_matches(nom, connus, cutoff=0.75)
    cites = ", ".join(f"«\u00a0{proche}\u00a0»" for proche in proches)
    conseil = f" Proches\u00a0: {cites}. Écrivez ce nom si c’est lui." if cites else ""
    return (
        f"«\u00a0{nom}\u00a0» n’est pas un organisme connu\u00a0: il sera ajouté, et aucun déport "
        f"ne sera calculé d’après lui.{conseil}"
    )


@transaction.atomic
def ouvrir_compte(*, invitation, prenom, nom, mot_de_passe, fonction="") -> Utilisateur:
    invitation = InvitationEvaluateur.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if not en_cours(invitation):
        raise ErreurMetier(PERIMEE)
    utilisateur = invitations.compte_a_ouvrir(
        courriel=invitation.courriel,
        prenom=prenom,
        nom=nom,
        fonction=fonction,
        mot_de_passe=mot_de_passe,
        role=Role.EVALUATEUR,
        organisme=_organisme(invitation.organisme),
    )
    utilisateur.save()
    invitation.utilisateur, invitation.accepte_le = utilisateur, timezone.now()
    invitation.save(update_fields=["utilisateur", "accepte_le"])
    recalculer_pour(Utilisateur.objects.filter(pk=utilisateur.pk))
    inscrire(journal.EVALUATEUR_ENTRE, objet=invitation, par=utilisateur)
    return utilisateur
