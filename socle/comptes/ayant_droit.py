"""Whoever a kept query (`socle.groupage.RequeteGardee`) answers: what of an account a right reads.

`forme` says what changes the SQL, `valeurs` what changes in it; `relire` gives back, inside the
query, an account that the functions of rights take as the real one. Rights must read nothing else.
"""

from socle.comptes.choix import Role
from socle.comptes.models import Organisme, Utilisateur


def forme(utilisateur) -> tuple:
    """(role, nature of the State service that they act for, whether they have an organisme)."""
    organisme = utilisateur.organisme_id
    service = organisme is not None and utilisateur.role == Role.SERVICE_ETAT
    nature = utilisateur.organisme.nature if service else ""
    return utilisateur.role, nature, organisme is not None


def valeurs(utilisateur) -> dict[str, int]:
    return {"personne": utilisateur.pk, "organisme": utilisateur.organisme_id or 0}


def relire(role, nature, avec_organisme, *, personne, organisme) -> Utilisateur:
    lu = Utilisateur(pk=personne, role=role)
    if nature:
        lu.organisme = Organisme(pk=organisme, nature=nature)
    elif avec_organisme:
        lu.organisme_id = organisme
    return lu
