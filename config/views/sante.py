"""State of the services, for the supervision and for `make demo`."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.battement import bat_encore
from config.celery import app


def _postgresql() -> bool:
    with connection.cursor() as curseur:
        curseur.execute("select 1")
        return curseur.fetchone() == (1,)


def _redis() -> bool:
    cache.set("sante:redis", 1, timeout=5)
    return cache.get("sante:redis") == 1


def _worker() -> bool:
    return bool(app.control.ping(timeout=1, limit=1))


SERVICES = {"postgresql": _postgresql, "redis": _redis, "worker": _worker, "beat": bat_encore}


def etat_des_services() -> dict[str, bool]:
    """Ask each service; one that raises is down, its reason stays in the server's log."""
    etats = {}
    for nom, sonde in SERVICES.items():
        try:
            etats[nom] = sonde()
        except Exception:
            etats[nom] = False
    return etats


@never_cache
@login_not_required
@require_safe
def sante(request):
    etats = etat_des_services()
    corps = {nom: "ok" if etat else "en panne" for nom, etat in etats.items()}
    corps["version"] = settings.VERSION
    return JsonResponse(corps, status=200 if all(etats.values()) else 503)
