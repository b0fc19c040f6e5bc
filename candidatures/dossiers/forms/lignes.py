"""Repeatable rows (projets, schémas, acteurs) inside one form with its revision."""

from uuid import uuid4

from django import forms

from candidatures.dispositifs.choix import College
from candidatures.dossiers.choix import EtatSchema, NatureSchema
from candidatures.dossiers.domaine.lignes_note import LIGNES_MAX
from socle.interface.formulaires import FormulaireRevise, MixinDsfr


class Ligne(MixinDsfr, forms.Form):
    """A row whose texts are all empty is left out: this is how one removes it."""

    use_required_attribute = False
    marquer_facultatifs = False

    cle = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def vide(self) -> bool:
        textes = (c for c in self.fields if c != "cle" and c not in self.listes())
        return not any(self.cleaned_data.get(c) for c in textes)

    @classmethod
    def listes(cls) -> list[str]:
        """Choices do not make a row: the first one is always chosen."""
        return [c for c, f in cls.base_fields.items() if isinstance(f, forms.ChoiceField)]


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
    college = forms.ChoiceField(
        label="Collège",
        choices=[("", "Choisir un collège"), *College.choices],
        required=False,
        help_text="À choisir pour chaque acteur nommé.",
    )
    nom = forms.CharField(label="Nom ou organisation", max_length=200, required=False)
    attente = forms.CharField(label="Ce que l’on en attend", max_length=300, required=False)

    def clean(self):
        donnees = super().clean()
        if donnees.get("nom") and not donnees.get("college") and "college" not in self.errors:
            self.add_error("college", "Choisissez le collège de cet acteur.")
        if donnees.get("college") and self.vide() and "nom" not in self.errors:
            self.add_error("nom", "Nommez cet acteur, ou retirez son collège.")
        return donnees


class FormulaireLignes(FormulaireRevise):
    """The hidden revision, and a formset of `ligne_class` rows."""

    libelle_envoi = "Enregistrer et continuer"
    ligne_class = Ligne
    singulier = "Ligne"
    genre = ""

    def __init__(self, data=None, *args, lignes=(), **kwargs):
        super().__init__(data, *args, **kwargs)
        vides = [{"cle": uuid4()} for _ in range(2 if lignes else 3)]
        jeu = forms.formset_factory(
            self.ligne_class, extra=0, max_num=LIGNES_MAX, validate_max=True
        )
        self.jeu = jeu(data, prefix="lignes", initial=[*lignes, *vides][:LIGNES_MAX])

    @property
    def champs_saisie(self) -> dict[str, str]:
        """Each cell under its own name."""
        return {
            ligne.add_prefix(colonne): f"{self.genre}.{ligne['cle'].value()}.{colonne}"
            for ligne in self.jeu
            for colonne in ligne.fields
            if colonne != "cle"
        }

    def is_valid(self):
        return super().is_valid() and self.jeu.is_valid()

    def lignes(self) -> list[dict]:
        return [ligne.cleaned_data for ligne in self.jeu if not ligne.vide()]


class FormulaireProjets(FormulaireLignes):
    ligne_class = LigneProjet
    genre = "projets"
    singulier = "Projet"


class FormulaireSchemas(FormulaireLignes):
    ligne_class = LigneSchema
    genre = "schemas"
    singulier = "Document"


class FormulaireActeurs(FormulaireLignes):
    ligne_class = LigneActeur
    genre = "acteurs"
    singulier = "Acteur"
