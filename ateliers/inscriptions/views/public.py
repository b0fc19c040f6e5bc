"""The public page of the sign-up, and that of the signed link. No account, nothing cached."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from ateliers.inscriptions.choix import VIVANTES, EtatInscription
from ateliers.inscriptions.domaine import places
from ateliers.inscriptions.droits import publiques
from ateliers.inscriptions.forms.inscriptions import FormulaireDemande
from ateliers.inscriptions.frein import freiner
from ateliers.inscriptions.lien import inscriptions_du_jeton
from ateliers.participants.calendrier import lieu_dit
from ateliers.participants.lien import chemin
from socle.interface.vues import VueFormulaire, VueVerbe

MERCI = "Merci. Un courriel vient de partir : ouvrez-le, il vous dit comment confirmer votre venue."


def _seance(inscriptions) -> dict:
    seance = inscriptions.seance
    return {
        "seance": seance,
        "atelier": seance.atelier,
        "debut": seance.moment_debut,
        "fin": seance.moment_fin,
        "lieu": lieu_dit(seance),
    }


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class Demander(VueFormulaire):
    form_class = FormulaireDemande
    template_name = "ateliers/inscriptions/demander.html"
    message = MERCI

    def charger(self):
        return get_object_or_404(publiques(), seance=self.kwargs["seance_id"])

    def get_context_data(self, **kwargs):
        prises = places.occupees(self.objet).total()
        return super().get_context_data(
            **_seance(self.objet),
            ouvertes=places.sont_ouvertes(self.objet),
            restantes=max(0, self.objet.capacite - prises),
            **kwargs,
        )

    def executer(self, form):
        freiner(self.request.META.get("REMOTE_ADDR", ""))
        champs = dict(form.cleaned_data)
        if champs.pop("site_web"):
            return None  # a robot: it reads the same thanks as everybody
        return places.demander(inscriptions=self.objet, **champs)


def _du_jeton(jeton):
    return get_object_or_404(inscriptions_du_jeton(jeton))


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class Suivre(TemplateView):
    template_name = "ateliers/inscriptions/suivre.html"
    http_method_names = ["get", "head"]

    def get_context_data(self, **kwargs):
        inscription = _du_jeton(self.kwargs["jeton"])
        limite, seance = inscription.expire_le, inscription.inscriptions.seance
        return super().get_context_data(
            **_seance(inscription.inscriptions),
            inscription=inscription,
            vivante=inscription.etat in VIVANTES,
            a_confirmer=inscription.etat == EtatInscription.A_CONFIRMER,
            proposee=inscription.etat == EtatInscription.PROPOSEE,
            place=inscription.place_en_attente,
            page=chemin(inscription.invitation) if inscription.invitation_id else "",
            limite=limite.astimezone(seance.zone).replace(tzinfo=None) if limite else None,
            **kwargs,
        )

    def render_to_response(self, context, **kwargs):
        reponse = super().render_to_response(context, **kwargs)
        reponse["X-Robots-Tag"] = "noindex, nofollow"
        return reponse


@method_decorator(login_not_required, name="dispatch")
class _VerbeDuLien(VueVerbe):
    def charger(self):
        return _du_jeton(self.kwargs["jeton"])

    def url_retour(self, objet):
        return self.request.path.rsplit("/", 2)[0] + "/"


class Confirmer(_VerbeDuLien):
    @property
    def message(self):
        if self.resultat.etat == EtatInscription.RETIREE:
            return (
                "Vous êtes déjà sur la liste des invités : aucune inscription n’est nécessaire. "
                "Un courriel vous donne le lien de votre invitation."
            )
        return "C’est noté."

    def executer(self, objet):
        return places.confirmer(objet)


class Retirer(_VerbeDuLien):
    message = "Votre inscription est retirée. Merci de nous avoir prévenus."

    def executer(self, objet):
        return places.retirer(objet)
