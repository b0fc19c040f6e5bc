"""The directory: who is known, in which quality; and two files of one person made one."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ateliers.annuaire import droits
from ateliers.annuaire.domaine.comptes import dire
from ateliers.annuaire.models import Mandat
from ateliers.parcours.droits import exiger
from ateliers.participants.domaine import annuaire as lectures
from ateliers.participants.domaine import comptes, corrections, mandats
from ateliers.participants.domaine.fusion import fusionner, manque_fusion
from ateliers.participants.forms.annuaire import FormulaireMandat
from candidatures.dispositifs.choix import College
from socle.interface.vues import VueFormulaire, VueVerbe

PAR_PAGE = 50


def _numero(texte: str) -> int | None:
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 10 else None


@require_GET
def liste(request):
    exiger(droits.peut_consulter(request.user), droits.RESERVE)
    filtre = lectures.Filtre(
        texte=request.GET.get("q", "").strip()[:100],
        college=request.GET.get("college", ""),
        organisme=_numero(request.GET.get("organisme", "")),
    )
    personnes = lectures.chercher(request.user, filtre)
    contexte = {
        "page": Paginator(personnes, PAR_PAGE).get_page(request.GET.get("page")),
        "filtre": filtre,
        "colleges": College.choices,
        "organismes": lectures.organismes_du_filtre(request.user),
    }
    return render(request, "ateliers/annuaire/liste.html", contexte)


@require_GET
def doublons(request):
    exiger(droits.peut_consulter(request.user), droits.RESERVE)
    personnes = lectures.a_comparer(request.user)
    page = Paginator(lectures.doublons(personnes), PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {"page": page}
    if page.number == 1:
        contexte["comptes"] = comptes.proches(request.user, personnes)[:PAR_PAGE]
    return render(request, "ateliers/annuaire/doublons.html", contexte)


class Fusionner(VueVerbe):
    message = "Les deux fiches n’en font plus qu’une."

    def charger(self):
        exiger(droits.peut_consulter(self.request.user), droits.RESERVE)
        visibles = droits.visibles_par(self.request.user)
        garder = get_object_or_404(visibles, pk=self.kwargs["pk"])
        absorber = get_object_or_404(visibles, pk=self.kwargs["autre"])
        if garder.pk == absorber.pk:
            raise Http404(manque_fusion(garder, absorber))
        return garder, absorber

    def executer(self, objet):
        garder, absorber = objet
        return fusionner(garder=garder, absorber=absorber, par=self.request.user)

    def url_retour(self, objet):
        if "corriger" in self.request.GET:  # where the two files met, what was typed still waits
            return reverse("ateliers:annuaire_corriger", args=[objet[0].pk])
        return reverse("ateliers:annuaire_doublons")


class Fiche(VueFormulaire):
    """One person: their mandates, their ateliers."""

    form_class = FormulaireMandat
    template_name = "ateliers/annuaire/fiche.html"
    message = "Le mandat est ajouté."

    def charger(self):
        exiger(droits.peut_consulter(self.request.user), droits.RESERVE)
        lisibles = lectures.chercher(self.request.user, lectures.Filtre())
        return get_object_or_404(lisibles.select_related("utilisateur"), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        par = self.request.user
        peut_corriger = corrections.peut_corriger(par, self.objet)
        permises = {self.objet.pk} if peut_corriger else set()
        compte = comptes.connu(par, self.objet)
        return super().get_context_data(
            personne=self.objet,
            participations=list(self.objet.participations.all()),
            peut_tenir=mandats.peut_tenir(par, self.objet),
            peut_corriger=peut_corriger,
            compte=compte,
            compte_dit=dire(compte) if compte else "",
            deliable=peut_corriger and comptes.deliable(self.objet),
            proches=comptes.proches(par, [self.objet], permises),
            **kwargs,
        )

    def executer(self, form):
        return mandats.ajouter_mandat(
            personne=self.objet,
            par=self.request.user,
            confirmes=self.confirmes,
            **form.cleaned_data,
        )


class TerminerMandat(VueVerbe):
    message = "Le mandat est terminé."

    def charger(self):
        exiger(droits.peut_consulter(self.request.user), droits.RESERVE)
        visibles = droits.visibles_par(self.request.user).values("pk")
        return get_object_or_404(
            Mandat, pk=self.kwargs["mandat"], personne=self.kwargs["pk"], personne__in=visibles
        )

    def executer(self, objet):
        return mandats.terminer_mandat(mandat=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("ateliers:annuaire_fiche", args=[objet.personne_id])
