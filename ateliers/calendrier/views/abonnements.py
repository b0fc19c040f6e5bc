"""Personal feeds, and how serious conflicts are."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET

from ateliers.calendrier import droits
from ateliers.calendrier.domaine import abonnements as verbes
from ateliers.calendrier.forms.abonnements import FormulaireAbonnement, FormulaireRegles
from ateliers.participants.calendrier import MIME
from ateliers.seances.domaine.severites import regler_severites, severites
from socle.comptes.choix import Role
from socle.courriels.domaine import lien
from socle.interface.vues import VueFormulaire, VueVerbe

SECRET = "agenda_adresse"


@login_not_required
@require_GET
def flux(request, jeton):
    """The file that a diary reads again and again: 304 as long as nothing changed."""
    utilisateur = verbes.abonne(jeton)
    if utilisateur is None:
        raise Http404
    seances = verbes.seances_de(utilisateur)
    etiquette = verbes.etiquette(seances)
    reponse = get_conditional_response(request, etag=etiquette)
    if not isinstance(reponse, HttpResponseNotModified):
        fichier = verbes.flux(seances, etiquette)
        reponse = HttpResponse(fichier, content_type=f"{MIME}; charset=utf-8")
        reponse["Content-Disposition"] = 'inline; filename="agenda.ics"'
    reponse["ETag"] = etiquette
    reponse["Cache-Control"] = "private, no-cache"
    reponse["X-Robots-Tag"] = "noindex, nofollow"
    return reponse


class Abonnements(VueFormulaire):
    form_class = FormulaireAbonnement
    template_name = "ateliers/calendrier/abonnements.html"
    titre = "Mon agenda"
    message = ""

    def charger(self):
        droits.exiger(droits.peut_s_abonner(self.request.user))

    def get_context_data(self, **kwargs):
        kwargs["abonnements"] = list(verbes.abonnements_de(self.request.user))
        kwargs["adresse"] = self.request.session.pop(SECRET, "")
        return super().get_context_data(**kwargs)

    def executer(self, form):
        _, jeton = verbes.creer_abonnement(par=self.request.user, nom=form.cleaned_data["nom"])
        # Shown once, on the next page: only its hash is stored.
        self.request.session[SECRET] = lien(reverse("ateliers:agenda_flux", args=[jeton]))

    def url_retour(self):
        return reverse("ateliers:abonnements")


class Revoquer(VueVerbe):
    message = "L’abonnement est révoqué : son adresse ne répond plus."

    def charger(self):
        droits.exiger(droits.peut_s_abonner(self.request.user))
        return get_object_or_404(verbes.abonnements_de(self.request.user), pk=self.kwargs["pk"])

    def executer(self, objet):
        return verbes.revoquer_abonnement(abonnement=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("ateliers:abonnements")


class Regles(VueFormulaire):
    form_class = FormulaireRegles
    template_name = "ateliers/calendrier/regles.html"
    titre = "Gravité des conflits"
    message = "La gravité des conflits est enregistrée."

    def charger(self):
        droits.exiger(self.request.user.a_le_role(Role.DGALN))

    def get_initial(self):
        return severites()

    def executer(self, form):
        return regler_severites(par=self.request.user, **form.cleaned_data)
