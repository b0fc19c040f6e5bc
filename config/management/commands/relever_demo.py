"""Say in one line per subject what the demonstration holds: two fresh loadings must agree."""

import json

from django.core.management.base import BaseCommand

from config.demo.releve import empreinte, relever


class Command(BaseCommand):
    help = "Compte et résume les données de démonstration, pour comparer deux chargements."

    def add_arguments(self, parser):
        parser.add_argument("--complet", action="store_true", help="écrit toutes les lignes (JSON)")

    def handle(self, *args, complet=False, **options):
        releve = relever()
        if complet:
            self.stdout.write(json.dumps(releve, ensure_ascii=False, indent=1))
            return
        for sujet, lignes in releve.items():
            self.stdout.write(f"{len(lignes):5d}  {empreinte({sujet: lignes})[:12]}  {sujet}")
        self.stdout.write(f"Empreinte : {empreinte(releve)}")
