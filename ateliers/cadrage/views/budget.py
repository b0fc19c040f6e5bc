"""Lines of the budget, planned in the cadrage."""

from django.shortcuts import get_object_or_404

from ateliers.cadrage.domaine import contrat as verbes
from ateliers.cadrage.domaine import financeurs
from ateliers.cadrage.forms.cadrage import FormulaireBudget
from ateliers.cadrage.models import LigneBudget
from ateliers.parcours.views.commun import FormulaireAtelier, VerbeAtelier
from socle.comptes.choix import NatureOrganisme
from socle.comptes.domaine.collectivites import organisme_nomme
from socle.erreurs import confirmer


class InscrireAuBudget(FormulaireAtelier):
    form_class = FormulaireBudget
    message = "La ligne est ajoutée au budget."
    retour, ancre = "ateliers:cadrage", "#budget"
    titre = "Ajouter une ligne au budget"
    aide = (
        "Une ligne dit ce qui est prévu et qui le paie : l’État, l’équipe ; la collectivité, "
        "l’accueil et la restauration. Les dépenses s’engagent ensuite sur leur ligne."
    )

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "payeurs": financeurs.partenaires(self.atelier),
            "collectivites": financeurs.collectivites_sans_organisme(self.atelier),
        }

    def executer(self, form):
        donnees = dict(form.cleaned_data)
        nouveau = donnees.pop("payeur_nouveau")
        choisi = donnees.pop("payeur")
        payeur = financeurs.organisme_de(choisi) if choisi else self._payeur(form, nouveau)
        return verbes.inscrire_au_budget(
            atelier=self.atelier, par=self.request.user, payeur=payeur, **donnees
        )

    def _payeur(self, form, nom):
        """The one of this name; where others are near, they are offered before one is added."""
        if connu := financeurs.nomme(nom):
            return connu
        if proches := financeurs.proches(nom):
            form.proposer([*proches, *financeurs.partenaires(self.atelier)])
            noms = ", ".join(str(organisme) for organisme in proches)
            confirmer(
                "payeur",
                f"Choisissez dans la liste, complétée par ce nom : {noms}. Ou confirmez que c’est "
                "un autre organisme.",
                self.confirmes,
                champ="payeur",
            )
        return organisme_nomme(nom=nom, nature=NatureOrganisme.AUTRE)


class RetirerDuBudget(VerbeAtelier):
    retour, ancre = "ateliers:cadrage", "#budget"
    message = "La ligne est retirée du budget."

    def executer(self, objet):
        ligne = get_object_or_404(
            LigneBudget.objects.select_related("atelier"), atelier=objet, pk=self.kwargs["pk"]
        )
        return verbes.retirer_du_budget(ligne=ligne, par=self.request.user)
