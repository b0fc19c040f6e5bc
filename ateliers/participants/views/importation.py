"""A file of participants: its report first, then one button."""

import csv

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ateliers.parcours.droits import exiger
from ateliers.participants import droits
from ateliers.participants.domaine import tableau
from ateliers.participants.domaine.participants import REFUS
from ateliers.participants.models import ImportParticipants
from ateliers.participants.views.commun import SurAtelier, charger_atelier
from socle.exports.formats import neutraliser
from socle.interface.templatetags.interface import pluriel
from socle.interface.vues import VueVerbe


def _charger(request, slug, pk):
    atelier = charger_atelier(request, slug)
    exiger(droits.peut_gerer(request.user, atelier), REFUS)
    lot = get_object_or_404(ImportParticipants, atelier=atelier, pk=pk)
    lot.atelier = atelier
    return lot


def _reste(lot):
    """The lines left aside, to be mended and imported again."""
    reponse = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    reponse["Content-Disposition"] = f'attachment; filename="lignes-a-reprendre-{lot.pk}.csv"'
    csv.writer(reponse, delimiter=";").writerows(
        [neutraliser(cellule) for cellule in ligne] for ligne in lot.table
    )
    return reponse


@require_GET
def rapport(request, slug, pk):
    lot = _charger(request, slug, pk)
    if lot.importe_le and "fichier" in request.GET:
        return _reste(lot)
    lu = None if lot.importe_le else tableau.analyser(lot)
    reste = lot.table[1:] if lot.importe_le else []
    contexte = {"atelier": lot.atelier, "lot": lot, "rapport": lu, "reste": reste}
    return render(request, "ateliers/participants/import_rapport.html", contexte)


class ImporterFichier(SurAtelier, VueVerbe):
    @property
    def message(self):
        if not self.resultat.table:
            return "Le fichier est importé, puis oublié\u00a0: seules les fiches restent."
        mots = "ligne est restée de côté,lignes sont restées de côté"
        ecartees = pluriel(len(self.resultat.table) - 1, mots)
        return f"Les lignes prêtes sont importées\u00a0; {ecartees}."

    def url_retour(self, objet=None):
        lot = getattr(self, "resultat", None)
        if lot and not lot.table:
            return super().url_retour(objet)
        return reverse("ateliers:participants_import", args=[self.atelier.slug, self.kwargs["pk"]])

    def charger(self):
        lot = _charger(self.request, self.kwargs["slug"], self.kwargs["pk"])
        self.atelier = lot.atelier
        return lot

    def executer(self, objet):
        return tableau.importer(lot=objet, par=self.request.user)
