from restitution.national.choix import EtatPublication
from restitution.national.models import Publication
from socle.comptes.choix import Role


def peut_composer(utilisateur) -> bool:
    """The national level belongs to the DGALN."""
    return utilisateur.is_authenticated and utilisateur.a_le_role(Role.DGALN)


def visibles_par(utilisateur):
    """Published books for everyone, drafts for the DGALN."""
    if peut_composer(utilisateur):
        return Publication.objects.all()
    return Publication.objects.filter(etat=EtatPublication.PUBLIEE)
