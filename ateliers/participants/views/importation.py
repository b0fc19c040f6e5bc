"""A file of participants: its report first, then one button."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ateliers.parcours.droits import exiger
from ateliers.participants import droits
from ateliers.participants.domaine import tableau
from ateliers.participants.domaine.participants import REFUS
from ateliers.participants.models import ImportParticipants
from ateliers.participants.views.commun import SurAtelier, charger_atelier
from socle.interface.vues import VueVerbe


def _charger(request, slug, pk):
    atelier = charger_atelier(request, slug)
    exiger(droits.peut_gerer(request.user, atelier), REFUS)
    lot = get_object_or_404(ImportParticipants, atelier=atelier, pk=pk)
    lot.atelier = atelier
    return lot


@require_GET
def rapport(request, slug, pk):
    lot = _charger(request, slug, pk)
    lu = None if lot.importe_le else tableau.analyser(lot)
    contexte = {"atelier": lot.atelier, "lot": lot, "rapport": lu}
    return render(request, "ateliers/participants/import_rapport.html", contexte)


class ImporterFichier(SurAtelier, VueVerbe):
    message = "Le fichier est importé, puis oublié : seules les fiches restent."

    def charger(self):
        lot = _charger(self.request, self.kwargs["slug"], self.kwargs["pk"])
        self.atelier = lot.atelier
        return lot

    def executer(self, objet):
        return tableau.importer(lot=objet, par=self.request.user)
