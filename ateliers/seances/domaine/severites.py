"""How serious each kind of conflict is: rows that the DGALN edits, over defaults."""

from django.db import transaction

from ateliers.seances.choix import SEVERITES_PAR_DEFAUT
from ateliers.seances.models import RegleConflit
from socle.comptes.choix import Role
from socle.erreurs import ActionInterdite


def severites() -> dict[str, str]:
    lues = dict(RegleConflit.objects.values_list("genre", "severite"))
    return {str(g): lues.get(g, str(s)) for g, s in SEVERITES_PAR_DEFAUT.items()}


@transaction.atomic
def regler_severites(*, par, **choisies) -> None:
    """`choisies`: one severity by kind, a kind left out keeps its own. What is published stays."""
    if not (par.is_authenticated and par.a_le_role(Role.DGALN)):
        raise ActionInterdite("La DGALN règle la gravité des conflits.")
    for genre in SEVERITES_PAR_DEFAUT:
        if severite := choisies.get(str(genre)):
            RegleConflit.objects.update_or_create(genre=genre, defaults={"severite": severite})
