"""What the frozen versions say beside the texts: verdicts and sheet of the territory."""

from __future__ import annotations

from candidatures.dossiers.models import Candidature


def _deja(candidature: Candidature) -> dict:
    """The collections that came with it."""
    return getattr(candidature, "_prefetched_objects_cache", {})


def parties_figees(candidature: Candidature) -> list[tuple]:
    """(number, date, eligibility, sheet of the territory) of each version, the last one first.

    Kept on the instance; the texts, which weigh a hundred times more, stay in the database.
    """
    if not hasattr(candidature, "_parties_figees"):
        cles = ("numero", "figee_le", "contenu__eligibilite", "contenu__fiche_territoire")
        if "versions" in _deja(candidature) and not candidature.versions.all():
            return []
        lues = candidature.versions.order_by("-numero").values_list(*cles)
        candidature._parties_figees = list(lues)
    return candidature._parties_figees
