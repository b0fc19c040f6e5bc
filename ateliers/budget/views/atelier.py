"""Contract and money of one atelier."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET

from ateliers.budget.domaine import execution, lecture
from ateliers.budget.domaine.pieces import attendues
from ateliers.budget.droits import peut_voir_budget
from ateliers.budget.forms import budget as formulaires
from ateliers.budget.models import Depense, Jalon, OrdreService, PieceContrat
from ateliers.cadrage.domaine.contrat import CLOS
from ateliers.cadrage.models import Contrat, LigneBudget
from ateliers.parcours.droits import exiger, peut_piloter
from ateliers.parcours.views.commun import FormulaireAtelier, trouver

RETOUR = "ateliers:budget"


def _contrats(atelier):
    """Contracts with their orders and milestones, in five queries."""
    contrats = list(
        Contrat.objects.filter(atelier=atelier)
        .select_related("titulaire", "accord_cadre")
        .prefetch_related("avenants")
    )
    jalons, ordres = {}, {}
    for jalon in Jalon.objects.filter(contrat__in=contrats).select_related("livrable"):
        jalon.contrat = next(c for c in contrats if c.pk == jalon.contrat_id)
        jalon.contrat.atelier = atelier
        jalon.manques = [] if jalon.fait_le else execution.manques_service_fait(jalon)
        jalons.setdefault(jalon.contrat_id, []).append(jalon)
    for ordre in OrdreService.objects.filter(contrat__in=contrats):
        ordres.setdefault(ordre.contrat_id, []).append(ordre)
    pieces = {}
    for piece in PieceContrat.objects.filter(contrat__in=contrats):
        pieces.setdefault(piece.contrat_id, []).append(piece)
    for contrat in contrats:
        contrat.pieces = attendues(
            contrat,
            contrat.avenants.all(),
            ordres.get(contrat.pk, []),
            pieces.get(contrat.pk, []),
        )
        contrat.jalons, contrat.ordres = jalons.get(contrat.pk, []), ordres.get(contrat.pk, [])
        contrat.reparti = sum(j.montant_ht for j in contrat.jalons)
        contrat.a_repartir = contrat.total_ht - contrat.reparti
    return contrats


@require_GET
def budget(request, slug):
    atelier = trouver(request, slug)
    exiger(
        peut_voir_budget(request.user, atelier), "Les montants restent entre services de l’État."
    )
    lignes = lecture.lire([atelier.pk])
    depenses = {}
    for depense in Depense.objects.filter(ligne__atelier=atelier):
        depenses.setdefault(depense.ligne_id, []).append(depense)
    return render(
        request,
        "ateliers/budget/budget.html",
        {
            "atelier": atelier,
            "pilote": peut_piloter(request.user, atelier) and atelier.etat not in CLOS,
            "contrats": _contrats(atelier),
            "lignes": [(ligne, depenses.get(ligne.pk, [])) for ligne in lignes],
            "payeurs": lecture.par_payeur(lignes),
            "total": lecture.sommer("Ensemble", lignes),
        },
    )


class _SurContrat(FormulaireAtelier):
    retour, ancre = RETOUR, "#contrats"

    @cached_property
    def contrat(self):
        return get_object_or_404(
            Contrat.objects.select_related("atelier").prefetch_related("avenants"),
            atelier=self.atelier,
            pk=self.kwargs["pk"],
        )


class EmettreOrdre(_SurContrat):
    form_class = formulaires.FormulaireOrdre
    message = "L’ordre de service est émis."
    titre = "Ordre de service"
    aide = "Un ordre de service suit la notification ; il ne change pas le montant du contrat."

    def get_initial(self):
        jour = timezone.localdate()
        return {"emis_le": jour, "effet_le": jour}

    def executer(self, form):
        return execution.emettre_ordre(
            contrat=self.contrat, par=self.request.user, **form.cleaned_data
        )


class EcrireEcheancier(_SurContrat):
    form_class = formulaires.FormulaireEcheancier
    message = "L’échéancier est enregistré."
    template_name = "ateliers/formulaire_lignes.html"
    titre = "Échéancier de paiement"
    aide = "Chaque jalon se paie à l’acceptation d’un livrable. Ceux déjà faits ne changent plus."

    def get_form_kwargs(self):
        jalons = Jalon.objects.filter(contrat=self.contrat, fait_le__isnull=True)
        return super().get_form_kwargs() | {
            "atelier": self.atelier,
            "lignes": list(jalons.values("libelle", "montant_ht", "livrable", "prevu_le")),
        }

    def executer(self, form):
        return execution.ecrire_echeancier(
            contrat=self.contrat, par=self.request.user, jalons=form.lignes_saisies()
        )


class ConstaterServiceFait(FormulaireAtelier):
    form_class = formulaires.FormulaireServiceFait
    retour, ancre = RETOUR, "#contrats"
    titre = "Service fait"
    message = "Le service fait est constaté."

    @cached_property
    def jalon(self):
        return get_object_or_404(
            Jalon.objects.select_related("contrat__atelier", "livrable"),
            contrat__atelier=self.atelier,
            pk=self.kwargs["pk"],
        )

    @property
    def conditions(self):
        return execution.manques_service_fait(self.jalon)

    def get_initial(self):
        return {"fait_le": timezone.localdate()}

    def executer(self, form):
        return execution.constater_service_fait(
            jalon=self.jalon, par=self.request.user, **form.cleaned_data
        )


class Engager(FormulaireAtelier):
    form_class = formulaires.FormulaireEngagement
    retour, ancre = RETOUR, "#lignes"
    message = "La dépense est engagée."

    @cached_property
    def ligne(self):
        return get_object_or_404(
            LigneBudget.objects.select_related("atelier"),
            atelier=self.atelier,
            pk=self.kwargs["pk"],
        )

    @property
    def titre(self):
        return f"Engager une dépense : {self.ligne.libelle}"

    def get_initial(self):
        return {"engagee_le": timezone.localdate()}

    def executer(self, form):
        return execution.engager(ligne=self.ligne, par=self.request.user, **form.cleaned_data)


class ConstaterDepense(FormulaireAtelier):
    form_class = formulaires.FormulaireDepense
    message = "La dépense est constatée."
    retour, ancre = RETOUR, "#lignes"
    titre = "Dépense faite"

    @cached_property
    def depense(self):
        return get_object_or_404(
            Depense.objects.select_related("ligne__atelier"),
            ligne__atelier=self.atelier,
            pk=self.kwargs["pk"],
        )

    def get_initial(self):
        return {"montant_fait": self.depense.montant_ht, "faite_le": timezone.localdate()}

    def executer(self, form):
        return execution.constater_depense(
            depense=self.depense, par=self.request.user, **form.cleaned_data
        )
