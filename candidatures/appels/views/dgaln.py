"""DGALN prepares, publishes and closes the calls."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from candidatures.appels.domaine import appels as verbes
from candidatures.appels.domaine.requetes import repris_de
from candidatures.appels.droits import peut_gerer, visibles_par
from candidatures.appels.forms.appel import (
    FormulaireAppel,
    FormulaireAppelRevise,
    FormulaireSession,
)
from candidatures.appels.models import SessionNationale
from candidatures.dispositifs.models import Dispositif
from socle.erreurs import ActionInterdite
from socle.interface.vues import VueFormulaire, VueVerbe


def exiger_gestion(utilisateur):
    if not peut_gerer(utilisateur):
        raise ActionInterdite("Seule la DGALN prépare et publie les appels.")


class VueNouvelAppel(VueFormulaire):
    form_class = FormulaireAppel
    template_name = "candidatures/appels/formulaire.html"
    titre = "Nouvel appel"
    message = "L’appel est créé. Il reste à le publier."

    def charger(self):
        exiger_gestion(self.request.user)

    def get_initial(self):
        """`?session=`: the one that has just been created, with the dispositif it belongs to."""
        voulue = self.request.GET.get("session", "")
        session = voulue.isdecimal() and SessionNationale.objects.filter(pk=voulue).first()
        if not session:
            return {}
        dispositif = Dispositif.objects.filter(avec_session=True).order_by("pk").first()
        return {"session": session, "dispositif": dispositif, "titre": session.nom}

    def executer(self, form):
        return verbes.creer(**form.cleaned_data, par=self.request.user, confirmes=self.confirmes)

    def url_retour(self):
        return self.resultat.get_absolute_url()


class VueModifierAppel(VueFormulaire):
    form_class = FormulaireAppelRevise
    fusion = True
    template_name = "candidatures/appels/formulaire.html"
    titre = "Modifier l’appel"
    message = "L’appel est enregistré."

    def charger(self):
        appel = get_object_or_404(visibles_par(self.request.user), slug=self.kwargs["slug"])
        exiger_gestion(self.request.user)
        return appel

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "instance": self.objet,
            "repris_de": repris_de(self.objet),
        }

    def executer(self, form):
        return verbes.modifier(
            appel=self.objet,
            par=self.request.user,
            confirmes=self.confirmes,
            **form.cleaned_data,
        )

    def url_retour(self):
        return self.objet.get_absolute_url()


class VueNouvelleSession(VueFormulaire):
    form_class = FormulaireSession
    template_name = "candidatures/appels/formulaire.html"
    titre = "Nouvelle session nationale"
    message = "La session nationale est créée. Vous pouvez préparer son appel."

    def charger(self):
        exiger_gestion(self.request.user)

    def executer(self, form):
        return verbes.creer_session(**form.cleaned_data, par=self.request.user)

    def url_retour(self):
        return f"{reverse('candidatures:appel_nouveau')}?session={self.resultat.pk}"


class VueVerbeAppel(VueVerbe):
    def charger(self):
        return get_object_or_404(visibles_par(self.request.user), slug=self.kwargs["slug"])


class VuePublier(VueVerbeAppel):
    message = "L’appel est publié."

    def executer(self, objet):
        return verbes.publier(appel=objet, par=self.request.user)


class VueClore(VueVerbeAppel):
    message = "L’appel est clos."

    def executer(self, objet):
        return verbes.clore(appel=objet, par=self.request.user, motif=self.motif)


class VueRouvrir(VueVerbeAppel):
    message = "L’appel est rouvert."

    def executer(self, objet):
        return verbes.rouvrir(appel=objet, par=self.request.user, motif=self.motif)
