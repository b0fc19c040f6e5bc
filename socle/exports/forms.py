from django import forms

from socle.exports.choix import FormatExport
from socle.interface.formulaires import FormulaireDsfr


class FormulaireExport(FormulaireDsfr):
    libelle_envoi = "Préparer l’export"
    brouillon = False

    format = forms.ChoiceField(
        label="Format", choices=FormatExport.choices, widget=forms.RadioSelect, initial="xlsx"
    )
    colonnes = forms.MultipleChoiceField(label="Colonnes", widget=forms.CheckboxSelectMultiple)
    options = forms.MultipleChoiceField(
        label="Ajouter", widget=forms.CheckboxSelectMultiple, required=False
    )
    modele = forms.CharField(
        label="Garder ces choix sous le nom",
        max_length=80,
        required=False,
        help_text="Un modèle se réutilise au prochain export.",
    )
    partage = forms.BooleanField(label="Partager ce modèle avec mon service", required=False)
    parametres = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)

    def __init__(self, *args, declaration, utilisateur, **kwargs):
        super().__init__(*args, **kwargs)
        colonnes = declaration.colonnes(utilisateur)
        self.fields["colonnes"].choices = [(c.cle, c.libelle) for c in colonnes]
        self.fields["colonnes"].initial = [c.cle for c in colonnes if c.par_defaut]
        options = declaration.options(utilisateur)
        self.fields["options"].choices = options
        if not options:
            del self.fields["options"]
