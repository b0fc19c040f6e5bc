"""The lists of programmes are DGALN’s; what they say is public and shown on each dossier."""

from socle.comptes.choix import Role


def peut_importer(utilisateur) -> bool:
    return utilisateur.is_authenticated and utilisateur.a_le_role(Role.DGALN)
