"""What every act on a déroulé finds first: the séance, and the séquence named in the address."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from ateliers.programme import droits
from ateliers.seances.models import Seance, Sequence


class SurProgramme:
    droit = staticmethod(droits.peut_ecrire)

    @cached_property
    def seance(self):
        seance = get_object_or_404(Seance, atelier=self.atelier, pk=self.kwargs["pk"])
        seance.atelier = self.atelier
        return seance

    @cached_property
    def sequence(self):
        sequence = get_object_or_404(Sequence, seance=self.seance, pk=self.kwargs["sequence_id"])
        sequence.seance = self.seance
        return sequence

    def url_retour(self, objet=None):
        return reverse("ateliers:programme", args=[self.atelier.slug, self.kwargs["pk"]])
