from django import forms
from django.urls import reverse_lazy

from ateliers.annuaire.domaine.organismes import nature_probable
from ateliers.annuaire.models.organisme import cle_de
from candidatures.dispositifs.choix import College
from candidatures.dossiers.domaine.recherche_organismes import proposer
from socle.comptes.choix import NatureOrganisme
from socle.comptes.models import Organisme
from socle.interface.formulaires import FormulaireRevise

CONNUS = "organismes-connus"
AIDE_NOM = (
    "Son nom complet, avec la commune s’il peut y en avoir plusieurs\u00a0: «\u00a0Foyer rural de "
    "Beauval\u00a0»."
)
NOUVEL_ORGANISME = "C’est un autre organisme\u00a0: l’ajouter à l’annuaire"


class SaisieOrganisme(forms.TextInput):
    """A name, and the known ones proposed under it as it is typed; plain text without script."""

    def __init__(self):
        super().__init__(
            attrs={
                "list": CONNUS,
                "autocomplete": "off",
                "hx-get": reverse_lazy("ateliers:organismes_proposes"),
                "hx-trigger": "input changed delay:250ms",
                "hx-target": f"#{CONNUS}",
                "hx-params": "organisation",
            }
        )


class ChampOrganisme(forms.CharField):
    """The name of an organisme of the directory, known or new."""

    def __init__(self, **kwargs):
        super().__init__(
            **{
                "label": "Organisme",
                "max_length": 160,
                "required": False,
                "widget": SaisieOrganisme(),
                "help_text": AIDE_NOM,
            }
            | kwargs
        )


class FormulaireOrganisme(FormulaireRevise):
    """`identite` is searched when the form is sent; several answers are shown to choose from."""

    libelle_confirmation = NOUVEL_ORGANISME
    nom = forms.CharField(label="Nom", max_length=160, help_text=AIDE_NOM)
    sigle = forms.CharField(label="Sigle", max_length=40, required=False)
    college = forms.ChoiceField(
        label="Collège",
        choices=College.choices,
        help_text="Celui de la plupart des personnes qui parlent pour lui.",
    )
    nature = forms.ChoiceField(
        label="Nature",
        choices=[("", "D’après le nom et le collège"), *NatureOrganisme.choices],
        required=False,
    )
    siret = forms.CharField(label="SIRET ou SIREN", max_length=20, required=False)
    identite = forms.CharField(
        label="Commune, EPCI ou organisme qui a des comptes ici",
        max_length=120,
        required=False,
        help_text="S’il est l’un d’eux\u00a0: son nom, son code Insee ou son SIREN.",
    )
    lien = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        donnees = self._identifier(super().clean())
        if not donnees.get("nature") and not self.errors:
            donnees["nature"] = self._nature(donnees)
        return donnees

    def _nature(self, donnees) -> str:
        """What the identity, the name or the college says; asked where none of them does."""
        lien = donnees.get("lien", "")
        if lien.startswith("O"):
            return Organisme.objects.values_list("nature", flat=True).get(pk=lien[1:])
        if lien:
            return NatureOrganisme.EPCI if lien.startswith("E") else NatureOrganisme.COMMUNE
        nature = nature_probable(cle_de(donnees["nom"]), donnees["college"])
        if nature == NatureOrganisme.AUTRE:
            college = College(donnees["college"]).label
            phrase = f"Ni le nom ni le collège «\u00a0{college}\u00a0» ne la disent : choisissez."
            self.add_error("nature", phrase)
        return nature

    def _identifier(self, donnees) -> dict:
        texte = donnees.get("identite", "")
        if not texte:
            return donnees | {"lien": ""}
        if texte == self.initial.get("identite"):
            return donnees | {"lien": self.initial["lien"]}
        propositions = proposer(texte, Organisme.objects.all())
        choix = [(p.cle, p.libelle) for p in propositions]
        if donnees.get("lien") in dict(choix):
            return donnees
        if len(choix) == 1:
            return donnees | {"lien": choix[0][0]}
        if not choix:
            self.add_error(
                "identite",
                "Aucune commune, aucun EPCI ni aucun organisme connu ne répond à ce texte. "
                "Essayez le code Insee ou le SIREN, ou videz ce champ.",
            )
            return donnees
        self._proposer(choix)
        return donnees

    def _proposer(self, choix) -> None:
        self.fields["lien"] = forms.ChoiceField(
            label="Lequel\u00a0?", choices=choix, widget=forms.RadioSelect, required=False
        )
        self.add_error("lien", "Plusieurs répondent à ce texte\u00a0: choisissez.")
