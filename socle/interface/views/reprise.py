from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import JsonResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import TemplateView, View
from django_htmx.http import HttpResponseClientRedirect

from socle.interface.domaine import reprise


class Reprendre(TemplateView):
    """What was typed before the session ended, and a button that sends it again."""

    template_name = "interface/reprendre.html"

    def get(self, request, *args, **kwargs):
        if reprise.lire(request) is None:
            return redirect("tableau_de_bord")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        saisie = reprise.lire(self.request)
        a_renvoyer = [(n, v) for n, valeurs in saisie["champs"].items() for v in valeurs]
        return super().get_context_data(
            saisie=saisie,
            champs=reprise.champs_lisibles(saisie),
            a_renvoyer=a_renvoyer,
            **kwargs,
        )


class Abandonner(View):
    http_method_names = ["post", "options"]

    def post(self, request):
        reprise.oublier(request)
        messages.info(request, "La saisie non enregistrée a été effacée.")
        return redirect("tableau_de_bord")


def _de_notre_site(request) -> bool:
    """A forged form from elsewhere must not put words into somebody’s session."""
    origine = request.headers.get("Origin") or request.headers.get("Referer", "")
    return bool(urlsplit(origine).netloc) and url_has_allowed_host_and_scheme(
        origine, {request.get_host()}, request.is_secure()
    )


def jeton_perime(request, reason=""):
    """A form opened before somebody signed in again: its text waits on « Reprendre »."""
    request.csrf_refuse = True
    if request.headers.get("Accept") == "application/json":  # Autosave keeps its text itself.
        reponse = {"etat": "session", "message": "Votre session a expiré."}
        return JsonResponse(reponse, status=401)
    notre, sans_temoin = _de_notre_site(request), reason == REASON_NO_CSRF_COOKIE
    if not notre or (sans_temoin and not request.COOKIES):
        return render(request, "interface/jeton_perime.html", status=403)
    suite = reverse("reprendre") if reprise.garder(request) else reverse("tableau_de_bord")
    messages.warning(request, "Cette page avait été ouverte avant votre dernière connexion.")
    if not request.user.is_authenticated:
        suite = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': suite})}"
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(suite)
    return redirect(suite)
