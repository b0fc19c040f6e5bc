from allauth.account import views as allauth
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import View

from socle.comptes.domaine.invitations import utilisee
from socle.comptes.forms import FormulaireCompte
from socle.comptes.models import Utilisateur
from socle.erreurs import ErreurMetier
from socle.interface.vues import ajouter_erreurs

DOMAINE_DEMO = "@demo.example"
DORSAL = "allauth.account.auth_backends.AuthenticationBackend"


def distribution():
    """The cast that the demonstration offers; empty elsewhere."""
    if not settings.DEMO:
        return Utilisateur.objects.none()
    return (
        Utilisateur.objects.filter(email__endswith=DOMAINE_DEMO, is_active=True)
        .select_related("organisme")
        .order_by("pk")
    )


@method_decorator(login_not_required, name="dispatch")
class Connexion(allauth.LoginView):
    """Sign in by address and password; in demo, also the cast in one click."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            distribution=distribution(), suite=self.request.GET.get("next", ""), **kwargs
        )


@login_not_required
@require_POST
def jouer(request):
    """Demo only: sign in as one member of the cast."""
    if not settings.DEMO:
        raise Http404("Pas de démonstration ici.")
    utilisateur = get_object_or_404(distribution(), email=request.POST.get("email", ""))
    login(request, utilisateur, backend=DORSAL)
    suite = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(suite, {request.get_host()}, request.is_secure()):
        return redirect(suite)
    return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class VueLienInvitation(View):
    """The page of a signed link: who holds it opens their account, once.

    `verbes`: the module of the room, with `invitation_du_jeton`, `en_cours`, `ouvrir_compte` and
    the sentence `PERIMEE`. The template extends « comptes/invitation.html ».
    """

    http_method_names = ["get", "head", "post", "options"]
    template_name: str
    verbes = None

    def dispatch(self, request, *args, **kwargs):
        self.invitation = self.verbes.invitation_du_jeton(kwargs["jeton"])
        if self.invitation is None or not self.verbes.en_cours(self.invitation):
            servie = utilisee(self.invitation)
            contexte = {"perimee": True, "utilisee": servie, "phrase": self.verbes.PERIMEE}
            return render(request, self.template_name, contexte, status=404)
        return super().dispatch(request, *args, **kwargs)

    def url_suite(self) -> str:
        """Where the new account begins."""
        raise NotImplementedError

    def _page(self, form):
        contexte = {
            "invitation": self.invitation,
            "connecte": self.request.user.is_authenticated,
            "compte_existe": Utilisateur.objects.filter(email=self.invitation.courriel).exists(),
            "form": form,
        }
        return render(self.request, self.template_name, contexte)

    def get(self, request, *args, **kwargs):
        initial = {"prenom": self.invitation.prenom, "nom": self.invitation.nom}
        return self._page(FormulaireCompte(initial=initial))

    def post(self, request, *args, **kwargs):
        form = FormulaireCompte(request.POST)
        if request.user.is_authenticated or not form.is_valid():
            return self._page(form)
        donnees = {c: form.cleaned_data[c] for c in ("prenom", "nom", "fonction", "mot_de_passe")}
        try:
            utilisateur = self.verbes.ouvrir_compte(invitation=self.invitation, **donnees)
        except ErreurMetier as erreur:
            ajouter_erreurs(form, erreur)
            return self._page(form)
        login(request, utilisateur, backend=DORSAL)
        return redirect(self.url_suite())
