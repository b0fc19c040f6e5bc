"""Who sees and who writes a feuille de route. `visibles_par` and `peut_*` side by side."""

from ateliers.parcours import droits as droits_ateliers
from restitution.feuilles.models import FeuilleDeRoute


def visibles_par(utilisateur):
    """The feuilles of the ateliers that this user follows, whatever their state."""
    return FeuilleDeRoute.objects.filter(atelier__in=droits_ateliers.visibles_par(utilisateur))


def peut_ouvrir(utilisateur, atelier) -> bool:
    return peut_ecrire(utilisateur, atelier)


def peut_ecrire(utilisateur, atelier) -> bool:
    """The team, the pilot and the collectivité write together, in every state."""
    return droits_ateliers.peut_contribuer(utilisateur, atelier)


def peut_modifier(utilisateur, feuille) -> bool:
    return feuille.en_ecriture and peut_ecrire(utilisateur, feuille.atelier)


def peut_piloter(utilisateur, feuille) -> bool:
    return droits_ateliers.peut_piloter(utilisateur, feuille.atelier)


def est_collectivite(utilisateur, feuille) -> bool:
    """Only the carriers of the candidature: the State never acts on their behalf."""
    return droits_ateliers.est_collectivite(utilisateur, feuille.atelier)
