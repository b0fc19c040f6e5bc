"""An invitation by mail: a signed link that proves an address, until a date, once.

Each room has its own table of invitations (`invite_le`, `expire_le`, `accepte_le`, `revoque_le`,
`courriel`) and its own conditions; here is what they share.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from socle.comptes.models import Utilisateur
from socle.erreurs import ErreurMetier

DUREE = timedelta(days=21)


@dataclass(frozen=True)
class LienInvitation:
    """The signed link of one kind of invitation; `sel` keeps a link from opening another kind."""

    sel: str
    vue: str

    def chemin(self, invitation) -> str:
        """A new invitation of the same person makes the former link void."""
        jeton = Signer(salt=self.sel).sign(f"{invitation.pk}.{_instant(invitation)}")
        return reverse(self.vue, kwargs={"jeton": jeton})

    def lire(self, jeton: str, invitations: QuerySet):
        """The invitation that this token opens, or None."""
        try:
            cle, _, date = Signer(salt=self.sel).unsign(jeton).partition(".")
            invitation = invitations.get(pk=cle)
        except (BadSignature, ValueError, invitations.model.DoesNotExist):
            return None
        return invitation if _instant(invitation) == date else None


def _instant(invitation) -> str:
    return str(int(invitation.invite_le.timestamp()))


def en_cours(invitation) -> bool:
    """Neither taken back, nor accepted, nor expired."""
    return (
        invitation.revoque_le is None
        and invitation.accepte_le is None
        and invitation.expire_le > timezone.now()
    )


def utilisee(invitation) -> bool:
    """Accepted, and not taken back since: the person has their account."""
    return bool(invitation and invitation.accepte_le and invitation.revoque_le is None)


def remplacer(invitations: QuerySet, courriel: str) -> dict:
    """Take back those that wait under this address; the dates of the one to come."""
    maintenant = timezone.now()
    invitations.filter(courriel=courriel, accepte_le=None, revoque_le=None).update(
        revoque_le=maintenant
    )
    return {"courriel": courriel, "invite_le": maintenant, "expire_le": maintenant + DUREE}


def compte_a_ouvrir(*, courriel, prenom, nom, fonction, mot_de_passe, role, organisme=None):
    """The account of who holds the link, checked and not saved yet: the link proves the address."""
    if Utilisateur.objects.filter(email=courriel).exists():
        raise ErreurMetier("Un compte existe déjà pour cette adresse : connectez-vous.")
    utilisateur = Utilisateur(
        email=courriel,
        prenom=prenom.strip(),
        nom=nom.strip(),
        fonction=fonction.strip(),
        role=role,
        organisme=organisme,
    )
    try:
        validate_password(mot_de_passe, utilisateur)
    except ValidationError as erreur:
        raise ErreurMetier(" ".join(erreur.messages), champ="mot_de_passe") from None
    utilisateur.set_password(mot_de_passe)
    return utilisateur
