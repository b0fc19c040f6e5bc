"""Invite a reviewer; the page of the signed link."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse

from candidatures.instruction.domaine import invitations as verbes
from candidatures.instruction.models import InvitationEvaluateur
from candidatures.instruction.views.dgaln import verifier_instructeur
from socle.comptes.views import VueLienInvitation
from socle.interface.formulaires import FormulaireDsfr
from socle.interface.vues import VueFormulaire, VueVerbe


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


class VueRejoindre(VueLienInvitation):
    template_name = "candidatures/instruction/evaluateur_rejoindre.html"
    verbes = verbes

    def url_suite(self):
        return reverse("candidatures:mon_profil")
