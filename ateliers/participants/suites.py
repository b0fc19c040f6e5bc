"""An atelier given up leaves the diaries: its séances to come are cancelled with it."""

from ateliers.participants.domaine.abandon import annuler_les_seances
from socle.abonnes import ATELIER, abonner

abonner(ATELIER, annuler_les_seances)
