"""Parcels by commune, section, number: two lists to choose from, then boxes to tick."""

from django import forms

from candidatures.dossiers.domaine.cadastre import libelle, libelle_section
from socle.interface.formulaires import FormulaireDsfr, FormulaireRevise
from socle.interface.templatetags.interface import pluriel
from socle.territoires.domaine.arrondissements import nom_cadastral


class FormulaireSectionCadastrale(FormulaireDsfr):
    """Sent by GET: it only says where to look."""

    libelle_envoi = "Afficher"
    brouillon = False

    def __init__(self, *args, choix, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["commune"] = forms.ChoiceField(
            label="Commune",
            choices=[(c.pk, nom_cadastral(c.pk, str(c.commune))) for c in choix.tenues],
            initial=choix.commune.pk if choix.commune else None,
        )
        if choix.commune:
            self.fields["section"] = forms.ChoiceField(
                label="Section",
                choices=[
                    (code, f"{libelle_section(code)} ({pluriel(nombre, 'parcelle')})")
                    for code, nombre in choix.sections
                ],
                initial=choix.section,
            )
        self.helper.form_method = "get"
        self.helper.disable_csrf = True


class FormulaireParcelles(FormulaireRevise):
    libelle_envoi = "Garder les parcelles cochées"
    brouillon = False
    marquer_facultatifs = False

    def __init__(self, *args, choix, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parcelles"] = forms.MultipleChoiceField(
            label=f"Parcelles de la s{libelle_section(choix.section)[1:]}",
            help_text="Décocher une parcelle la retire du dossier.",
            choices=[(p.code, libelle(p)) for p in choix.parcelles],
            initial=[p.code for p in choix.parcelles if p.code in choix.choisies],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
