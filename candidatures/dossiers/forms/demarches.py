"""Forms of the start from « Démarches simplifiées », and of its table of labels."""

from django import forms

from socle.interface.formulaires import FormulaireDsfr


class FormulaireDemarche(FormulaireDsfr):
    """The number; then, once the preview is shown, the title and the confirmation."""

    libelle_envoi = "Voir ce qui sera repris"
    brouillon = False
    numero = forms.IntegerField(
        label="Numéro du dossier sur Démarches simplifiées",
        help_text="Un dossier déposé à votre adresse électronique, ou au nom de votre organisme.",
        min_value=1,
        max_value=2_000_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    titre = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)

    def passer_a_l_apercu(self, titre: str) -> None:
        self.fields["numero"].widget = forms.HiddenInput()
        self.fields["titre"] = forms.CharField(
            label="Titre de la candidature", max_length=200, required=True
        )
        if not self.data.get("titre"):
            self.data = self.data.copy()
            self.data["titre"] = titre
        self.libelle_envoi = "Commencer la candidature avec ces réponses"
        self.helper = self.construire_helper()


class FormulaireCorrespondances(FormulaireDsfr):
    """One line per field of the candidature: its label in the démarche."""

    libelle_envoi = "Enregistrer la table"
    marquer_facultatifs = False

    def __init__(self, *args, destinations, **kwargs):
        super().__init__(*args, **kwargs)
        self.noms = {}
        for rang, destination in enumerate(destinations):
            nom = f"c{rang}"
            self.noms[nom] = destination.champ
            self.fields[nom] = forms.CharField(
                label=destination.libelle,
                help_text=destination.groupe,
                max_length=300,
                required=False,
            )

    def correspondances(self) -> dict[str, str]:
        lues = {champ: self.cleaned_data[nom].strip() for nom, champ in self.noms.items()}
        return {champ: label for champ, label in lues.items() if label}
