"""Bases of every form: DSFR rendering, drafts kept by the browser, optimistic locking."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.models import ModelForm
from django.forms.utils import flatatt

from socle.interface.contraintes import champs_de


class MixinDsfr:
    """Gives `helper`: `{% crispy form %}` renders the whole form, button included.

    `libelle_envoi` is the verb on the button; `libelle_confirmation` is beside the box that a
    `ConfirmationRequise` adds; `brouillon = False` for what must not be kept in the browser. In a
    formset or a hand-written <form>, use `{{ form|crispy }}`.
    """

    libelle_envoi = "Enregistrer"
    libelle_confirmation = "Je confirme cette date"
    brouillon = True
    jeton = ""
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
