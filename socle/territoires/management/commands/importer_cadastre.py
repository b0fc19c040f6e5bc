from datetime import date
from pathlib import Path
from time import monotonic

from django.core.management.base import BaseCommand, CommandError

from socle.erreurs import ErreurMetier
from socle.territoires.domaine.cadastre import importer_cadastre


class Command(BaseCommand):
    help = "Charge les parcelles d’une commune ou de plusieurs : fichier public du cadastre."

    def add_arguments(self, parser):
        parser.add_argument(
            "fichiers", nargs="+", type=Path, help="cadastre-80253-parcelles.json, gzip ou non."
        )
        parser.add_argument(
            "--etat", type=date.fromisoformat, help="Date du cadastre, si le fichier ne la dit pas."
        )

    def handle(self, *args, fichiers, etat, **options):
        for fichier in fichiers:
            debut = monotonic()
            try:
                compte = importer_cadastre(fichier, etat_le=etat)
            except (ErreurMetier, OSError, ValueError, EOFError) as erreur:
                raise CommandError(f"{fichier} non chargé : {erreur}") from erreur
            detail = ", ".join(f"{nombre} {nom}" for nom, nombre in compte.items())
            self.stdout.write(f"{fichier.name} : {detail} en {monotonic() - debut:.1f} s.")
