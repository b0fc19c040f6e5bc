"""The page of the signed link: no account, no trace left in a cache or a search engine."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ateliers.sondages.domaine import reponses, requetes
from ateliers.sondages.domaine.requetes import mes_sondes
from ateliers.sondages.domaine.suggestions import suggerer
from ateliers.sondages.forms.sondages import FormulaireReponse
from ateliers.sondages.lien import avec_tout, jeton, sondes_du_jeton
from ateliers.sondages.moments import horloge, plage
from socle.interface.vues import VueFormulaire


def _contexte(sonde) -> dict:
    """What both pages say: the séance, its clock, and the date once it is chosen."""
    sondage = sonde.sondage
    seance = sondage.seance
    creneaux = list(sondage.creneaux.all())
    plages = [plage(c, seance.zone) for c in creneaux]
    return {
        "sonde": sonde,
        "sondage": sondage,
        "seance": seance,
        "atelier": seance.atelier,
        "service": seance.atelier.service_pilote,
        "creneaux": creneaux,
        "plages": plages,
        "horloge": horloge(seance, plages),
        "refus": reponses.refus_de_repondre(sondage),
        "retenu": requetes.date_retenue(sondage),
    }


class Reponses(VueFormulaire):
    """What one person answers, whatever the door they came by."""

    form_class = FormulaireReponse
    template_name = "ateliers/sondages/repondre.html"
    message = ""
    lien_signe = True

    def charger(self):
        sonde = self.sondes().order_by("pk").first()
        if sonde is None:
            raise Http404
        self.contexte = _contexte(sonde)
        self.votes = requetes.choix_de(sonde)
        self.suggestion = None
        if self.request.method == "GET" and not self.contexte["refus"]:
            creneaux = self.contexte["creneaux"]
            self.suggestion = suggerer(sonde, creneaux, self.request.user, self.votes)
        self.contexte["suggestion"] = self.suggestion
        return sonde

    def get_initial(self):
        votes = self.votes
        if self.suggestion:
            votes = self.suggestion.choix | votes
        return {f"c{pk}": choix for pk, choix in votes.items()} | {"message": self.objet.message}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"plages": self.contexte["plages"]}

    def get_context_data(self, **kwargs):
        kwargs["lien_signe"] = self.lien_signe
        return super().get_context_data(**(self.contexte | kwargs))

    def post(self, request, *args, **kwargs):
        """« Remplir les autres dates » records nothing: the page comes back filled."""
        if "tout" not in request.POST or self.contexte["refus"]:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        remplies = form.remplir()
        return self.render_to_response(self.get_context_data(form=form, remplies=remplies))

    def executer(self, form):
        return reponses.repondre(
            self.objet,
            choix=form.cleaned_data["choix"],
            message=form.cleaned_data["message"],
        )

    def url_retour(self):
        return reverse("ateliers:sondage_merci", args=[jeton(self.objet)])

    def render_to_response(self, context, **kwargs):
        reponse = super().render_to_response(context, **kwargs)
        reponse["X-Robots-Tag"] = "noindex, nofollow"
        return reponse


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class Repondre(Reponses):
    def sondes(self):
        return sondes_du_jeton(self.kwargs["jeton"])


@method_decorator(never_cache, name="dispatch")
class MaReponse(Reponses):
    """For somebody signed in: nobody else's answers can be reached."""

    lien_signe = False

    def sondes(self):
        siennes = mes_sondes(self.request.user).filter(
            sondage=self.kwargs["sondage_id"], sondage__seance__atelier__slug=self.kwargs["slug"]
        )
        return avec_tout(siennes)


@login_not_required
@never_cache
@require_GET
def merci(request, jeton):
    """What was understood, and what happens next."""
    sonde = get_object_or_404(sondes_du_jeton(jeton))
    contexte = _contexte(sonde)
    votes = list(requetes.choix_de(sonde).values())
    contexte |= {
        "jeton_lien": jeton,
        "oui": votes.count("oui"),
        "si_besoin": votes.count("si_besoin"),
        "non": votes.count("non"),
        "restent": len(contexte["creneaux"]) - len(votes),
    }
    reponse = render(request, "ateliers/sondages/merci.html", contexte)
    reponse["X-Robots-Tag"] = "noindex, nofollow"
    return reponse
