"""What the deployment must be told of, beyond what Django checks."""

from django.conf import settings
from django.core.checks import Tags, Warning, register

from ateliers.parcours.models import Atelier


@register(Tags.database)
def organisateur_joignable(app_configs, databases=None, **options):
    """An ORGANIZER that nobody reads loses the answers of diaries."""
    if settings.COURRIEL_AGENDA or not databases:
        return []
    sans = Atelier.objects.filter(service_pilote__courriel="").values("service_pilote")
    nombre = sans.distinct().count()
    if not nombre:
        return []
    return [
        Warning(
            f"COURRIEL_AGENDA est vide et {nombre} service(s) pilote(s) n’ont pas d’adresse : les "
            "réponses des agendas iraient à l’expéditeur des courriels.",
            hint="Donnez une boîte à COURRIEL_AGENDA (docs/exploitation.md, answers of diaries).",
            id="ateliers.W001",
        )
    ]
