from pathlib import Path
from time import monotonic

from django.core.management.base import BaseCommand, CommandError

from socle.erreurs import ErreurMetier
from socle.territoires.domaine.contours_communes import importer_contours, millesime_des_contours


class Command(BaseCommand):
    help = "Charge les contours simplifiés des communes, après « importer_cog »."

    def add_arguments(self, parser):
        parser.add_argument(
            "--departements",
            nargs="+",
            default=[],
            metavar="CODE",
            help="Ne charger que les communes de ces départements.",
        )
        parser.add_argument(
            "--fichier", type=Path, help="Un autre fichier que celui du dépôt (JSON, gzip ou non)."
        )

    def handle(self, *args, departements, fichier, **options):
        debut = monotonic()
        try:
            compte = importer_contours(departements, fichier=fichier)
        except (ErreurMetier, OSError, ValueError, KeyError, AttributeError) as erreur:
            raise CommandError(f"Contours non chargés : {erreur}") from erreur
        detail = ", ".join(f"{nombre} {nom}" for nom, nombre in compte.items())
        self.stdout.write(
            f"Contours {millesime_des_contours() or ''} : {detail} en {monotonic() - debut:.1f} s."
        )
