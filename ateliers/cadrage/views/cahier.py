"""Cahier des charges: the pages where it is written."""

from ateliers.cadrage.domaine import competences
from ateliers.cadrage.droits import peut_rediger_cahier
from ateliers.cadrage.forms.cahier import FormulaireCompetences
from ateliers.parcours.views.commun import FormulaireAtelier

RETOUR = "ateliers:cadrage"


class Competences(FormulaireAtelier):
    droit = staticmethod(peut_rediger_cahier)
    form_class = FormulaireCompetences
    template_name = "ateliers/formulaire_lignes.html"
    retour, ancre = RETOUR, "#cahier"
    titre = "Compétences demandées à l’équipe"
    aide = (
        "Les disciplines que l’équipe réunit et les jours que chacune y consacre. "
        "Videz une ligne pour la retirer."
    )
    message = "Les compétences demandées sont enregistrées."

    def get_form_kwargs(self):
        lignes = [
            {"discipline": discipline, "jours": jours}
            for discipline, jours in competences.demandees(self.atelier)
        ]
        return super().get_form_kwargs() | {"lignes": lignes}

    def executer(self, form):
        return competences.definir(
            atelier=self.atelier,
            par=self.request.user,
            competences=[(ligne["discipline"], ligne["jours"]) for ligne in form.lignes_saisies()],
        )
