"""Presentation and end of an atelier."""

from ateliers.parcours.domaine import cycle
from ateliers.parcours.droits import peut_contribuer
from ateliers.parcours.forms.atelier import FormulairePresentation
from ateliers.parcours.views.commun import FormulaireAtelier, VerbeAtelier


class Presenter(FormulaireAtelier):
    droit = staticmethod(peut_contribuer)
    form_class = FormulairePresentation
    message = "La présentation publique est enregistrée."
    titre = "Présentation publique"

    def get_initial(self):
        atelier = self.atelier
        return {
            "nom": atelier.nom,
            "presentation": atelier.presentation,
            "public": atelier.public,
            "revision": atelier.revision,
        }

    def executer(self, form):
        return cycle.presenter(atelier=self.atelier, par=self.request.user, **form.cleaned_data)


class Clore(VerbeAtelier):
    message = "L’atelier est clos."

    def executer(self, objet):
        return cycle.clore(atelier=objet, par=self.request.user)


class Abandonner(VerbeAtelier):
    message = "L’atelier est abandonné."

    def executer(self, objet):
        return cycle.abandonner(atelier=objet, par=self.request.user, motif=self.motif)
