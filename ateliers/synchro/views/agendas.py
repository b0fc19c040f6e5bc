"""The diary of the person who looks: no address of these pages names anybody else's."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ateliers.agendas.choix import EtatEcrit
from ateliers.synchro import droits
from ateliers.synchro.domaine import branchement
from ateliers.synchro.domaine.requetes import sante
from ateliers.synchro.forms.agendas import (
    FormulaireBrancher,
    FormulaireChoisir,
    FormulaireDebrancher,
)
from socle.interface.templatetags.interface import pluriel
from socle.interface.vues import VueFormulaire, VueVerbe


@require_GET
@never_cache
def agenda(request):
    """How the synchronisation goes; the way to plug a diary in when there is none."""
    droits.exiger(request.user)
    courant = droits.agenda_de(request.user)
    contexte = {"agenda": courant} | (sante(courant) if courant else {})
    return render(request, "ateliers/synchro/agenda.html", contexte)


class SurMonAgenda:
    def charger(self):
        droits.exiger(self.request.user)
        courant = droits.agenda_de(self.request.user)
        if courant is None:
            raise Http404
        return courant

    def url_retour(self, objet=None):
        return reverse("ateliers:agenda_distant")


class Brancher(SurMonAgenda, VueFormulaire):
    form_class = FormulaireBrancher
    template_name = "ateliers/synchro/brancher.html"
    titre = "Brancher mon agenda"
    message = "La connexion est établie. Choisissez maintenant les calendriers."

    def charger(self):
        droits.exiger(self.request.user)
        return droits.agenda_de(self.request.user)

    def get_initial(self):
        if self.objet is None:
            return {}
        return {"adresse": self.objet.adresse, "identifiant": self.objet.identifiant}

    def executer(self, form):
        return branchement.brancher(par=self.request.user, **form.cleaned_data)

    def url_retour(self, objet=None):
        return reverse("ateliers:agenda_choisir")


class Choisir(SurMonAgenda, VueFormulaire):
    form_class = FormulaireChoisir
    template_name = "ateliers/synchro/choisir.html"
    titre = "Choisir les calendriers"
    message = "Vos choix sont enregistrés ; la synchronisation est lancée."

    def charger(self):
        courant = super().charger()
        self.calendriers = list(courant.calendriers.all())
        return courant

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"calendriers": self.calendriers}

    def get_initial(self):
        ecrits = [str(c.pk) for c in self.calendriers if c.ecrit]
        return {
            "ecrit": ecrits[0] if ecrits else "",
            "lus": [str(c.pk) for c in self.calendriers if c.lu],
            "portee": self.objet.portee,
            "fuseau": self.objet.fuseau,
        }

    def executer(self, form):
        return branchement.choisir(par=self.request.user, **form.cleaned_data)


class Synchroniser(SurMonAgenda, VueVerbe):
    message = "La synchronisation est lancée : rechargez la page dans un instant."

    def executer(self, objet):
        return branchement.demander(par=self.request.user)


class Suspendre(SurMonAgenda, VueVerbe):
    message = "La synchronisation est en pause : rien n’est lu ni écrit."

    def executer(self, objet):
        return branchement.suspendre(par=self.request.user)


class Reprendre(SurMonAgenda, VueVerbe):
    message = "La synchronisation reprend."

    def executer(self, objet):
        return branchement.reprendre(par=self.request.user)


class Retablir(SurMonAgenda, VueVerbe):
    message = "Le rendez-vous sera remplacé par celui de l’atelier."

    def charger(self):
        return get_object_or_404(super().charger().evenements, pk=self.kwargs["pk"])

    def executer(self, objet):
        return branchement.retablir(par=self.request.user, evenement=objet)


class Debrancher(SurMonAgenda, VueFormulaire):
    form_class = FormulaireDebrancher
    template_name = "ateliers/synchro/debrancher.html"
    titre = "Débrancher mon agenda"
    message = ""

    def get_context_data(self, **kwargs):
        ecrits = self.objet.evenements.filter(etat=EtatEcrit.ECRIT).count()
        return super().get_context_data(ecrits=ecrits, **kwargs)

    def executer(self, form):
        retires, restes = branchement.debrancher(
            par=self.request.user, retirer=form.cleaned_data["retirer"]
        )
        phrase = "Votre agenda est débranché : le mot de passe et les heures lues sont effacés."
        if retires:
            phrase += f" {pluriel(retires, 'rendez-vous retiré,rendez-vous retirés')}."
        messages.success(self.request, phrase)
        if restes:
            messages.warning(
                self.request,
                f"{pluriel(restes, 'rendez-vous reste,rendez-vous restent')} dans votre agenda : "
                "effacez-les vous-même.",
            )
        return self.objet
