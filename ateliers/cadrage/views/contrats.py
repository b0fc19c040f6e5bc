"""A contract in preparation."""

from ateliers.cadrage.choix_declare import choix_declare
from ateliers.cadrage.domaine import contrat as verbes_contrat
from ateliers.cadrage.domaine import preparation_contrat as verbes
from ateliers.cadrage.forms.cadrage import FormulaireContrat
from ateliers.cadrage.views.pilote import RETOUR, SurContrat
from ateliers.parcours.views.commun import FormulaireAtelier, VerbeAtelier
from socle.erreurs import Manque


class PreparerContrat(FormulaireAtelier):
    form_class = FormulaireContrat
    retour, ancre = RETOUR, "#contrats"
    titre = "Préparer un contrat"
    aide = "Le titulaire est le mandataire de l’équipe. Rien n’engage avant la notification."
    message = "Le contrat est préparé : il reste à le notifier."

    @property
    def conditions(self):
        if not verbes_contrat.place_pour_un_contrat(self.atelier):
            return [Manque(verbes_contrat.plus_de_place(self.atelier.dispositif))]
        return verbes_contrat.manques_contrat(self.atelier)

    def get_initial(self):
        choix = choix_declare(self.atelier)
        return {"montant_ht": choix.prix_ht} if choix and choix.prix_ht else {}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"dispositif": self.atelier.dispositif}

    def executer(self, form):
        return verbes_contrat.preparer_contrat(
            atelier=self.atelier, par=self.request.user, **form.cleaned_data
        )


class CorrigerContrat(SurContrat, FormulaireAtelier):
    form_class = FormulaireContrat
    fusion = True
    titre = "Corriger le contrat"
    message = "Le contrat est corrigé."

    def get_initial(self):
        champs = ("nature", "numero", "objet", "montant_ht", "taux_tva")
        return {champ: getattr(self.contrat, champ) for champ in champs}

    def get_form_kwargs(self):
        options = {"dispositif": self.atelier.dispositif, "libelle": "Corriger le contrat"}
        return super().get_form_kwargs() | options

    def executer(self, form):
        return verbes.corriger_contrat(
            contrat=self.contrat, par=self.request.user, **form.cleaned_data
        )


class RetirerContrat(SurContrat, VerbeAtelier):
    message = "Le contrat est retiré."

    def executer(self, objet):
        return verbes.retirer_contrat(contrat=self.contrat, par=self.request.user, motif=self.motif)
