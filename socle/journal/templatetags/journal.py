"""The history, on a page."""

from django import template

from socle.journal.groupes import regrouper

register = template.Library()
register.filter("regrouper_journal", regrouper)
