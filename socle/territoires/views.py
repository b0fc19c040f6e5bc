from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_safe

from socle.erreurs import ErreurMetier
from socle.territoires.domaine import millesime_courant, rechercher
from socle.territoires.domaine.annuaire import identifier
from socle.territoires.domaine.fiches import fiche_commune
from socle.territoires.models import Commune


@login_not_required
@require_GET
def recherche(request):
    """Public facts, hence no account: the home page searches communes too."""
    resultats = rechercher(request.GET.get("q", ""))
    reponse = JsonResponse({"resultats": [r.en_json() for r in resultats]})
    reponse["Cache-Control"] = "public, max-age=3600"
    return reponse


@login_not_required
@require_safe
def commune(request, code):
    """What the official geography says of a commune, ended ones included."""
    objet = get_object_or_404(
        Commune.objects.select_related("departement__region", "epci", "remplacee_par"), code=code
    )
    contexte = fiche_commune(objet) | {"millesime": millesime_courant()}
    return render(request, "territoires/commune.html", contexte)


@require_GET
def organisme(request):
    """Who bears this number, for the page that asks while it is typed. Nothing is written."""
    try:
        recherche = identifier(request.GET.get("siret", "")[:40])
    except ErreurMetier as erreur:
        return JsonResponse({"trouve": False, "phrase": erreur.message})
    trouve = recherche.identite
    if trouve is None:
        return JsonResponse({"trouve": False, "phrase": recherche.phrase})
    return JsonResponse({"trouve": True, "phrase": f"{trouve.phrase}. Source : {trouve.source}."})
