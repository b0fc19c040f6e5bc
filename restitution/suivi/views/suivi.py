"""Follow-up: progress of each action, points d'étape, suites."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from restitution.feuilles.views.chargement import charger_action, charger_feuille, onglets
from restitution.suivi.choix import MoisEtape
from restitution.suivi.domaine import suivi as verbes
from restitution.suivi.domaine.requetes import actions_suivies, bilan, echeances
from restitution.suivi.forms.suivi import FormulaireAvancement, FormulairePoint, FormulaireSuite
from socle.erreurs import ActionInterdite
from socle.interface.francais import de_cite
from socle.interface.vues import VueFormulaire


@require_GET
def suivi(request, slug):
    feuille = charger_feuille(request.user, slug)
    contexte = {
        "atelier": feuille.atelier,
        "feuille": feuille,
        "peut_suivre": feuille.suivie and verbes.peut_suivre(request.user, feuille),
        "onglets": onglets(feuille, "suivi"),
    }
    if feuille.suivie:
        actions = actions_suivies(feuille)
        contexte |= {
            "actions": actions,
            "bilan": bilan(actions),
            "echeances": echeances(feuille),
            "suites": feuille.suites.select_related("action"),
        }
    return render(request, "restitution/suivi/suivi.html", contexte)


class FormulaireSuivi(VueFormulaire):
    template_name = "restitution/formulaire.html"
    ancre = ""

    def charger(self):
        self.feuille = charger_feuille(self.request.user, self.kwargs["slug"])
        if not verbes.peut_suivre(self.request.user, self.feuille):
            raise ActionInterdite("Le suivi est tenu par le service pilote et par la collectivité.")
        return self.feuille

    def url_retour(self):
        return reverse("restitution:suivi", args=[self.kwargs["slug"]]) + self.ancre

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            atelier=self.feuille.atelier, retour=self.url_retour(), retour_libelle="Suivi", **kwargs
        )


class Avancement(FormulaireSuivi):
    form_class = FormulaireAvancement
    message = "L’avancement est enregistré."
    ancre = "#actions"

    def charger(self):
        super().charger()
        self.action = charger_action(self.feuille, self.kwargs["action_id"])
        return self.action

    @property
    def titre(self):
        return f"Avancement {de_cite(self.action.titre)}"

    def get_initial(self):
        return {"avancement": self.action.avancement, "constate_le": timezone.localdate()}

    def executer(self, form):
        return verbes.constater_avancement(
            action=self.action, par=self.request.user, **form.cleaned_data
        )


class PointEtape(FormulaireSuivi):
    form_class = FormulairePoint
    message = "Le point d’étape est enregistré."
    ancre = "#points"

    def charger(self):
        if self.kwargs["mois"] not in MoisEtape.values:
            raise Http404("Ce point d’étape n’existe pas.")
        return super().charger()

    @property
    def titre(self):
        return f"Point d’étape {MoisEtape(self.kwargs['mois']).label.lower()}"

    def executer(self, form):
        return verbes.tenir_point_etape(
            feuille=self.feuille,
            mois=self.kwargs["mois"],
            par=self.request.user,
            **form.cleaned_data,
        )


class SuiteNouvelle(FormulaireSuivi):
    form_class = FormulaireSuite
    titre = "Ajouter une suite"
    message = "La suite est ajoutée."
    ancre = "#suites"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"feuille": self.feuille}

    def executer(self, form):
        return verbes.ajouter_suite(
            feuille=self.feuille, par=self.request.user, **form.cleaned_data
        )
