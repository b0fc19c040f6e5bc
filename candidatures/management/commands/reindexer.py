"""Write the search index of every candidature again."""

from django.core.management.base import BaseCommand

from candidatures.dossiers.domaine.orthographe import relever_tout
from candidatures.dossiers.domaine.recherche import reindexer


class Command(BaseCommand):
    help = "Réécrit l’index de recherche de toutes les candidatures."

    def handle(self, *args, **options):
        nombre = reindexer()
        relever_tout()
        if options["verbosity"]:
            self.stdout.write(f"Candidatures indexées : {nombre}")
