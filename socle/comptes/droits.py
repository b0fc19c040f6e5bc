"""Territorial competence, shared by the rights of every business app."""

from django.db.models import Q

from socle.comptes.choix import Role


def filtre_competence(utilisateur, chemin: str = "perimetre") -> Q:
    """Q that keeps the objects whose perimetre touches the user's territory.

    `chemin` is the lookup path to the `territoires.Perimetre`. Use it inside a `pk__in` or an
    Exists: it joins a many-to-many and may repeat rows.
    """
    organisme = utilisateur.organisme
    if organisme is None or utilisateur.role != Role.SERVICE_ETAT:
        return Q(pk__in=[])
    return Q(**{f"{chemin}__departements__in": organisme.departements.all()}) | Q(
        **{f"{chemin}__departements__region__in": organisme.regions.all()}
    )
