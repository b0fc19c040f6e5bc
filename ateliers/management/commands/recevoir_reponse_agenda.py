"""A mail server pipes the organiser's mailbox here, one message at a time."""

import sys

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from ateliers.participants.domaine.reponses import TAILLE_MAX, enregistrer_reponse_agenda
from socle.erreurs import ErreurMetier

A_REESSAYER = 75  # EX_TEMPFAIL: the mail server keeps the message and comes back


class Command(BaseCommand):
    help = "Enregistre la réponse d’agenda (courriel .eml) lue sur l’entrée standard."

    def handle(self, *args, **options):
        try:
            invitation = enregistrer_reponse_agenda(octets=sys.stdin.buffer.read(TAILLE_MAX + 1))
        except ErreurMetier as refus:
            # Not a failure of the delivery: nothing bounces to the sender.
            self.stdout.write(f"Ignorée : {refus.message}")
        except DatabaseError:
            sys.exit(A_REESSAYER)
        else:
            self.stdout.write(f"Enregistrée : {invitation.get_reponse_display()}")
