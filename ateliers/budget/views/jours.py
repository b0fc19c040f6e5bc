"""The team sheet of one atelier."""

from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET

from ateliers.budget.domaine import jours as verbes
from ateliers.budget.forms.jours import FormulaireJours
from ateliers.cadrage.domaine.competences import demandees
from ateliers.cadrage.domaine.contrat import CLOS
from ateliers.cadrage.droits import peut_voir_contrats
from ateliers.parcours.droits import est_equipe, exiger, peut_piloter
from ateliers.parcours.views.commun import FormulaireAtelier, trouver
from ateliers.seances.models import Seance


@require_GET
def fiche(request, slug):
    """Skills, days planned and done, substitutes: for the State services and the team."""
    atelier = trouver(request, slug)
    exiger(
        peut_voir_contrats(request.user, atelier) or est_equipe(request.user, atelier),
        "Les jours de l’équipe se lisent entre elle et les services de l’État.",
    )
    equipe = verbes.equipe_de(atelier)
    lignes = verbes.fiche(equipe) if equipe else []
    prevue, faite = verbes.couvertures(lignes, demandees(atelier))
    contexte = {
        "atelier": atelier,
        "equipe": equipe,
        "lignes": lignes,
        "competences": list(zip(prevue, faite, strict=True)),
        "seances": verbes.seances_tenues(atelier),
        "pilote": peut_piloter(request.user, atelier) and atelier.etat not in CLOS,
    }
    return render(request, "ateliers/budget/equipe.html", contexte)


class NoterJours(FormulaireAtelier):
    form_class = FormulaireJours
    retour, ancre = "ateliers:equipe_fiche", "#seances"
    aide = "Les jours réellement passés à préparer, animer et rendre compte ; vide si aucun."
    message = "Les jours de l’équipe sont notés."

    @cached_property
    def seance(self):
        seance = get_object_or_404(Seance, atelier=self.atelier, pk=self.kwargs["pk"])
        seance.atelier = self.atelier
        return seance

    @property
    def titre(self):
        return f"Jours de l’équipe : {self.seance}"

    def get_form_kwargs(self):
        equipe = verbes.equipe_de(self.atelier)
        lignes = verbes.fiche(equipe) if equipe else []
        return super().get_form_kwargs() | {"equipe": lignes, "seance": self.seance}

    def executer(self, form):
        return verbes.noter_jours(seance=self.seance, par=self.request.user, jours=form.jours())
