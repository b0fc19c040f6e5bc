"""Avis asked in batches, and their follow-up."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from candidatures.dossiers.droits import visibles_par
from candidatures.instruction.domaine import avis_en_lot
from candidatures.instruction.forms.avis_en_lot import FormulaireAvisEnLot
from candidatures.instruction.views.dgaln import verifier_instructeur
from socle.interface.vues import VueFormulaire, VueVerbe

PAR_PAGE = 50


class VueAvisEnLot(VueFormulaire):
    """The candidatures ticked in the list come as `ref`, once each."""

    form_class = FormulaireAvisEnLot
    template_name = "candidatures/instruction/avis_en_lot.html"
    titre = "Demander des avis"
    message = ""

    def charger(self):
        verifier_instructeur(self.request.user)
        donnees = self.request.POST if self.request.method == "POST" else self.request.GET
        refs = donnees.getlist("ref")
        return list(visibles_par(self.request.user).filter(reference__in=refs).order_by("pk"))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"candidatures": self.objet}

    def executer(self, form):
        choix = form.cleaned_data
        prepare = avis_en_lot.demander_en_lot(
            candidatures=self.objet,
            organismes=list(choix["organismes"]),
            competents=choix["competents"],
            echeance=choix["echeance"],
            question=choix["question"],
            par=self.request.user,
        )
        phrase = f"Demandes d’avis préparées : {prepare.demandes}."
        if prepare.ecartees:
            phrase += f" Écartées (déjà demandées, ou organisme porteur) : {prepare.ecartees}."
        messages.info(self.request, phrase)
        return prepare

    def url_retour(self):
        return self.resultat.lot.get_absolute_url()


@require_safe
def suivi(request):
    """Avis still awaited, the late ones first."""
    verifier_instructeur(request.user)
    page = Paginator(avis_en_lot.silencieux(), PAR_PAGE).get_page(request.GET.get("page"))
    aujourdhui = timezone.localdate()
    for avis in page:
        avis.retard = (aujourdhui - avis.echeance).days
    contexte = {"page": page, "retards": avis_en_lot.en_retard().count()}
    return render(request, "candidatures/instruction/avis_suivi.html", contexte)


class VueRelancer(VueVerbe):
    message = "Les relances sont prêtes : relisez-les, puis envoyez-les."

    def charger(self):
        verifier_instructeur(self.request.user)

    def executer(self, objet):
        return avis_en_lot.relancer_retardataires(par=self.request.user)

    def url_retour(self, objet):
        return (
            self.resultat.lot.get_absolute_url()
            if self.resultat
            else reverse("candidatures:avis_suivi")
        )
