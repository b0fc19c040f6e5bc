"""The page of the signed link: no account, no trace left in a cache or a search engine."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ateliers.participants.calendrier import MIME, ics
from ateliers.participants.choix import REPONSES_DITES, Reponse
from ateliers.participants.domaine.delegations import deleguer, peut_deleguer
from ateliers.participants.domaine.invitations import FERMEES, repondre
from ateliers.participants.domaine.passerelle import ouverte
from ateliers.participants.forms.participants import FormulaireDelegation, FormulaireReponse
from ateliers.participants.lien import chemin, invitations_du_jeton
from ateliers.programme.domaine.annonces import sequences_annoncees
from ateliers.seances.choix import EtatSeance
from socle.courriels.domaine import lien
from socle.interface.vues import VueFormulaire


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class Repondre(VueFormulaire):
    form_class = FormulaireReponse
    template_name = "ateliers/participants/repondre.html"
    message = "Merci, votre réponse est enregistrée."

    def charger(self):
        return get_object_or_404(invitations_du_jeton(self.kwargs["jeton"]))

    def get_initial(self):
        if self.objet.reponse not in (Reponse.ACCEPTE, Reponse.PEUT_ETRE, Reponse.DECLINE):
            return {}
        return {"reponse": self.objet.reponse, "message": self.objet.message}

    def get_context_data(self, **kwargs):
        seance = self.objet.seance
        return super().get_context_data(
            seance=seance,
            atelier=seance.atelier,
            debut=seance.moment_debut,
            fin=seance.moment_fin,
            sequences=sequences_annoncees(seance),
            fermee=seance.etat in FERMEES,
            annulee=seance.etat == EtatSeance.ANNULEE,
            reponse_dite=REPONSES_DITES.get(self.objet.reponse, ""),
            jeton_lien=self.kwargs["jeton"],
            delegue=self.objet.delegue,
            mandants=list(self.objet.mandants.select_related("participant")),
            peut_deleguer=peut_deleguer(self.objet),
            sms=ouverte(),
            **kwargs,
        )

    def executer(self, form):
        return repondre(
            self.objet,
            reponse=form.cleaned_data["reponse"],
            message=form.cleaned_data["message"],
        )

    def render_to_response(self, context, **kwargs):
        reponse = super().render_to_response(context, **kwargs)
        reponse["X-Robots-Tag"] = "noindex, nofollow"
        return reponse


class Deleguer(Repondre):
    form_class = FormulaireDelegation
    template_name = "ateliers/participants/deleguer.html"
    message = "Merci. La personne que vous nommez vient d’être prévenue."

    def get_initial(self):
        return {}

    def executer(self, form):
        return deleguer(self.objet, **form.cleaned_data)

    def url_retour(self, objet=None):
        return reverse("ateliers:repondre", args=[self.kwargs["jeton"]])


@login_not_required
@never_cache
@require_GET
def agenda(request, jeton):
    invitation = get_object_or_404(
        invitations_du_jeton(jeton).filter(seance__debut_prevu__isnull=False)
    )
    seance = invitation.seance
    annulee = seance.etat == EtatSeance.ANNULEE
    fichier = ics(seance, invitation=invitation, lien=lien(chemin(invitation)), annulee=annulee)
    reponse = HttpResponse(fichier, content_type=f"{MIME}; charset=utf-8")
    reponse["Content-Disposition"] = 'attachment; filename="seance.ics"'
    return reponse
