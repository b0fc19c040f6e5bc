"""Celery application: tasks are leaves, they take identifiers and call verbs."""

import os

from celery import Celery
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("ateliers")
app.config_from_object("django.conf:settings", namespace="CELERY")


def paquets_avec_taches():
    """List every app and every room of an app: each may hold a `tasks.py`."""
    from django.apps import apps

    for application in apps.get_app_configs():
        yield application.name
        for salle in getattr(application, "SALLES", ()):
            yield f"{application.name}.{salle}"


app.autodiscover_tasks(lambda: list(paquets_avec_taches()))


@beat_init.connect
def premier_battement(**_):
    """Beat has just started: say so without waiting for its first round."""
    from config.battement import battre

    battre()
