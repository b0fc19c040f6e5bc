"""The signed link of an invitation: sign in and join, or open an account."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.generic import View

from candidatures.dossiers.domaine import coauteurs
from candidatures.dossiers.domaine.etapes import url_ouverte
from candidatures.dossiers.forms.auteurs import FormulaireCompte
from socle.comptes.domaine.invitations import utilisee
from socle.comptes.models import Utilisateur
from socle.erreurs import ErreurMetier
from socle.interface.vues import ajouter_erreurs

DORSAL = "allauth.account.auth_backends.AuthenticationBackend"


@method_decorator(login_not_required, name="dispatch")
class VueInvitation(View):
    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request, *args, **kwargs):
        self.invitation = coauteurs.invitation_du_jeton(kwargs["jeton"])
        if self.invitation is None or not coauteurs.en_cours(self.invitation):
            return self._perimee(request)
        return super().dispatch(request, *args, **kwargs)

    def _perimee(self, request):
        """Already accepted by the person who clicks again: straight to the dossier."""
        invitation = self.invitation
        if (servie := utilisee(invitation)) and request.user.pk == invitation.utilisateur_id:
            return redirect(invitation.candidature.get_absolute_url())
        contexte = {"perimee": True, "utilisee": servie, "phrase": coauteurs.PERIMEE}
        return render(request, "candidatures/dossiers/invitation.html", contexte, status=404)

    def _contexte(self, form=None):
        utilisateur, adresse = self.request.user, self.invitation.courriel
        connecte = utilisateur.is_authenticated
        return {
            "invitation": self.invitation,
            "candidature": self.invitation.candidature,
            "bon_compte": connecte and utilisateur.email.lower() == adresse,
            "autre_compte": connecte and utilisateur.email.lower() != adresse,
            "compte_existe": Utilisateur.objects.filter(email=adresse).exists(),
            "form": form
            or FormulaireCompte(
                initial={"prenom": self.invitation.prenom, "nom": self.invitation.nom}
            ),
        }

    def get(self, request, *args, **kwargs):
        return render(request, "candidatures/dossiers/invitation.html", self._contexte())

    def post(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            coauteurs.accepter(invitation=self.invitation, par=request.user)
            return redirect(url_ouverte(self.invitation.candidature, "identite"))
        form = FormulaireCompte(request.POST)
        if form.is_valid():
            donnees = {c: form.cleaned_data[c] for c in ("prenom", "nom", "fonction")}
            donnees["mot_de_passe"] = form.cleaned_data["mot_de_passe"]
            try:
                utilisateur = coauteurs.ouvrir_compte(invitation=self.invitation, **donnees)
            except ErreurMetier as erreur:
                ajouter_erreurs(form, erreur)
            else:
                login(request, utilisateur, backend=DORSAL)
                return redirect(url_ouverte(self.invitation.candidature, "identite"))
        return render(request, "candidatures/dossiers/invitation.html", self._contexte(form))
