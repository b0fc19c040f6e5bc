"""The questions of a call as form fields: one builder for the preview and for the answers."""

from functools import partial

from django import forms

from candidatures.appels.choix import TypeQuestion as T
from candidatures.appels.domaine.valeurs import (
    NON,
    OUI,
    TEXTE_LONG_MAX,
    TEXTE_MAX,
    bornes_en_mots,
    en_boutons,
    verifier_bornes,
)
from candidatures.appels.forms.bloc import ChampBloc
from socle.erreurs import ErreurMetier
from socle.interface.formulaires import FormulaireDsfr


def nom_champ(cle: str) -> str:
    return f"q_{cle}"


def _aide(question, condition: str) -> str:
    morceaux = [f"{condition} :" if condition else "", question.aide]
    if bornes := bornes_en_mots(question):
        morceaux.append(f"{bornes[:1].upper()}{bornes[1:]}.")
    return " ".join(p for p in morceaux if p)


def _borner(question, valeur) -> None:
    try:
        verifier_bornes(question, valeur)
    except ErreurMetier as erreur:
        raise forms.ValidationError(erreur.message) from None


def champ(question, condition: str = "") -> forms.Field:
    """The field of a question. Nothing is required here: a draft may be incomplete."""
    communs = {
        "label": question.libelle,
        "help_text": _aide(question, condition),
        "required": False,
    }
    if question.type == T.TEXTE:
        return forms.CharField(max_length=TEXTE_MAX, **communs)
    if question.type == T.TEXTE_LONG:
        zone = forms.Textarea(attrs={"rows": 6})
        return forms.CharField(max_length=TEXTE_LONG_MAX, widget=zone, **communs)
    if question.type == T.NOMBRE:
        saisie = forms.TextInput(attrs={"inputmode": "decimal"})
        return forms.DecimalField(
            max_digits=14,
            decimal_places=2,
            localize=True,
            widget=saisie,
            validators=[partial(_borner, question)],
            **communs,
        )
    if question.type == T.CHOIX:
        choix = [(o, o) for o in question.options]
        if not en_boutons(question):
            return forms.ChoiceField(choices=[("", "Choisir"), *choix], **communs)
        return forms.ChoiceField(choices=choix, widget=forms.RadioSelect, **communs)
    if question.type == T.CHOIX_MULTIPLES:
        choix = [(o, o) for o in question.options]
        return forms.MultipleChoiceField(
            choices=choix, widget=forms.CheckboxSelectMultiple, **communs
        )
    if question.type == T.DATE:
        jour = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(widget=jour, **communs)
    if question.type == T.OUI_NON:
        choix = [(OUI, "Oui"), (NON, "Non")]
        return forms.ChoiceField(choices=choix, widget=forms.RadioSelect, **communs)
    if question.type == T.BLOC:
        return ChampBloc(question, **communs)
    return forms.FileField(max_length=200, **communs)


class FormulaireApercu(FormulaireDsfr):
    """Read by DGALN before publishing: the fields, no button."""

    libelle_envoi = ""
    brouillon = False
    marquer_facultatifs = False

    def __init__(self, *args, questions, conditions, **kwargs):
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[nom_champ(question.cle)] = champ(question, conditions.get(question.cle, ""))

    def construire_helper(self):
        helper = super().construire_helper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper
