"""Celery application: tasks are leaves, they take identifiers and call verbs."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("ateliers")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
