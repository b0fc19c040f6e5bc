"""Bring the database up to date: migrations, découpage, reference data, demo data."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand


def empreinte_du_cog() -> str:
    """Hash the published files, so that the import runs again only when they change."""
    calcul = hashlib.sha256()
    for fichier in sorted(Path(settings.BASE_DIR, "socle", "territoires").rglob("donnees*/**/*")):
        if fichier.is_file():
            calcul.update(fichier.read_bytes())
    return calcul.hexdigest()


class Command(BaseCommand):
    help = "Prépare la base : migrations, découpage officiel, référentiels, démonstration."

    def add_arguments(self, parser):
        parser.add_argument("--demo", action="store_true", help="charge aussi la démonstration")

    def handle(self, *args, demo=False, **options):
        call_command("migrate", interactive=False, verbosity=0)
        self._importer_le_cog()
        call_command("installer_referentiels", verbosity=0)
        if demo:
            call_command("charger_demo")

    def _importer_le_cog(self):
        from socle.territoires.models import Commune

        empreinte = empreinte_du_cog()
        a_jour = cache.get("preparer:cog") == empreinte
        if not a_jour or Commune.objects.count() < 34_000:
            call_command("importer_cog", verbosity=0)
            cache.set("preparer:cog", empreinte, timeout=None)
