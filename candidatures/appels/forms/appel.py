from django import forms

from candidatures.appels.choix import RegleVisas
from candidatures.appels.models import Appel, SessionNationale
from socle.interface.formulaires import FormulaireModele

MOMENT = {"type": "datetime-local"}
FORMAT = "%Y-%m-%dT%H:%M"


class FormulaireAppel(FormulaireModele):
    """The text and dates of a call."""

    ouvre_le = forms.DateTimeField(
        label="Ouvre le",
        widget=forms.DateTimeInput(attrs=MOMENT, format=FORMAT),
        input_formats=[FORMAT, "%Y-%m-%d %H:%M"],
    )
    ferme_le = forms.DateTimeField(
        label="Ferme le",
        help_text="Laissez vide pour un appel au fil de l’eau.",
        widget=forms.DateTimeInput(attrs=MOMENT, format=FORMAT),
        input_formats=[FORMAT, "%Y-%m-%d %H:%M"],
        required=False,
    )

    class Meta:
        model = Appel
        fields = (
            "dispositif",
            "titre",
            "presentation",
            "ouvre_le",
            "ferme_le",
            "session",
            "grille",
            "visas",
        )
        help_texts = {
            "session": "Pour le dispositif « Session nationale » seulement.",
            "presentation": "Ce que lira une collectivité : le sujet, pour qui, ce qui suivra.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["visas"].required = False
        if self.instance.pk:
            del self.fields["dispositif"]
        else:
            self.libelle_envoi = "Créer l’appel"

    def clean_visas(self):
        return self.cleaned_data["visas"] or RegleVisas.NON


class FormulaireSession(FormulaireModele):
    libelle_envoi = "Créer la session nationale"

    class Meta:
        model = SessionNationale
        fields = ("nom", "thematique", "problematique", "annee_debut", "annee_fin")
