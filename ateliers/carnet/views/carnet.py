from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ateliers.carnet.domaine.lecture import carnet as lire_carnet
from ateliers.parcours.droits import visibles_par


@require_GET
def carnet(request, slug):
    atelier = get_object_or_404(visibles_par(request.user), slug=slug)
    entrees = lire_carnet(atelier)
    for entree in entrees:
        entree.url = reverse(entree.lien[0], args=entree.lien[1]) if entree.lien else ""
    return render(request, "ateliers/carnet/carnet.html", {"atelier": atelier, "entrees": entrees})
