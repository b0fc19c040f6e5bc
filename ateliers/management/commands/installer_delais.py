"""Days given for each livrable after its séance. Idempotent."""

from django.core.management.base import BaseCommand

from ateliers.livrables.domaine.echeances import installer_delais


class Command(BaseCommand):
    help = "Installe les délais des livrables (sans toucher à ce qui existe)."

    def handle(self, *args, **options):
        installer_delais()
