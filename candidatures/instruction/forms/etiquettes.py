from django import forms

from candidatures.instruction.models import Etiquette
from socle.interface.formulaires import FormulaireDsfr


class FormulaireThesaurus(FormulaireDsfr):
    libelle_envoi = "Ajouter au thésaurus"
    brouillon = False

    nom = forms.CharField(label="Étiquette", max_length=60)


class FormulaireEtiqueter(FormulaireDsfr):
    libelle_envoi = "Étiqueter"
    brouillon = False

    nom = forms.CharField(
        label="Étiquette",
        max_length=60,
        help_text="Choisissez-la dans la liste, ou écrivez-en une libre.",
        widget=forms.TextInput(attrs={"list": "etiquettes-connues"}),
    )
    ref = forms.MultipleChoiceField(label="Candidatures", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, candidatures=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ref"].choices = [(c.reference, str(c)) for c in candidatures]
        self.fields["ref"].initial = [c.reference for c in candidatures]
        self.connues = list(Etiquette.objects.values_list("nom", flat=True))
