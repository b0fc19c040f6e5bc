"""« Un atelier près de chez vous »: from the name of a commune to the ateliers that cover it."""

from __future__ import annotations

from collections import defaultdict

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ateliers.parcours.droits import publics
from socle.territoires.domaine.recherche import rechercher
from socle.territoires.models import Commune, Perimetre

NOMBRE_LIEUX = 6


def _perimetres_par_lieu(lieux) -> dict[str, set[int]]:
    """Place code (« C80253 », « E200070936 ») → perimetres that hold it, whole or in part."""
    communes = [lieu.code[1:] for lieu in lieux if lieu.code.startswith("C")]
    epcis = [lieu.code[1:] for lieu in lieux if lieu.code.startswith("E")]
    par_lieu = defaultdict(set)
    epci_de = dict(Commune.objects.filter(pk__in=communes).values_list("pk", "epci_id"))
    des_communes = Perimetre.communes.through.objects
    for perimetre, code in des_communes.filter(commune__in=communes).values_list(
        "perimetre_id", "commune_id"
    ):
        par_lieu[f"C{code}"].add(perimetre)
    for perimetre, code in des_communes.filter(commune__epci__in=epcis).values_list(
        "perimetre_id", "commune__epci_id"
    ):
        par_lieu[f"E{code}"].add(perimetre)
    concernes = [*epcis, *filter(None, epci_de.values())]
    entiers = Perimetre.epcis.through.objects.filter(epci__in=concernes)
    for perimetre, code in entiers.values_list("perimetre_id", "epci_id"):
        par_lieu[f"E{code}"].add(perimetre)
        for commune, epci in epci_de.items():
            if epci == code:
                par_lieu[f"C{commune}"].add(perimetre)
    return par_lieu


def ateliers_par_lieu(texte: str) -> list[dict]:
    """Places of that name, each with the public ateliers that cover it; those with some first."""
    lieux = rechercher(texte, NOMBRE_LIEUX)
    par_lieu = _perimetres_par_lieu(lieux)
    tous = set().union(*par_lieu.values()) if par_lieu else set()
    ateliers = defaultdict(list)
    trouves = publics().filter(perimetre__in=tous).select_related("dispositif")
    for atelier in trouves.order_by("-ouvert_le", "-pk"):
        ateliers[atelier.perimetre_id].append(atelier)
    reponses = [
        {"lieu": lieu, "ateliers": [a for p in sorted(par_lieu[lieu.code]) for a in ateliers[p]]}
        for lieu in lieux
    ]
    return sorted(reponses, key=lambda reponse: not reponse["ateliers"])


@login_not_required
@require_safe
def chercher(request):
    texte = request.GET.get("q", "").strip()
    contexte = {"texte": texte, "reponses": ateliers_par_lieu(texte) if texte else []}
    return render(request, "config/chercher.html", contexte)
