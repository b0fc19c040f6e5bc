"""Search a calendar, follow it, read the proposals, keep one."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from ateliers.calendrier import droits
from ateliers.calendrier.domaine import criteres, demandes, requetes
from ateliers.calendrier.forms import recherche
from ateliers.parcours.views.commun import FormulaireAtelier
from candidatures.appels.models import SessionNationale
from socle.interface.vues import VueFormulaire, VueVerbe


class AvecConseil:
    """« ?demande=12&regle=1 »: the form is that search’s, with the change its page advises.

    « ?neuf=oui »: nothing of the last search, the dispositif alone.
    """

    @cached_property
    def derniere(self):
        return criteres.derniere(**self.perimetre)

    @cached_property
    def criteres(self):
        """(search, rule): the one named in the address, else the last one and no rule."""
        if "neuf" in self.request.GET:
            return None, None
        demande, regle = (self.request.GET.get(c, "") for c in ("demande", "regle"))
        lisible = demande.isdecimal() and regle.isdecimal()
        nommee = criteres.recherche(int(demande), **self.perimetre) if lisible else None
        return (nommee, int(regle)) if nommee else (self.derniere, None)

    def get_initial(self):
        demande, regle = self.criteres
        return criteres.initiales(demande, self.dispositifs, regle)

    def get_form(self, form_class=None):
        """An older draft of this browser must hide neither the advice nor a fresh start."""
        form = super().get_form(form_class)
        form.fields["debut"].help_text = criteres.preavis_dit(self.dispositifs)
        demande, regle = self.criteres
        suite = "-neuf" if "neuf" in self.request.GET else ""
        if regle is not None:
            suite = f"-{demande.pk}-{regle}"
        if suite:
            form.helper.attrs["data-brouillon"] = f"{form.cle_brouillon()}{suite}"
        return form

    def get_context_data(self, **kwargs):
        demande, regle = self.criteres
        kwargs |= {"derniere": self.derniere, "reprise": demande, "conseil": regle is not None}
        return super().get_context_data(**kwargs)


class Proposer(AvecConseil, FormulaireAtelier):
    form_class = recherche.FormulaireRechercheAtelier
    template_name = "ateliers/calendrier/proposer.html"
    titre = "Proposer un calendrier"
    message = ""

    @property
    def perimetre(self):
        return {"atelier": self.atelier}

    @property
    def dispositifs(self):
        return [self.atelier.dispositif]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "participants": requetes.participants_de(self.atelier),
            "seances": requetes.a_programmer(self.atelier),
        }

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs)
        if not contexte["form"].seances:
            contexte |= {"complet": True, "datees": requetes.a_reporter(self.atelier)}
        return contexte

    def executer(self, form):
        return demandes.demander(
            par=self.request.user, atelier=self.atelier, parametres=form.parametres()
        )

    def url_retour(self, objet=None):
        return self.resultat.get_absolute_url() if self.resultat else super().url_retour()


@require_safe
def sessions(request):
    """Where the DGALN chooses the session whose ateliers are placed together."""
    droits.exiger(droits.peut_rechercher(request.user))
    contexte = {"lignes": requetes.sessions()}
    return render(request, "ateliers/calendrier/sessions.html", contexte)


class ProposerSession(AvecConseil, VueFormulaire):
    form_class = recherche.FormulaireRechercheSession
    template_name = "ateliers/calendrier/proposer_session.html"
    titre = "Calendrier de la session"
    message = ""

    def charger(self):
        droits.exiger(droits.peut_rechercher(self.request.user))
        return get_object_or_404(SessionNationale, pk=self.kwargs["pk"])

    @property
    def perimetre(self):
        return {"session": self.objet}

    @cached_property
    def dispositifs(self):
        return criteres.dispositifs_de(self.objet)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"seances": requetes.a_programmer_de(self.objet)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(exigences=requetes.exigences_de(self.objet), **kwargs)

    def executer(self, form):
        national = self.request.user.organisme_id if form.cleaned_data["national"] else None
        return demandes.demander(
            par=self.request.user,
            session=self.objet,
            parametres=form.parametres() | {"national": national},
        )

    def url_retour(self):
        return self.resultat.get_absolute_url()


class SurDemande:
    def charger(self):
        demande = get_object_or_404(
            droits.visibles_par(self.request.user).select_related("atelier", "session"),
            pk=self.kwargs["pk"],
        )
        droits.exiger(droits.peut_rechercher(self.request.user, atelier=demande.atelier))
        return demande


class Demande(SurDemande, TemplateView):
    """htmx asks for the progress and the results alone, every two seconds."""

    def get_template_names(self):
        seule = "_recherche" if self.request.htmx else "demande"
        return [f"ateliers/calendrier/{seule}.html"]

    def get_context_data(self, **kwargs):
        demande = self.charger()
        if demande.atelier:
            relancer = reverse("ateliers:calendrier_proposer", args=[demande.atelier.slug])
        else:
            relancer = reverse("ateliers:calendrier_session", args=[demande.session_id])
        return super().get_context_data(
            demande=demande,
            atelier=demande.atelier,
            cartes=requetes.cartes(demande),
            bareme=requetes.bareme(),
            sondages=requetes.sondages_de(demande),
            relancer=relancer,
            etape=demande.resultat.get("etape", "En attente"),
            partiel=bool(self.request.htmx),
            **kwargs,
        )


class Arreter(SurDemande, VueVerbe):
    message = "La recherche est arrêtée."

    def executer(self, objet):
        return demandes.arreter(demande=objet, par=self.request.user)


class Retenir(SurDemande, VueVerbe):
    message = "Le calendrier est retenu : toutes ses séances sont programmées."

    def executer(self, objet):
        return demandes.retenir(demande=objet, numero=self.kwargs["numero"], par=self.request.user)
