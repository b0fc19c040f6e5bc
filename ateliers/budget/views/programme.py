"""The programme's budget and its accords-cadres, for DGALN."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ateliers.budget.domaine import lecture, programme
from ateliers.budget.droits import peut_voir_programme
from ateliers.budget.forms.budget import FiltreProgramme, FormulaireAccord
from ateliers.cadrage.domaine import accords
from ateliers.cadrage.models import AccordCadre
from ateliers.parcours.droits import exiger
from socle.interface.vues import VueFormulaire

PAR_PAGE = 50
RESERVE = "Le budget du programme est tenu par la DGALN."


@require_GET
def budget_programme(request):
    exiger(peut_voir_programme(request.user), RESERVE)
    filtre = FiltreProgramme(request.GET, queryset=programme.ateliers())
    payeurs, total, sommes = programme.tableau(filtre.qs)
    page = Paginator(filtre.qs.select_related("dispositif"), PAR_PAGE).get_page(
        request.GET.get("page")
    )
    vide = lecture.sommer("", [])
    return render(
        request,
        "ateliers/budget/programme.html",
        {
            "filtre": filtre,
            "page": page,
            "ateliers": [(atelier, sommes.get(atelier.pk, vide)) for atelier in page],
            "payeurs": payeurs,
            "total": total,
            "accords": AccordCadre.objects.select_related("titulaire"),
        },
    )


class InscrireAccord(VueFormulaire):
    form_class = FormulaireAccord
    template_name = "ateliers/budget/accord.html"
    titre = "Inscrire un accord-cadre"
    message = "L’accord-cadre est inscrit."

    def charger(self):
        exiger(accords.peut_tenir_accords(self.request.user), RESERVE)

    def url_retour(self):
        return reverse("ateliers:budget_programme") + "#accords"

    def executer(self, form):
        return accords.inscrire_accord(par=self.request.user, **form.cleaned_data)
