"""Who reads which thread of a candidature that was deposited.

The internal thread: DGALN, the State services that carry the dossier or answer for its territory.
Never a collectivité, an evaluator, nor an organisation that was only asked for an avis. The other
one: the same, and the carriers. Both ask first that the dossier itself be visible, so that who
is recused reads neither.
"""

from django.db.models import Q

from candidatures.dossiers.droits import (
    agents_dgaln,
    est_instructeur,
    membres,
    organismes_porteurs,
    porte,
    reperes_du_territoire,
    visibles_par,
)
from candidatures.dossiers.models import Candidature
from candidatures.echanges.choix import Fil
from candidatures.echanges.models import PieceMessage
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur


def _de_l_etat(utilisateur, candidature) -> bool:
    if est_instructeur(utilisateur):
        return True
    if not utilisateur.a_le_role(Role.SERVICE_ETAT):
        return False
    if porte(utilisateur, candidature):
        return True
    return reperes_du_territoire(utilisateur).filter(pk=candidature.pk).exists()


def fils_lus(utilisateur, candidature: Candidature) -> list[str]:
    """Threads that this person reads and writes; the candidature must be one that they see."""
    if candidature.deposee_le is None or not utilisateur.is_authenticated:
        return []
    if _de_l_etat(utilisateur, candidature):
        return [Fil.PORTEURS, Fil.INTERNE]
    return [Fil.PORTEURS] if porte(utilisateur, candidature) else []


def peut_lire(utilisateur, candidature: Candidature, fil: str) -> bool:
    return fil in fils_lus(utilisateur, candidature)


def piece_visible(utilisateur, piece: PieceMessage) -> bool:
    message = piece.message
    visible = visibles_par(utilisateur).filter(pk=message.candidature_id).exists()
    return visible and peut_lire(utilisateur, message.candidature, message.fil)


def destinataires(candidature: Candidature, fil: str, sauf) -> list[Utilisateur]:
    """Who is told of a message: those who read the thread, its author left out."""
    if fil == Fil.PORTEURS:
        personnes = [*agents_dgaln(candidature), *membres(candidature)]
    else:
        departements = candidature.perimetre.departements.all()
        services = Utilisateur.objects.filter(is_active=True, role=Role.SERVICE_ETAT).filter(
            Q(organisme__in=organismes_porteurs(candidature))
            | Q(organisme__departements__in=departements)
            | Q(organisme__regions__departements__in=departements)
            | Q(organisme__in=candidature.designations.values("organisme"))
        )
        personnes = [*agents_dgaln(candidature), *services.distinct()]
    uniques = {p.pk: p for p in personnes if p.pk != sauf.pk}
    return [
        p
        for p in uniques.values()
        if visibles_par(p).filter(pk=candidature.pk).exists() and peut_lire(p, candidature, fil)
    ]
