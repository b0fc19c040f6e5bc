"""Avis asked in batches, and their follow-up."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from candidatures.dossiers.droits import visibles_par
from candidatures.instruction.domaine import avis_en_lot, relances_avis
from candidatures.instruction.domaine.avis_a_demander import (
    AucuneDemande,
    DemandesEcartees,
    Tri,
)
from candidatures.instruction.forms.avis_en_lot import FormulaireAvisEnLot
from candidatures.instruction.views.dgaln import verifier_instructeur
from socle.interface.templatetags.interface import pluriel
from socle.interface.vues import VueFormulaire, VueVerbe

PAR_PAGE = 50


class VueAvisEnLot(VueFormulaire):
    """The candidatures ticked in the list come as `ref`, once each."""

    form_class = FormulaireAvisEnLot
    template_name = "candidatures/instruction/avis_en_lot.html"
    titre = "Demander des avis"
    message = ""
    tri = None

    def charger(self):
        verifier_instructeur(self.request.user)
        donnees = self.request.POST if self.request.method == "POST" else self.request.GET
        refs = set(donnees.getlist("ref"))
        choisies = visibles_par(self.request.user).filter(reference__in=refs).order_by("pk")
        self.fermees = len(refs) - len(choisies)
        return list(choisies)

    def get_context_data(self, **kwargs):
        return super().get_context_data(tri=self.tri, fermees=self.fermees, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"candidatures": self.objet}

    def executer(self, form):
        choix = form.cleaned_data
        try:
            prepare = avis_en_lot.demander_en_lot(
                candidatures=self.objet,
                organismes=list(choix["organismes"]),
                competents=choix["competents"],
                echeance=choix["echeance"],
                question=choix["question"],
                confirmes=self.confirmes,
                par=self.request.user,
            )
        except (AucuneDemande, DemandesEcartees) as refus:
            self.tri = refus.tri
            raise
        phrase = pluriel(
            prepare.demandes, "demande d’avis est préparée,demandes d’avis sont préparées"
        )
        if prepare.ecarts:
            raisons = " ; ".join(f"{r} ({n})" for r, n in Tri([], prepare.ecarts).raisons)
            laissees = pluriel(len(prepare.ecarts), "est laissée de côté,sont laissées de côté")
            phrase += f", {laissees} : {raisons}"
        messages.info(self.request, f"{phrase}.")
        return prepare

    def url_retour(self):
        return self.resultat.lot.get_absolute_url()


@require_safe
def suivi(request):
    """Avis still awaited, the late ones first."""
    verifier_instructeur(request.user)
    page = Paginator(relances_avis.attendus(request.user), PAR_PAGE).get_page(
        request.GET.get("page")
    )
    contexte = {
        "page": page,
        "lignes": relances_avis.suivre(page, timezone.localdate()),
        "retards": relances_avis.a_relancer(relances_avis.en_retard(request.user)).count(),
    }
    return render(request, "candidatures/instruction/avis_suivi.html", contexte)


class VueRelancer(VueVerbe):
    """All the late ones; those of the dossiers named by `ref`; the one named by `avis`."""

    message = "Les relances sont prêtes : relisez-les, puis envoyez-les."

    def charger(self):
        verifier_instructeur(self.request.user)

    def executer(self, objet):
        donnees = self.request.POST
        return relances_avis.relancer_retardataires(
            references=donnees.getlist("ref"),
            avis=[pk for pk in donnees.getlist("avis") if pk.isdecimal() and len(pk) < 16],
            par=self.request.user,
        )

    def url_retour(self, objet):
        return self.resultat.lot.get_absolute_url()
