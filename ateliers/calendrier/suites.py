"""What this room knows of days, told to those below."""

from ateliers.calendrier.domaine.empechements import conflits, mentions
from ateliers.seances.domaine.exterieur import connaitre_les_conflits, connaitre_les_jours

connaitre_les_jours(mentions)
connaitre_les_conflits(conflits)
