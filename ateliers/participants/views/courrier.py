"""Convoked by post, answered by telephone: written down by the pilot."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from ateliers.parcours.droits import exiger
from ateliers.participants import droits
from ateliers.participants.domaine import courrier
from ateliers.participants.domaine.lettres import REFUS as REFUS_LETTRES
from ateliers.participants.domaine.participants import REFUS
from ateliers.participants.domaine.requetes import invitations_lues
from ateliers.participants.forms.participants import FormulaireReponse
from ateliers.participants.forms.venue import FormulairePoste
from ateliers.participants.models import Invitation
from ateliers.participants.views.commun import SurSeance
from socle.interface.vues import VueFormulaire

PERSONNE = "Tous les invités ont une adresse électronique\u00a0: aucune lettre n’est à poster."


class _Formulaire(SurSeance, VueFormulaire):
    template_name = "ateliers/participants/formulaire.html"
    retour_libelle = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            atelier=self.atelier,
            retour=reverse(self.retour, args=[self.atelier.slug, self.seance.pk]),
            retour_libelle=self.retour_libelle,
            **kwargs,
        )


class MarquerPostees(_Formulaire):
    form_class = FormulairePoste
    titre = "Lettres postées ou remises"
    retour, retour_libelle = "ateliers:lettres", "Lettres de convocation"
    message = "Les personnes qui ont reçu ou vont recevoir leur lettre sont notées convoquées."

    def charger(self):
        seance = super().charger()
        exiger(droits.peut_convoquer(self.request.user, self.atelier), REFUS_LETTRES)
        lues = invitations_lues(seance).select_related("participant__personne")
        self.sans = courrier.sans_courriel(lues)
        return seance

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"sans": self.sans}

    def get_context_data(self, **kwargs):
        gens = self.sans.adressables or self.sans.injoignables
        return super().get_context_data(sans_objet="" if gens else PERSONNE, **kwargs)

    def get_initial(self):
        return {"le": timezone.localdate(), "postees": [i.pk for i in self.sans.a_poster]}

    def executer(self, form):
        return courrier.marquer_postees(
            seance=self.seance,
            par=self.request.user,
            le=form.cleaned_data["le"],
            postees=form.cleaned_data.get("postees", ()),
            remises=form.cleaned_data.get("remises", ()),
        )


class NoterReponse(_Formulaire):
    """A title and a form of its own: the answer of one person."""

    form_class = FormulaireReponse
    retour, retour_libelle = "ateliers:invitations", "Invités"
    message = "La réponse est notée."

    def charger(self):
        seance = super().charger()
        exiger(droits.peut_gerer(self.request.user, self.atelier), REFUS)
        return seance

    @cached_property
    def invitation(self):
        invitations = Invitation.objects.select_related("participant")
        lue = get_object_or_404(invitations, seance=self.seance, pk=self.kwargs["invitation_id"])
        lue.seance = self.seance
        return lue

    @property
    def titre(self):
        return f"Réponse reçue autrement : {self.invitation.participant.nom_complet}"

    def get_initial(self):
        if self.invitation.reponse not in ("accepte", "decline"):
            return {}
        return {"reponse": self.invitation.reponse, "message": self.invitation.message}

    def executer(self, form):
        return courrier.noter_reponse(
            invitation=self.invitation,
            par=self.request.user,
            reponse=form.cleaned_data["reponse"],
            message=form.cleaned_data["message"],
        )
