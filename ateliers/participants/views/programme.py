"""Publishing writes to the guests: it lives with them."""

from django.urls import reverse

from ateliers.participants.domaine.diffusion import publier_programme
from ateliers.participants.views.commun import SurSeance
from socle.interface.vues import VueVerbe, cases_cochees


class Publier(SurSeance, VueVerbe):
    message = "Le déroulé est publié ; les personnes concernées par ce qui change sont prévenues."

    def executer(self, objet):
        return publier_programme(
            seance=objet, par=self.request.user, confirmes=cases_cochees(self.request)
        )

    def url_retour(self, objet=None):
        return reverse("ateliers:programme", args=[self.atelier.slug, self.seance.pk])
