"""Invite people to write, one by one; choose who deposits."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from candidatures.dossiers import droits, journal, notifications
from candidatures.dossiers.domaine.commun import verrouiller
from candidatures.dossiers.domaine.creation import COLLECTIVITES
from candidatures.dossiers.domaine.requetes import sans_compte
from candidatures.dossiers.models import Candidature, CoAuteur
from socle.comptes.choix import NatureOrganisme, Role
from socle.comptes.domaine import invitations
from socle.comptes.models import Organisme, Utilisateur
from socle.erreurs import ActionInterdite, ErreurMetier
from socle.journal.domaine import inscrire

LIEN = invitations.LienInvitation("candidatures.dossiers.coauteur", "candidatures:invitation")
PERIMEE = (
    "Cette invitation n’est plus valable. Un lien plus récent vous a peut-être été envoyé ; sinon, "
    "demandez-en un autre à la personne qui vous invite."
)


def chemin(coauteur: CoAuteur) -> str:
    return LIEN.chemin(coauteur)


def invitation_du_jeton(jeton: str) -> CoAuteur | None:
    lues = CoAuteur.objects.select_related(
        "candidature__appel__dispositif", "invite_par__organisme", "utilisateur", "organisme"
    )
    return LIEN.lire(jeton, lues)


en_cours = invitations.en_cours


def _ouvrir(candidature: Candidature, par) -> Candidature:
    candidature = verrouiller(candidature)
    if not droits.peut_inviter(par, candidature):
        raise ActionInterdite("Seuls les porteurs choisissent qui écrit et qui dépose.")
    return candidature


def organismes_proposes(candidature: Candidature, par) -> list[Organisme]:
    """The inviter’s own, and collectivités that carry it: any for a State service; for a carrier,
    those where nobody has an account yet. Where somebody does, they invite their own colleagues.
    """
    portages = candidature.portages.select_related("organisme")
    porteuses = [p.organisme for p in portages if p.organisme.nature in COLLECTIVITES]
    autres = [o for o in porteuses if o != par.organisme]
    if par.role != Role.SERVICE_ETAT:
        autres = sans_compte({o.pk for o in autres})
    return [par.organisme, *autres]


@transaction.atomic
def inviter_personne(
    *, candidature, courriel, prenom, nom, organisme=None, organisme_nom="", par
) -> CoAuteur:
    """Invite a person, or invite them again: the former link stops working."""
    candidature = _ouvrir(candidature, par)
    courriel = courriel.strip().lower()
    if organisme and organisme not in organismes_proposes(candidature, par):
        raise ActionInterdite("Vous ne pouvez pas rattacher quelqu’un à cet organisme.")
    connu = Utilisateur.objects.filter(email=courriel).first()
    if connu and (connu.role not in droits.COAUTEURS or not connu.is_active):
        raise ErreurMetier(
            "Cette personne ne peut pas être coauteur d’une candidature.", champ="courriel"
        )
    if connu and droits.represente(connu, candidature):
        raise ErreurMetier(
            f"{connu.nom_complet} écrit déjà ce dossier : son organisme le porte.", champ="courriel"
        )
    organisme_nom = "" if organisme else organisme_nom.strip()
    if not connu and not organisme and not organisme_nom:
        raise ErreurMetier(
            "Choisissez l’organisme de cette personne, ou nommez-le juste après.",
            champ="organisme",
        )
    if organisme_nom and Organisme.objects.filter(nom__iexact=organisme_nom).exists():
        raise ErreurMetier(
            f"{organisme_nom} est déjà connu ici : invitez cet organisme à porter la candidature, "
            "ou demandez-lui d’inviter cette personne.",
            champ="organisme_nom",
        )
    dates = invitations.remplacer(candidature.coauteurs.all(), courriel)
    if candidature.coauteurs.filter(courriel=courriel, revoque_le=None).exists():
        raise ErreurMetier("Cette personne est déjà coauteur du dossier.", champ="courriel")
    invitation = CoAuteur.objects.create(
        candidature=candidature,
        prenom=prenom.strip(),
        nom=nom.strip(),
        organisme=organisme,
        organisme_nom=organisme_nom,
        invite_par=par,
        **dates,
    )
    inscrire(journal.COAUTEUR_INVITE, objet=candidature, par=par, personne=str(invitation))
    notifications.coauteur(candidature, invitation, chemin(invitation), par)
    return invitation


@transaction.atomic
def renvoyer(*, coauteur: CoAuteur, par) -> CoAuteur:
    """Send a new link to who has not answered: the former one stops working."""
    candidature = _ouvrir(coauteur.candidature, par)
    coauteur = candidature.coauteurs.select_for_update(of=("self",)).get(pk=coauteur.pk)
    if coauteur.accepte_le or coauteur.revoque_le:
        raise ErreurMetier("Cette invitation n’attend plus de réponse.")
    # The date is what makes a link void, to the second.
    coauteur.invite_le = max(timezone.now(), coauteur.invite_le + timedelta(seconds=1))
    coauteur.expire_le = coauteur.invite_le + invitations.DUREE
    coauteur.save(update_fields=["invite_le", "expire_le"])
    inscrire(journal.COAUTEUR_RELANCE, objet=candidature, par=par, personne=str(coauteur))
    notifications.coauteur(candidature, coauteur, chemin(coauteur), par)
    return coauteur


def _prendre(invitation: CoAuteur) -> CoAuteur:
    invitation = (
        CoAuteur.objects.select_for_update(of=("self",))
        .select_related("candidature", "organisme", "invite_par")
        .get(pk=invitation.pk)
    )
    if not en_cours(invitation):
        raise ErreurMetier(PERIMEE)
    return invitation


@transaction.atomic
def accepter(*, invitation: CoAuteur, par) -> CoAuteur:
    """The person invited, signed in under the address that received the link."""
    invitation = _prendre(invitation)
    if par.email.lower() != invitation.courriel:
        raise ActionInterdite(f"Cette invitation est adressée à {invitation.courriel}.")
    if par.role not in droits.COAUTEURS:
        raise ActionInterdite("Votre rôle ne permet pas d’écrire une candidature.")
    invitation.utilisateur = par
    invitation.accepte_le = timezone.now()
    invitation.save(update_fields=["utilisateur", "accepte_le"])
    inscrire(journal.COAUTEUR_ACCEPTE, objet=invitation.candidature, par=par)
    return invitation


def _role(invitation: CoAuteur) -> str:
    """The role goes with the organisation; an organisation unknown so far is a partner."""
    if invitation.organisme is None:
        return Role.PARTENAIRE
    if invitation.organisme_id == invitation.invite_par.organisme_id:
        return invitation.invite_par.role
    return Role.COLLECTIVITE


@transaction.atomic
def ouvrir_compte(
    *, invitation: CoAuteur, prenom: str, nom: str, fonction: str = "", mot_de_passe: str
) -> Utilisateur:
    """Open the account of the person invited: the link proves the address. Then accept."""
    invitation = _prendre(invitation)
    utilisateur = invitations.compte_a_ouvrir(
        courriel=invitation.courriel,
        prenom=prenom,
        nom=nom,
        fonction=fonction,
        mot_de_passe=mot_de_passe,
        role=_role(invitation),
        organisme=invitation.organisme,
    )
    if invitation.organisme is None:
        utilisateur.organisme, _ = Organisme.objects.get_or_create(
            nom=invitation.organisme_nom, defaults={"nature": NatureOrganisme.AUTRE}
        )
    utilisateur.save()
    accepter(invitation=invitation, par=utilisateur)
    return utilisateur


@transaction.atomic
def revoquer(*, coauteur: CoAuteur, par) -> CoAuteur:
    """The person no longer reads nor writes; what they wrote stays under their name."""
    candidature = _ouvrir(coauteur.candidature, par)
    coauteur = candidature.coauteurs.select_for_update().get(pk=coauteur.pk)
    if coauteur.revoque_le:
        return coauteur
    coauteur.revoque_le = timezone.now()
    coauteur.save(update_fields=["revoque_le"])
    if coauteur.utilisateur_id and candidature.deposant_id == coauteur.utilisateur_id:
        candidature.deposant = None
        candidature.save(update_fields=["deposant", "modifiee_le"])
    inscrire(journal.COAUTEUR_REVOQUE, objet=candidature, par=par, personne=str(coauteur))
    return coauteur


@transaction.atomic
def designer_deposant(*, candidature: Candidature, deposant, par) -> Candidature:
    """One person deposits; None gives the deposit back to every carrier."""
    candidature = _ouvrir(candidature, par)
    if deposant is not None and not droits.porte(deposant, candidature):
        raise ErreurMetier("Cette personne n’écrit pas ce dossier.")
    candidature.deposant = deposant
    candidature.save(update_fields=["deposant", "modifiee_le"])
    qui = deposant.nom_complet if deposant else "tous les porteurs"
    inscrire(journal.DEPOSANT_DESIGNE, objet=candidature, par=par, qui=qui)
    return candidature
