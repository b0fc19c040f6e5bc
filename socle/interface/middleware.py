"""Refusals become sentences; a form sent after the session ended is kept."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from socle.erreurs import ActionInterdite, ElementsManquants, ErreurMetier
from socle.interface import contraintes
from socle.interface.domaine import reprise


class ErreursMetier:
    """ActionInterdite → 403 page; another refusal → a message, back where the button was."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST":
            if self._session_perdue(request, response):
                return self._garder_saisie(request)
            if 200 <= response.status_code < 400:
                reprise.oublier_si_envoyee(request)
        elif getattr(request, "htmx", False) and self._vers_connexion(request, response):
            return HttpResponseClientRedirect(resolve_url(settings.LOGIN_URL))
        elif response.status_code == 405 and request.method in ("GET", "HEAD"):
            return bouton_attendu(request, response)
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, DatabaseError):
            exception = contraintes.refus(exception)
        if isinstance(exception, ActionInterdite):
            return render(request, "403.html", {"message": exception.message}, status=403)
        if not isinstance(exception, ErreurMetier):
            return None
        if getattr(request, "htmx", False):
            reponse = render(
                request, "interface/refus.html", {"phrases": phrases(exception)}, status=422
            )
            reponse["HX-Retarget"], reponse["HX-Reswap"] = "#messages", "innerHTML"
            return reponse
        if request.method != "POST":
            contexte = {"phrases": phrases(exception), "retour": page_au_dessus(request.path)}
            return render(request, "interface/refus_page.html", contexte, status=409)
        for phrase in phrases(exception):
            messages.error(request, phrase)
        return HttpResponseRedirect(page_precedente(request))

    @staticmethod
    def _vers_connexion(request, response) -> bool:
        connexion = resolve_url(settings.LOGIN_URL)
        return response.get("Location", "").split("?")[0] == connexion != request.path

    def _session_perdue(self, request, response) -> bool:
        return (
            response.status_code == 302
            and not request.user.is_authenticated
            and self._vers_connexion(request, response)
        )

    @staticmethod
    def _garder_saisie(request) -> HttpResponse:
        gardee = reprise.garder(request)
        suite = reverse("reprendre") if gardee else page_precedente(request)
        adresse = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': suite})}"
        messages.warning(
            request,
            f"Votre session a expiré. Reconnectez-vous\u00a0: {suite_de(request, gardee)}",
        )
        if getattr(request, "htmx", False):
            return HttpResponseClientRedirect(adresse)
        return HttpResponseRedirect(adresse)


def suite_de(request, gardee: bool) -> str:
    """What is kept and what is not; a browser never sends the same file twice by itself."""
    if not request.FILES:
        return "votre saisie est conservée." if gardee else "vous reviendrez à la même page."
    if gardee:
        return "votre texte est conservé, et le fichier sera à choisir de nouveau."
    return "vous reviendrez à la même page, où le fichier est à choisir de nouveau."


def bouton_attendu(request, response) -> HttpResponse:
    """An address typed by hand that only a button uses: say it, and lead back."""
    page = render(request, "405.html", {"retour": page_au_dessus(request.path)}, status=405)
    page["Allow"] = response.get("Allow", "POST")
    return page


def page_au_dessus(chemin: str) -> str:
    """The nearest address above that is a page."""
    morceaux = chemin.strip("/").split("/")[:-1]
    while morceaux:
        adresse = f"/{'/'.join(morceaux)}/"
        try:
            vue = resolve(adresse).func
        except Resolver404:
            morceaux.pop()
            continue
        if "get" in getattr(getattr(vue, "view_class", None), "http_method_names", ["get"]):
            return adresse
        morceaux.pop()
    return "/"


def phrases(erreur: ErreurMetier) -> list[str]:
    if isinstance(erreur, ElementsManquants):
        return [m.phrase for m in erreur.manques]
    return [erreur.message]


def page_precedente(request) -> str:
    """Where the button was, or the dashboard; never another site."""
    origine = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(origine, {request.get_host()}, request.is_secure()):
        return origine
    return reverse("tableau_de_bord")
