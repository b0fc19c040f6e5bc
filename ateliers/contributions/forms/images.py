from django import forms

from socle.interface.formulaires import FormulaireRevise


class FormulairePersonnes(FormulaireRevise):
    """Who is on the photo; the state of their agreement is said beside each name."""

    libelle_envoi = "Enregistrer"
    brouillon = False
    participants = forms.MultipleChoiceField(
        label="Personnes que l’on y reconnaît",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    inconnus = forms.BooleanField(
        label="On y reconnaît aussi des personnes qui ne sont pas dans cette liste",
        required=False,
        help_text="Tant que la case est cochée, la photo reste réservée au service pilote et à "
        "l’équipe.",
    )

    def __init__(self, *args, nommables, partis=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.nommables = {str(p.pk): p for p in nommables}
        self.fields["participants"].choices = [
            (cle, f"{p.nom_complet}\u00a0: {self._dit(p)}") for cle, p in self.nommables.items()
        ]
        if partis:
            qui = "une personne" if partis == 1 else f"{partis} personnes"
            self.fields["oublier_partis"] = forms.BooleanField(
                label=f"Ne plus retenir la photo pour {qui} partie{'s' if partis > 1 else ''} de "
                "l’atelier, dont l’accord n’est plus connu",
                required=False,
            )

    @staticmethod
    def _dit(participant) -> str:
        return "accord donné" if participant.accord else "sans accord"

    def choisis(self) -> list:
        return [self.nommables[cle] for cle in self.cleaned_data["participants"]]
