"""DGALN extends a call; start again from last year's."""

from datetime import timedelta

from candidatures.appels.domaine import appels, fenetres
from candidatures.appels.forms.cycle import FormulaireDupliquer, FormulaireProlonger
from candidatures.appels.views.dgaln import VueModifierAppel as VueModifier
from candidatures.appels.views.formulaire import charger_appel
from candidatures.dossiers.domaine.fenetre import (
    brouillons,
    modifier_appel,
    prevenues,
    prolonger,
)
from socle.interface.vues import VueFormulaire


class VueCycleAppel(VueFormulaire):
    template_name = "candidatures/appels/cycle.html"

    def charger(self):
        return charger_appel(self.request, self.kwargs["slug"])

    def url_retour(self):
        return self.resultat.get_absolute_url()


class VueProlonger(VueCycleAppel):
    form_class = FormulaireProlonger
    titre = "Prolonger l’appel"

    @property
    def message(self):
        return f"L’appel est prolongé. {prevenues(self.objet)}"

    def get_context_data(self, **kwargs):
        objet = self.objet
        return super().get_context_data(
            fermeture=fenetres.dire(objet.ferme_le, heure_locale=objet.heure_locale),
            brouillons=brouillons(objet).count(),
            **kwargs,
        )

    def executer(self, form):
        return prolonger(appel=self.objet, par=self.request.user, **form.cleaned_data)


class VueDupliquer(VueCycleAppel):
    """The text, the form, the grid and the settings, under new dates."""

    form_class = FormulaireDupliquer
    titre = "Repartir de cet appel"
    message = "Le nouvel appel est en préparation : relisez-le, puis publiez-le."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"modele": self.objet}

    def get_initial(self):
        an = timedelta(days=364)
        ferme = self.objet.ferme_le
        return {
            "titre": self.objet.titre,
            "presentation": self.objet.presentation,
            "ouvre_le": self.objet.ouvre_le + an,
            "ferme_le": ferme + an if ferme else None,
        }

    def executer(self, form):
        return appels.dupliquer(
            appel=self.objet,
            par=self.request.user,
            confirmes=self.confirmes,
            **form.cleaned_data,
        )


class VueModifierAppel(VueModifier):
    """In this room because the authors of the drafts are told what binds them."""

    def executer(self, form):
        return modifier_appel(
            appel=self.objet,
            par=self.request.user,
            confirmes=self.confirmes,
            **form.cleaned_data,
        )
