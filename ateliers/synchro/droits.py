"""A diary is its owner's alone: there is no right to read somebody else's, not even the DGALN's."""

from ateliers.agendas.models import AgendaDistant
from socle.comptes.choix import Role
from socle.erreurs import ActionInterdite

ROLES = (Role.DGALN, Role.SERVICE_ETAT, Role.COLLECTIVITE, Role.EQUIPE)


def peut_brancher(utilisateur) -> bool:
    """Those who work on ateliers, as for the personal feeds."""
    return utilisateur.is_authenticated and utilisateur.a_le_role(*ROLES)


def exiger(utilisateur) -> None:
    if not peut_brancher(utilisateur):
        raise ActionInterdite("Cette action ne vous revient pas.")


def agenda_de(utilisateur) -> AgendaDistant | None:
    if not peut_brancher(utilisateur):
        return None
    return AgendaDistant.objects.filter(utilisateur=utilisateur).first()
