"""Bring the database up to date: migrations, découpage, reference data, demo data."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from config.verifications import organisateur_joignable
from socle.territoires.models import Commune


def empreinte_du_cog() -> str:
    """Hash the published files, so that the import runs again only when they change."""
    calcul = hashlib.sha256()
    for fichier in sorted(Path(settings.BASE_DIR, "socle", "territoires", "donnees").rglob("*")):
        if fichier.is_file():
            calcul.update(fichier.read_bytes())
    return f"cog:{calcul.hexdigest()}"


def empreinte_en_base() -> str | None:
    """The hash of the last import lives in the comment of the table that it filled."""
    with connection.cursor() as curseur:
        curseur.execute("select obj_description(%s::regclass)", [Commune._meta.db_table])
        return curseur.fetchone()[0]


def retenir_l_empreinte(empreinte: str) -> None:
    with connection.cursor() as curseur:
        curseur.execute(f"comment on table {Commune._meta.db_table} is '{empreinte}'")


class Command(BaseCommand):
    help = "Prépare la base : migrations, découpage officiel, référentiels, démonstration."

    def add_arguments(self, parser):
        parser.add_argument("--demo", action="store_true", help="charge aussi la démonstration")

    def handle(self, *args, demo=False, **options):
        call_command("migrate", interactive=False, verbosity=0)
        self._importer_le_cog()
        call_command("installer_referentiels", verbosity=0)
        call_command("installer_cahiers", verbosity=0)
        call_command("installer_kits", verbosity=0)
        call_command("installer_delais", verbosity=0)
        if demo:
            call_command("charger_demo")
        self._avertir()

    def _avertir(self):
        """At each boot: an organiser that nobody reads is said, and stops nothing."""
        for avertissement in organisateur_joignable(None, databases=["default"]):
            self.stderr.write(f"{avertissement.msg} {avertissement.hint}")

    def _importer_le_cog(self):
        empreinte = empreinte_du_cog()
        if empreinte_en_base() != empreinte:
            call_command("importer_cog")
            call_command("importer_contours")
            retenir_l_empreinte(empreinte)
