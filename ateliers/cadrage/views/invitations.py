"""Invite the people of the team; the page of the signed link."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from ateliers.cadrage.domaine import invitations_equipe as verbes
from ateliers.cadrage.forms.equipe import FormulaireInvitation
from ateliers.cadrage.models import InvitationEquipe
from ateliers.parcours.views.commun import FormulaireAtelier, VerbeAtelier
from socle.comptes.views import VueLienInvitation
from socle.erreurs import Manque

RETOUR = "ateliers:cadrage"


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


class Rejoindre(VueLienInvitation):
    template_name = "ateliers/cadrage/rejoindre.html"
    verbes = verbes

    def url_suite(self):
        return reverse("ateliers:espace", args=[self.invitation.atelier.slug])
