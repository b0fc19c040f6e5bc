from decimal import Decimal

from django import forms

from ateliers.budget.domaine.jours import JOURS_AU_PLUS
from ateliers.parcours.forms.champs import ChampMontant
from socle.interface.formulaires import FormulaireDsfr


class FormulaireJours(FormulaireDsfr):
    """One number per person of the team, for one held séance."""

    libelle_envoi = "Enregistrer les jours faits"

    def __init__(self, *args, equipe=(), seance=None, **options):
        super().__init__(*args, **options)
        for ligne in equipe:
            plus = f", supplée {ligne.supplee}" if ligne.supplee else ""
            self.fields[f"jours_{ligne.cle or 0}"] = ChampMontant(
                label=f"{ligne.nom} ({ligne.metier.lower()}{plus})",
                required=False,
                max_digits=4,
                decimal_places=1,
                min_value=Decimal(0),
                max_value=Decimal(JOURS_AU_PLUS),
                initial=ligne.par_seance.get(seance.pk),
                widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.5"}),
            )

    def jours(self) -> dict:
        return {
            int(nom.removeprefix("jours_")) or None: valeur
            for nom, valeur in self.cleaned_data.items()
            if nom.startswith("jours_")
        }
