from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.views.decorators.http import require_GET

from socle.territoires.domaine import rechercher


@login_not_required
@require_GET
def recherche(request):
    """Public facts, hence no account: the home page searches communes too."""
    resultats = rechercher(request.GET.get("q", ""))
    reponse = JsonResponse({"resultats": [r.en_json() for r in resultats]})
    reponse["Cache-Control"] = "public, max-age=3600"
    return reponse
