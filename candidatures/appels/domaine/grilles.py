"""The default grid: the three ambitions of the 2023 AMI."""

from django.db import transaction

from candidatures.appels.choix import Ancre
from candidatures.appels.models import Critere, Grille


def ancres_de(critere: Critere) -> list[tuple[int, str]]:
    """Each level in words: the criterion's own, or those of the common scale."""
    if critere.ancres:
        return list(enumerate(critere.ancres))
    return [(ancre.value, str(ancre.label)) for ancre in Ancre]


@transaction.atomic
def installer_grille(*, nom: str, note_max: int, criteres) -> Grille:
    """Idempotent; an existing grid is left as DGALN made it."""
    grille, nouvelle = Grille.objects.get_or_create(nom=nom, defaults={"note_max": note_max})
    if nouvelle:
        Critere.objects.bulk_create(
            Critere(grille=grille, libelle=libelle, aide=aide, poids=poids, ordre=ordre)
            for ordre, (libelle, aide, poids) in enumerate(criteres, start=1)
        )
    return grille
