"""Celery finds the tasks of the room here."""

from ateliers.calendrier.domaine.demandes import chercher

__all__ = ["chercher"]
