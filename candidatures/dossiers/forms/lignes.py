"""Repeatable rows (projets, schémas, acteurs) inside one form with its revision."""

from django import forms

from candidatures.dispositifs.choix import College
from candidatures.dossiers.choix import EtatSchema, NatureSchema
from socle.interface.formulaires import FormulaireRevise, MixinDsfr

LIGNES_MAX = 40


class Ligne(MixinDsfr, forms.Form):
    """A row whose `principal` field is empty is left out: this is how one removes it."""

    principal = "intitule"
    use_required_attribute = False
    marquer_facultatifs = False

    def vide(self) -> bool:
        return not self.cleaned_data.get(self.principal)


class LigneProjet(Ligne):
    intitule = forms.CharField(label="Intitulé du projet", max_length=200, required=False)
    porteur = forms.CharField(label="Porteur", max_length=160, required=False)
    avancement = forms.CharField(label="Avancement", max_length=160, required=False)


class LigneSchema(Ligne):
    nature = forms.ChoiceField(label="Nature", choices=NatureSchema.choices)
    intitule = forms.CharField(label="Intitulé du document", max_length=200, required=False)
    etat = forms.ChoiceField(label="État", choices=EtatSchema.choices)
    annee = forms.IntegerField(label="Année", min_value=1960, max_value=2100, required=False)


class LigneActeur(Ligne):
    principal = "nom"
    college = forms.ChoiceField(label="Collège", choices=College.choices)
    nom = forms.CharField(label="Nom ou organisation", max_length=200, required=False)
    attente = forms.CharField(label="Ce que l’on en attend", max_length=300, required=False)


class FormulaireLignes(FormulaireRevise):
    """The hidden revision, and a formset of `ligne_class` rows."""

    libelle_envoi = "Enregistrer et continuer"
    ligne_class = Ligne
    singulier = "Ligne"

    def __init__(self, data=None, *args, lignes=(), **kwargs):
        super().__init__(data, *args, **kwargs)
        jeu = forms.formset_factory(
            self.ligne_class, extra=2 if lignes else 3, max_num=LIGNES_MAX, validate_max=True
        )
        self.jeu = jeu(data, prefix="lignes", initial=list(lignes))

    def is_valid(self):
        return super().is_valid() and self.jeu.is_valid()

    def lignes(self) -> list[dict]:
        return [ligne.cleaned_data for ligne in self.jeu if not ligne.vide()]


class FormulaireProjets(FormulaireLignes):
    ligne_class = LigneProjet
    singulier = "Projet"


class FormulaireSchemas(FormulaireLignes):
    ligne_class = LigneSchema
    singulier = "Document"


class FormulaireActeurs(FormulaireLignes):
    ligne_class = LigneActeur
    singulier = "Acteur"
