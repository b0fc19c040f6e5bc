"""`banc semer 5000`, `banc multiplier 10`, `banc pages`: the steps that need the models."""

import json

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connection

from config.banc import croissance, exporter, pages, semis
from socle.territoires.domaine.contours_communes import mesurer_perimetres


class Command(BaseCommand):
    help = "Données et adresses du banc de mesure."

    def add_arguments(self, parser):
        parser.add_argument(
            "etape", choices=("preparer", "semer", "multiplier", "pages", "exporter")
        )
        parser.add_argument("nombre", nargs="?", type=int, default=0)

    def handle(self, *args, etape, nombre, **options):
        getattr(self, f"_{etape}")(nombre)

    def _preparer(self, nombre):
        call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
        call_command("importer_cog", verbosity=0)
        call_command("importer_contours", verbosity=0)
        call_command("installer_referentiels", verbosity=0)
        call_command("installer_cahiers", verbosity=0)
        call_command("installer_delais", verbosity=0)

    def _semer(self, nombre):
        semis.semer(nombre)
        mesurer_perimetres()
        if "reindexer" in get_commands():
            call_command("reindexer", verbosity=0)
        self._analyser()

    def _multiplier(self, fois):
        croissance.multiplier(fois)
        mesurer_perimetres()
        self._analyser()

    def _analyser(self):
        with connection.cursor() as curseur:
            curseur.execute("vacuum analyze")

    def _pages(self, nombre):
        self.stdout.write(json.dumps(pages.pages(), ensure_ascii=False))

    def _exporter(self, nombre):
        self.stdout.write(json.dumps(exporter.exporter(), ensure_ascii=False))
