"""Kits of séances, per dispositif. Idempotent."""

from django.core.management.base import BaseCommand

from ateliers.programme.domaine.kits import installer


class Command(BaseCommand):
    help = "Installe les kits de séance (sans toucher à ceux qui existent)."

    def handle(self, *args, **options):
        installer()
