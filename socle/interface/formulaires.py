"""Bases of every form: DSFR rendering, drafts kept by the browser, optimistic locking."""

from __future__ import annotations

from typing import ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Submit
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.models import ModelForm
from django.forms.utils import flatatt

from socle.interface.contraintes import champs_de

REQUIS = (
    (forms.FileField, "Choisissez le fichier à joindre."),
    (forms.MultipleChoiceField, "Cochez au moins une réponse."),
    (forms.ModelMultipleChoiceField, "Cochez au moins une réponse."),
    (forms.ModelChoiceField, "Choisissez dans la liste."),
    (forms.ChoiceField, "Choisissez une réponse."),
    (forms.BooleanField, "Cochez cette case pour continuer."),
    (forms.EmailField, "Écrivez une adresse électronique, par exemple nom@commune.fr."),
    (forms.DateTimeField, "Donnez la date (jour, mois, année) et l’heure."),
    (forms.DateField, "Donnez une date complète\u00a0: jour, mois, année."),
    (forms.TimeField, "Donnez cette heure."),
    (forms.IntegerField, "Donnez un nombre."),
    (forms.DecimalField, "Donnez un nombre."),
    (forms.FloatField, "Donnez un nombre."),
    (forms.CharField, "Écrivez une réponse\u00a0: ce champ ne peut pas rester vide."),
)


def phrase_requise(champ: forms.Field) -> str:
    """What to do about an empty field, by its kind; a form says better with `error_messages`."""
    if isinstance(champ.widget, forms.PasswordInput):
        return "Écrivez le mot de passe."
    return next((phrase for genre, phrase in REQUIS if isinstance(champ, genre)), "")


class Repli(Div):
    """Fields folded under a title; open when one of them holds something or is refused."""

    template = "interface/repli.html"

    def __init__(self, titre: str, *champs, **plus):
        super().__init__(*champs, **plus)
        self.titre = titre
        self.ouvert = False

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        noms = [champ for champ in self.fields if champ in form.fields]
        self.ouvert = any(form[nom].value() or form[nom].errors for nom in noms)
        return super().render(form, context, template_pack=template_pack, **kwargs)


class MixinRequis:
    """An empty field says what to write: « Ce champ est obligatoire » does not.

    Alone, for the forms that others draw: those of allauth and of the administration.
    """

    def full_clean(self):
        banale = str(forms.Field.default_error_messages["required"])
        for champ in self.fields.values():
            if champ.required and str(champ.error_messages.get("required")) == banale:
                phrase = phrase_requise(champ)
                champ.error_messages = champ.error_messages | {"required": phrase or banale}
        super().full_clean()


class FormulaireAdmin(MixinRequis, ModelForm):
    """What an administration page edits."""


class MixinDsfr(MixinRequis):
    """Gives `helper`: `{% crispy form %}` renders the whole form, button included.

    `libelle_envoi` is the verb on the button; `libelle_confirmation` is beside the box that a
    `ConfirmationRequise` adds, `libelles_confirmation` by key where several may be asked;
    `brouillon = False` for what must not be kept in the browser. In a formset or a hand-written
    <form>, use `{{ form|crispy }}`.
    """

    libelle_envoi = "Enregistrer"
    libelle_confirmation = "Je confirme cette date"
    libelles_confirmation: ClassVar[dict[str, str]] = {}
    brouillon = True
    jeton = ""
    base = ""
    attributs_saisie = ""

    @property
    def helper(self) -> FormHelper:
        if not hasattr(self, "_helper"):
            self._helper = self.construire_helper()
        return self._helper

    @helper.setter
    def helper(self, valeur):
        self._helper = valeur

    def construire_helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_method = "post"
        helper.form_class = "formulaire"
        helper.render_hidden_fields = True
        helper.attrs = {"novalidate": "novalidate"}
        if self.brouillon:
            helper.attrs["data-brouillon"] = self.cle_brouillon()
        if self.libelle_envoi:
            helper.add_input(Submit("envoyer", self.libelle_envoi, css_class="fr-btn"))
        return helper

    def brancher_saisie(self, attributs: dict) -> None:
        """Save each field as it is typed (`socle.interface.saisie.attributs`)."""
        self.brouillon = False
        self.attributs_saisie = flatatt(attributs)
        self.helper.attrs.pop("data-brouillon", None)
        self.helper.attrs |= attributs

    def cle_brouillon(self) -> str:
        objet = getattr(self, "instance", None)
        suffixe = f"-{objet.pk}" if objet is not None and objet.pk else ""
        return f"{type(self).__module__}.{type(self).__name__}{suffixe}"


class MixinRevise:
    """Adds the hidden `revision` read when the page was shown; hand it to the verb.

    A plain form takes it from `initial={"revision": objet.revision}`, a model form from its
    instance.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["revision"] = forms.IntegerField(
            widget=forms.HiddenInput, min_value=0, required=True
        )
        objet = getattr(self, "instance", None)
        if objet is not None and "revision" not in self.initial:
            self.initial["revision"] = getattr(objet, "revision", 0)
        self.initial.setdefault("revision", 0)


class FormulaireDsfr(MixinDsfr, forms.Form):
    """A plain form."""


class FormulaireModele(MixinDsfr, ModelForm):
    """A model form, for validation only: the view hands `cleaned_data` to a verb."""

    def _post_clean(self):
        super()._post_clean()
        self._placer_contraintes()

    def _placer_contraintes(self):
        """What a constraint of the database refuses is told beside its field."""
        generales = self._errors.pop(NON_FIELD_ERRORS, None)
        if generales is None:
            return
        champs = {
            str(c.violation_error_message): champs_de(c) for c in self._meta.model._meta.constraints
        }
        for erreur in generales.as_data():
            noms = [nom for nom in champs.get(str(erreur.message), ()) if nom in self.fields]
            self.add_error(noms[0] if noms else None, erreur)


class FormulaireRevise(MixinRevise, FormulaireDsfr):
    """A plain form with the hidden `revision`."""


class FormulaireModeleRevise(MixinRevise, FormulaireModele):
    """A model form with the hidden `revision`."""
