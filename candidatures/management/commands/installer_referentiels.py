"""Dispositifs, steps, pieces, livrables, themes, kits and the default grid. Idempotent."""

from django.core.management.base import BaseCommand

from candidatures.appels.domaine.grilles import installer_grille
from candidatures.appels.domaine.regles import installer_regles
from candidatures.dispositifs.domaine.referentiels import installer, lire


class Command(BaseCommand):
    help = "Installe les référentiels de la démarche (sans toucher à ce qui existe)."

    def handle(self, *args, **options):
        comptes = installer()
        installer_grille(**lire()["grille"])
        installer_regles(lire()["regles"])
        if options["verbosity"]:
            self.stdout.write(", ".join(f"{nom} : {n}" for nom, n in comptes.items()))
