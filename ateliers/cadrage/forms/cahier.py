"""What one types in the cahier des charges."""

from django import forms

from ateliers.cadrage.choix import Discipline
from ateliers.cadrage.models.competence import JOURS_AU_PLUS
from ateliers.parcours.forms.champs import FormulaireLignes


class FormulaireCompetences(FormulaireLignes):
    libelle_envoi = "Enregistrer les compétences"
    titre_ligne = "Compétence"
    pivot = "discipline"

    def champs_ligne(self):
        return {
            "discipline": forms.ChoiceField(
                label="Discipline", choices=[("", "Aucune"), *Discipline.choices]
            ),
            "jours": forms.IntegerField(label="Jours", min_value=1, max_value=JOURS_AU_PLUS),
        }
