from time import monotonic

from django.core.management.base import BaseCommand

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

    def handle(self, *args, departements, **options):
        debut = monotonic()
        compte = importer(departements)
        detail = ", ".join(f"{nombre} {nom}" for nom, nombre in compte.items())
        self.stdout.write(
            f"Découpage {millesime_courant()} : {detail} en {monotonic() - debut:.1f} s."
        )
