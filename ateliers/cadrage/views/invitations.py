"""Invite the people of the team; the page of the signed link."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View

from ateliers.cadrage.domaine import invitations_equipe as verbes
from ateliers.cadrage.forms.equipe import FormulaireCompteEquipe, FormulaireInvitation
from ateliers.cadrage.models import InvitationEquipe
from ateliers.parcours.views.commun import FormulaireAtelier, VerbeAtelier
from socle.comptes.domaine.invitations import utilisee
from socle.comptes.models import Utilisateur
from socle.erreurs import ErreurMetier, Manque
from socle.interface.vues import ajouter_erreurs

RETOUR = "ateliers:cadrage"
DORSAL = "allauth.account.auth_backends.AuthenticationBackend"


class Inviter(FormulaireAtelier):
    form_class = FormulaireInvitation
    retour, ancre = RETOUR, "#equipe"
    titre = "Inviter une personne de l’équipe"
    aide = "Elle ouvre son compte par le lien reçu, et suit alors les séances et les livrables."
    message = "L’invitation est envoyée."

    @property
    def conditions(self):
        if verbes.organismes_de_l_equipe(self.atelier):
            return []
        return [Manque("Désignez d’abord l’équipe.")]

    def get_form_kwargs(self):
        organismes = verbes.organismes_de_l_equipe(self.atelier)
        return super().get_form_kwargs() | {"organismes": organismes}

    def executer(self, form):
        return verbes.inviter(atelier=self.atelier, par=self.request.user, **form.cleaned_data)


class Annuler(VerbeAtelier):
    retour, ancre = RETOUR, "#equipe"
    message = "L’invitation est annulée : son lien n’ouvre plus rien."

    def executer(self, objet):
        invitation = get_object_or_404(
            InvitationEquipe.objects.select_related("atelier"),
            atelier=objet,
            pk=self.kwargs["pk"],
        )
        return verbes.annuler(invitation=invitation, par=self.request.user)


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class Rejoindre(View):
    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request, *args, **kwargs):
        self.invitation = verbes.invitation_du_jeton(kwargs["jeton"])
        if self.invitation is None or not verbes.en_cours(self.invitation):
            servie = utilisee(self.invitation)
            contexte = {"perimee": True, "utilisee": servie, "phrase": verbes.PERIMEE}
            return render(request, "ateliers/cadrage/rejoindre.html", contexte, status=404)
        return super().dispatch(request, *args, **kwargs)

    def _page(self, form):
        contexte = {
            "invitation": self.invitation,
            "atelier": self.invitation.atelier,
            "connecte": self.request.user.is_authenticated,
            "compte_existe": Utilisateur.objects.filter(email=self.invitation.courriel).exists(),
            "form": form,
        }
        return render(self.request, "ateliers/cadrage/rejoindre.html", contexte)

    def get(self, request, *args, **kwargs):
        initial = {"prenom": self.invitation.prenom, "nom": self.invitation.nom}
        return self._page(FormulaireCompteEquipe(initial=initial))

    def post(self, request, *args, **kwargs):
        form = FormulaireCompteEquipe(request.POST)
        if request.user.is_authenticated or not form.is_valid():
            return self._page(form)
        donnees = {c: form.cleaned_data[c] for c in ("prenom", "nom", "fonction", "mot_de_passe")}
        try:
            utilisateur = verbes.ouvrir_compte(invitation=self.invitation, **donnees)
        except ErreurMetier as erreur:
            ajouter_erreurs(form, erreur)
            return self._page(form)
        login(request, utilisateur, backend=DORSAL)
        return redirect("ateliers:espace", self.invitation.atelier.slug)
