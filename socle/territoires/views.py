from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_GET, require_safe

from socle.erreurs import ErreurMetier
from socle.territoires.domaine import millesime_courant, rechercher, tuiles
from socle.territoires.domaine.annuaire import identifier
from socle.territoires.domaine.contours_communes import CREDIT, contours_du_departement
from socle.territoires.domaine.fiches import fiche_commune
from socle.territoires.models import Commune, Departement
from socle.territoires.polyligne import PAS


@login_not_required
@require_GET
def recherche(request):
    """Public facts, hence no account: the home page searches communes too."""
    pres = request.GET.get("pres", "")
    resultats = rechercher(request.GET.get("q", ""), departement=pres if pres.isalnum() else "")
    reponse = JsonResponse({"resultats": [r.en_json() for r in resultats]})
    reponse["Cache-Control"] = "public, max-age=3600"
    return reponse


@login_not_required
@require_safe
def commune(request, code):
    """What the official geography says of a commune, ended ones included."""
    communes = Commune.objects.select_related(
        "departement__region", "epci", "remplacee_par", "contour"
    )
    objet = get_object_or_404(communes, code=code)
    contexte = fiche_commune(objet) | {"millesime": millesime_courant(), "credit": CREDIT}
    return render(request, "territoires/commune.html", contexte)


@require_GET
@gzip_page
@conditional_page
@cache_control(private=True, max_age=86_400)
def contours(request, code):
    """Outlines of the communes of a département, as `socle.territoires.polyligne` says."""
    get_object_or_404(Departement, code=code)
    return JsonResponse({"pas": PAS, "communes": contours_du_departement(code)})


@require_GET
@conditional_page
@cache_control(private=True, max_age=604_800)
def tuile(request, z, x, y):
    """An image of the background map; its address changes with the file."""
    lue = tuiles.tuile(z, x, y) if z <= tuiles.ZOOM_MAX else None
    if lue is None:
        raise Http404("Aucune tuile ici.")
    octets, genre = lue
    return HttpResponse(octets, content_type=genre)


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
