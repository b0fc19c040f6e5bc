from django import forms

from ateliers.seances.choix import GenreConflit, Severite
from socle.interface.formulaires import FormulaireDsfr


class FormulaireAbonnement(FormulaireDsfr):
    libelle_envoi = "Créer l’adresse"
    nom = forms.CharField(
        label="Nom de l’abonnement",
        max_length=80,
        required=False,
        help_text="« Téléphone », « Agenda du bureau » : pour reconnaître celui à révoquer.",
    )


class FormulaireRegles(FormulaireDsfr):
    libelle_envoi = "Enregistrer"

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for genre in GenreConflit:
            self.fields[str(genre)] = forms.ChoiceField(label=genre.label, choices=Severite)
