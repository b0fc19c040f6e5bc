"""Production settings, plus the floor to measure against."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS, MIDDLEWARE, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "config.banc.apps.BancConfig"]
MIGRATION_MODULES = {"banc": None}
ROOT_URLCONF = "config.banc.urls"
MIDDLEWARE = ["config.banc.compteur.CompteurDeRequetes", *MIDDLEWARE]
# Hashed names as in production; nobody waits for compression here.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
}
