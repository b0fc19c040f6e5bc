"""Checks at start: the background map that the settings declare can be read."""

from django.conf import settings
from django.core.checks import Warning, register

from socle.territoires.domaine.tuiles import FondIllisible, lire_fond


@register
def fond_de_plan_lisible(app_configs, **options):
    if not settings.FOND_DE_PLAN:
        return []
    try:
        fond = lire_fond(settings.FOND_DE_PLAN)
    except FondIllisible as erreur:
        return [Warning(str(erreur), id="territoires.W001")]
    if not fond.credit:
        return [
            Warning(
                "Le fond de plan n’a pas de mention de source : donnez FOND_DE_PLAN_CREDIT.",
                id="territoires.W002",
            )
        ]
    return []
