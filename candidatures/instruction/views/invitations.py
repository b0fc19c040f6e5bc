"""Invite a reviewer; the page of the signed link."""

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View

from candidatures.dossiers.forms.auteurs import FormulaireCompte
from candidatures.instruction.domaine import invitations as verbes
from candidatures.instruction.models import InvitationEvaluateur
from candidatures.instruction.views.dgaln import verifier_instructeur
from socle.comptes.domaine.invitations import en_cours, utilisee
from socle.comptes.models import Utilisateur
from socle.erreurs import ErreurMetier
from socle.interface.formulaires import FormulaireDsfr
from socle.interface.vues import VueFormulaire, VueVerbe, ajouter_erreurs

DORSAL = "allauth.account.auth_backends.AuthenticationBackend"


class FormulaireInvitation(FormulaireDsfr):
    libelle_envoi = "Envoyer l’invitation"
    libelle_confirmation = "C’est un nouvel organisme : inviter sans déport calculé"
    prenom = forms.CharField(label="Prénom", max_length=80)
    nom = forms.CharField(label="Nom", max_length=80)
    courriel = forms.EmailField(
        label="Adresse électronique", help_text="Un lien personnel y est envoyé, valable 21 jours."
    )
    organisme = forms.CharField(
        label="Organisme",
        help_text="Son nom exact, s’il est déjà connu : qui travaille pour un porteur est déporté "
        "de son dossier.",
        max_length=200,
        required=False,
    )


class FormulaireCompteEvaluateur(FormulaireCompte):
    libelle_envoi = "Ouvrir mon compte"


class VueInviter(VueFormulaire):
    form_class = FormulaireInvitation
    template_name = "candidatures/instruction/evaluateur_inviter.html"
    titre = "Inviter un évaluateur"
    message = ""

    def charger(self):
        verifier_instructeur(self.request.user)

    def executer(self, form):
        invitation = verbes.inviter(
            par=self.request.user, confirmes=self.confirmes, **form.cleaned_data
        )
        messages.success(self.request, f"L’invitation est envoyée à {invitation.courriel}.")
        return invitation

    def url_retour(self):
        return reverse("candidatures:evaluateurs")


class VueAnnulerInvitation(VueVerbe):
    message = "L’invitation est annulée : son lien n’ouvre plus rien."

    def charger(self):
        verifier_instructeur(self.request.user)
        return get_object_or_404(InvitationEvaluateur, pk=self.kwargs["pk"])

    def executer(self, objet):
        return verbes.annuler(invitation=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("candidatures:evaluateurs")


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class VueRejoindre(View):
    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request, *args, **kwargs):
        self.invitation = verbes.invitation_du_jeton(kwargs["jeton"])
        if self.invitation is None or not en_cours(self.invitation):
            servie = utilisee(self.invitation)
            contexte = {"perimee": True, "utilisee": servie, "phrase": verbes.PERIMEE}
            gabarit = "candidatures/instruction/evaluateur_rejoindre.html"
            return render(request, gabarit, contexte, status=404)
        return super().dispatch(request, *args, **kwargs)

    def _page(self, form):
        contexte = {
            "invitation": self.invitation,
            "connecte": self.request.user.is_authenticated,
            "compte_existe": Utilisateur.objects.filter(email=self.invitation.courriel).exists(),
            "form": form,
        }
        return render(self.request, "candidatures/instruction/evaluateur_rejoindre.html", contexte)

    def get(self, request, *args, **kwargs):
        initial = {"prenom": self.invitation.prenom, "nom": self.invitation.nom}
        return self._page(FormulaireCompteEvaluateur(initial=initial))

    def post(self, request, *args, **kwargs):
        form = FormulaireCompteEvaluateur(request.POST)
        if request.user.is_authenticated or not form.is_valid():
            return self._page(form)
        donnees = {c: form.cleaned_data[c] for c in ("prenom", "nom", "fonction", "mot_de_passe")}
        try:
            utilisateur = verbes.ouvrir_compte(invitation=self.invitation, **donnees)
        except ErreurMetier as erreur:
            ajouter_erreurs(form, erreur)
            return self._page(form)
        login(request, utilisateur, backend=DORSAL)
        return redirect("candidatures:mon_profil")
