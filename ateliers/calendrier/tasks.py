"""Celery finds the tasks of the room here."""

from ateliers.calendrier.domaine.demandes import chercher, reprendre

__all__ = ["chercher", "reprendre"]
