from allauth.account import views as allauth
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from socle.comptes.models import Utilisateur

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
