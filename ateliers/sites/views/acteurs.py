"""Hypotheses and sites démonstrateurs, for those who work on the atelier."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET

from ateliers.parcours.droits import peut_contribuer, peut_piloter
from ateliers.parcours.views.commun import FormulaireAtelier, VerbeAtelier, trouver
from ateliers.sites.choix import EtatHypothese
from ateliers.sites.cycle_de_vie import CYCLE_HYPOTHESE
from ateliers.sites.domaine import hypotheses as verbes
from ateliers.sites.forms.sites import FormulaireHypothese, FormulaireSite
from ateliers.sites.models import Hypothese, SiteDemonstrateur

RETOUR = "ateliers:sites"
TONS = {
    EtatHypothese.EMISE: "",
    EtatHypothese.CONSOLIDEE: "info",
    EtatHypothese.RETENUE: "success",
    EtatHypothese.ECARTEE: "error",
}


def _boutons(hypothese, atelier, pilote):
    """Verbs offered on a hypothesis: name, address, label, reason asked."""
    for transition in CYCLE_HYPOTHESE.depuis(hypothese.etat):
        if pilote or transition.verbe in ("consolider", "reprendre"):
            yield {
                "url": reverse(
                    "ateliers:hypothese_verbe", args=[atelier.slug, hypothese.pk, transition.verbe]
                ),
                "libelle": transition.libelle,
                "motif": transition.motif_requis,
            }


@require_GET
def sites(request, slug):
    atelier = trouver(request, slug)
    ecrire = peut_contribuer(request.user, atelier) and atelier.etat in verbes.VIVANTS
    pilote = peut_piloter(request.user, atelier)
    hypotheses = list(Hypothese.objects.filter(atelier=atelier))
    for hypothese in hypotheses:
        hypothese.ton = TONS[hypothese.etat]
        hypothese.boutons = list(_boutons(hypothese, atelier, pilote)) if ecrire else []
    return render(
        request,
        "ateliers/sites/sites.html",
        {
            "atelier": atelier,
            "hypotheses": hypotheses,
            "sites": SiteDemonstrateur.objects.filter(atelier=atelier)
            .select_related("commune")
            .prefetch_related("hypotheses"),
            "peut_ecrire": ecrire,
        },
    )


@require_GET
def site(request, slug, pk):
    atelier = trouver(request, slug)
    fiche = get_object_or_404(
        SiteDemonstrateur.objects.select_related("commune"), atelier=atelier, pk=pk
    )
    ecrire = peut_contribuer(request.user, atelier) and atelier.etat in verbes.VIVANTS
    contexte = {"atelier": atelier, "site": fiche, "peut_ecrire": ecrire}
    return render(request, "ateliers/sites/site.html", contexte)


class _Ecrire(FormulaireAtelier):
    droit = staticmethod(peut_contribuer)
    retour = RETOUR


class EmettreHypothese(_Ecrire):
    form_class = FormulaireHypothese
    titre = "Émettre une hypothèse"
    message = "L’hypothèse est émise."

    def executer(self, form):
        donnees = form.cleaned_data
        return verbes.emettre_hypothese(
            atelier=self.atelier,
            par=self.request.user,
            titre=donnees["titre"],
            texte=donnees["texte"],
        )


class ReecrireHypothese(_Ecrire):
    form_class = FormulaireHypothese
    titre = "Réécrire l’hypothèse"
    message = "L’hypothèse est réécrite."

    @cached_property
    def hypothese(self):
        return get_object_or_404(
            Hypothese.objects.select_related("atelier"), atelier=self.atelier, pk=self.kwargs["pk"]
        )

    def get_initial(self):
        h = self.hypothese
        return {"titre": h.titre, "texte": h.texte, "revision": h.revision}

    def executer(self, form):
        return verbes.reecrire_hypothese(
            hypothese=self.hypothese, par=self.request.user, **form.cleaned_data
        )


class VerbeHypothese(VerbeAtelier):
    droit = staticmethod(peut_contribuer)
    retour = RETOUR
    message = "L’hypothèse a changé d’état."

    def executer(self, objet):
        if self.kwargs["verbe"] not in CYCLE_HYPOTHESE.verbes:
            raise Http404
        hypothese = get_object_or_404(
            Hypothese.objects.select_related("atelier"), atelier=objet, pk=self.kwargs["pk"]
        )
        return verbes.changer_hypothese(
            hypothese=hypothese,
            par=self.request.user,
            verbe=self.kwargs["verbe"],
            motif=self.motif,
        )


class DesignerSite(_Ecrire):
    form_class = FormulaireSite
    titre = "Désigner un site démonstrateur"
    message = "Le site démonstrateur est désigné."
    aide = "Le nom, la commune et le type suffisent pour commencer."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"atelier": self.atelier}

    def executer(self, form):
        donnees = dict(form.cleaned_data)
        donnees.pop("revision")
        return verbes.designer_site(atelier=self.atelier, par=self.request.user, **donnees)


class CompleterFiche(DesignerSite):
    titre = "Fiche signalétique du site"
    aide = ""

    @property
    def message(self):
        return f"La fiche du site « {self.site} » est enregistrée."

    @cached_property
    def site(self):
        return get_object_or_404(
            SiteDemonstrateur.objects.select_related("atelier"),
            atelier=self.atelier,
            pk=self.kwargs["pk"],
        )

    def get_initial(self):
        initial = {champ: getattr(self.site, champ) for champ in verbes.CHAMPS_FICHE}
        return initial | {
            "revision": self.site.revision,
            "hypotheses": [h.pk for h in self.site.hypotheses.all()],
        }

    def url_retour(self, objet=None):
        return reverse("ateliers:site", args=[self.atelier.slug, self.kwargs["pk"]])

    def executer(self, form):
        return verbes.completer_fiche(site=self.site, par=self.request.user, **form.cleaned_data)
