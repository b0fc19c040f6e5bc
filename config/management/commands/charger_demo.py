"""Load the demonstration by calling the verbs, as its actors would."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Charge les données de démonstration (une seule fois ; sans effet ensuite)."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("Les données de démonstration ne se chargent qu’avec DEMO=1.")
        from config.demo.charge import charger

        if charger():
            self.stdout.write("Démonstration chargée.")
