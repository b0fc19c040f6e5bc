"""What every work page of an atelier does first: find it among those one may see."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from ateliers.parcours.droits import exiger, peut_piloter, visibles_par
from socle.interface.vues import VueFormulaire, VueVerbe


def trouver(request, slug):
    """The atelier with what its pages read; 404 for whom it does not concern."""
    return get_object_or_404(
        visibles_par(request.user).select_related(
            "dispositif", "perimetre", "service_pilote", "candidature"
        ),
        slug=slug,
    )


class DansAtelier:
    """`droit(utilisateur, atelier)` opens the page; `retour` names the page to come back to."""

    droit = staticmethod(peut_piloter)
    retour = "ateliers:espace"
    ancre = ""

    def trouver_atelier(self):
        self.atelier = trouver(self.request, self.kwargs["slug"])
        exiger(type(self).droit(self.request.user, self.atelier))
        return self.atelier

    def charger(self):
        return self.trouver_atelier()

    def url_retour(self, objet=None):
        return reverse(self.retour, args=[self.atelier.slug]) + self.ancre


class VerbeAtelier(DansAtelier, VueVerbe):
    """A button of the work pages."""


class FormulaireAtelier(DansAtelier, VueFormulaire):
    """A form of the work pages: a breadcrumb, a title, help in front of the fields."""

    template_name = "ateliers/formulaire.html"
    aide = ""
    conditions = ()
    a_savoir = ()  # what does not forbid the act, and is told before it

    def get_context_data(self, **kwargs):
        kwargs.setdefault("atelier", self.atelier)
        kwargs.setdefault("aide", self.aide)
        kwargs.setdefault("conditions", self.conditions)
        kwargs.setdefault("a_savoir", self.a_savoir)
        kwargs.setdefault("page_retour", self.url_retour())
        return super().get_context_data(**kwargs)
