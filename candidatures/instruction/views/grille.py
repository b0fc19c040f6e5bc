"""DGALN writes the grid of a call, until an evaluation is filed."""

from candidatures.appels.choix import EtatAppel
from candidatures.appels.domaine.grilles import ancres_de
from candidatures.appels.views.formulaire import charger_appel
from candidatures.instruction.domaine import grilles
from candidatures.instruction.forms.grille import FormulaireGrilleAppel
from socle.interface.vues import VueFormulaire


class VueGrille(VueFormulaire):
    form_class = FormulaireGrilleAppel
    template_name = "candidatures/instruction/grille.html"
    titre = "Grille d’évaluation de l’appel"
    message = "La grille est enregistrée."

    def charger(self):
        return charger_appel(self.request, self.kwargs["slug"])

    def criteres(self):
        return list(self.objet.grille.criteres.all()) if self.objet.grille_id else []

    def get_initial(self):
        return {"grille": self.objet.grille_id}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"criteres": self.criteres()}

    def get_context_data(self, **kwargs):
        figee = grilles.figee(self.objet)
        criteres = self.criteres()
        return super().get_context_data(
            figee=figee,
            modifiable=not figee and self.objet.etat != EtatAppel.CLOS,
            numero=self.objet.grille.numero if self.objet.grille_id else 0,
            lignes=[(c, ancres_de(c)) for c in criteres],
            formule=grilles.formule(self.objet.grille),
            **kwargs,
        )

    def executer(self, form):
        return grilles.modifier_grille(
            appel=self.objet,
            criteres=form.criteres(),
            grille_lue=form.cleaned_data["grille"],
            par=self.request.user,
        )
