"""Who works on the atelier records; each corrects what they recorded, the pilot corrects all."""

from ateliers.contributions.models import Contribution
from ateliers.parcours.droits import est_equipe, peut_contribuer, peut_piloter
from ateliers.parcours.droits import visibles_par as ateliers_visibles_par
from ateliers.seances.choix import EtatSeance

OUVERTES = (EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE, EtatSeance.TENUE)


def visibles_par(utilisateur):
    """Contributions hold no name: whoever sees the atelier reads them."""
    ateliers = ateliers_visibles_par(utilisateur).values("pk")
    return Contribution.objects.filter(seance__atelier__in=ateliers)


def peut_saisir(utilisateur, seance) -> bool:
    """Recording opens with the programmed séance and stays open after it, to catch up."""
    return seance.etat in OUVERTES and peut_contribuer(utilisateur, seance.atelier)


def peut_modifier(utilisateur, contribution) -> bool:
    atelier = contribution.seance.atelier
    if peut_piloter(utilisateur, atelier):
        return True
    return contribution.saisie_par_id == utilisateur.pk and peut_contribuer(utilisateur, atelier)


def peut_voir_retenues(utilisateur, atelier) -> bool:
    """A photo of somebody who has not agreed: the pilot and the team, who sort them, alone."""
    return peut_piloter(utilisateur, atelier) or est_equipe(utilisateur, atelier)


def peut_nommer(utilisateur, atelier) -> bool:
    return peut_voir_retenues(utilisateur, atelier)
