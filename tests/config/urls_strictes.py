"""A view that does what no view may do: write on a GET."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from socle.comptes.models import Utilisateur


@csrf_exempt
@login_not_required
def ecrire(request):
    Utilisateur.objects.filter(email="ddt@demo.example").update(fonction="Changée")
    return HttpResponse("écrit")


urlpatterns = [path("ecrit/", ecrire), path("", include("config.urls"))]
