from pathlib import Path
from time import monotonic

from django.core.management.base import BaseCommand, CommandError

from socle.erreurs import ErreurMetier
from socle.territoires.domaine import importer, millesime_courant


class Command(BaseCommand):
    help = "Charge le découpage administratif : régions, départements, EPCI et communes."

    def add_arguments(self, parser):
        parser.add_argument(
            "--departements",
            nargs="+",
            default=[],
            metavar="CODE",
            help="Ne charger que les communes de ces départements (et leurs EPCI entiers).",
        )
        parser.add_argument(
            "--fichier", type=Path, help="Un autre fichier que celui du dépôt (JSON, gzip ou non)."
        )
        parser.add_argument(
            "--millesime", type=int, help="Refuser le fichier s’il ne porte pas cette année."
        )

    def handle(self, *args, departements, fichier, millesime, **options):
        debut = monotonic()
        try:
            compte = importer(departements, fichier=fichier, millesime=millesime)
        except (ErreurMetier, OSError, ValueError, KeyError) as erreur:
            raise CommandError(f"Découpage non chargé : {erreur}") from erreur
        if not compte:
            self.stdout.write(
                f"Le découpage {millesime_courant()}, plus récent, est en vigueur : rien à charger."
            )
            return
        detail = ", ".join(f"{nombre} {nom}" for nom, nombre in compte.items())
        self.stdout.write(
            f"Découpage {millesime_courant()} : {detail} en {monotonic() - debut:.1f} s."
        )
