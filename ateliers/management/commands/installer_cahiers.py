"""Clauses, skills and visas of the cahiers des charges, per dispositif. Idempotent."""

from django.core.management.base import BaseCommand

from ateliers.cadrage.domaine.installation import installer


class Command(BaseCommand):
    help = "Installe les référentiels du cahier des charges (sans toucher à ce qui existe)."

    def handle(self, *args, **options):
        installer()
