"""What one types in the cahier des charges."""

from django import forms

from ateliers.cadrage.choix import Discipline, PartieCahier, TableauCahier
from ateliers.cadrage.models.competence import JOURS_AU_PLUS
from ateliers.parcours.forms.champs import ChampJour, FormulaireLignes
from candidatures.dispositifs.models import Dispositif
from socle.comptes.models import Utilisateur
from socle.interface.formulaires import FormulaireDsfr, FormulaireRevise


class FormulaireCompetences(FormulaireLignes):
    libelle_envoi = "Enregistrer les compétences"
    titre_ligne = "Compétence"
    pivot = "discipline"

    def champs_ligne(self):
        return {
            "discipline": forms.ChoiceField(
                label="Discipline", choices=[("", "Aucune"), *Discipline.choices]
            ),
            "jours": forms.IntegerField(label="Jours", min_value=1, max_value=JOURS_AU_PLUS),
        }


class FormulaireSection(FormulaireRevise):
    """Saved as it is typed; without script, by its button."""

    libelle_envoi = "Enregistrer et revenir au plan"
    necessaires_pour_valider = ("texte",)
    texte = forms.CharField(
        label="Texte de la section",
        required=False,
        help_text="Une ligne vide sépare deux paragraphes ; une ligne qui commence par un tiret "
        "devient une puce.",
        widget=forms.Textarea(attrs={"rows": 20}),
    )


class FormulaireAjout(FormulaireDsfr):
    libelle_envoi = "Ajouter la section"
    titre = forms.CharField(label="Titre", max_length=160)
    partie = forms.ChoiceField(label="Partie du document", choices=PartieCahier)
    texte = forms.CharField(
        label="Texte", required=False, widget=forms.Textarea(attrs={"rows": 10})
    )


class FormulaireFacultatives(FormulaireDsfr):
    libelle_envoi = "Enregistrer les clauses choisies"
    clauses = forms.MultipleChoiceField(
        label="Clauses facultatives", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, facultatives, **options):
        super().__init__(*args, **options)
        self.fields["clauses"].choices = [(cle, titre) for cle, titre, _, _ in facultatives]
        self.initial["clauses"] = [cle for cle, _, _, prise in facultatives if prise]


class FormulaireRegenerer(FormulaireRevise):
    libelle_envoi = "Garder ce texte"
    texte = forms.CharField(
        label="Le texte à garder",
        help_text="Il part du texte en vigueur : reprenez-y ce que la nouvelle rédaction apporte.",
        widget=forms.Textarea(attrs={"rows": 14}),
    )


class FormulaireEnvoi(FormulaireDsfr):
    destinataires = forms.CharField(label="À qui", max_length=200)

    def __init__(self, *args, envoi, **options):
        self.libelle_envoi = envoi.libelle
        super().__init__(*args, **options)
        self.fields["destinataires"].help_text = envoi.aide_destinataires


class FormulaireClause(FormulaireDsfr):
    libelle_envoi = "Publier la clause"
    cle = forms.SlugField(
        label="Clé", max_length=50, help_text="Un nom court, en minuscules et tirets."
    )
    titre = forms.CharField(label="Titre", max_length=160)
    partie = forms.ChoiceField(label="Partie du document", choices=PartieCahier)
    dispositifs = forms.ModelMultipleChoiceField(
        label="Dispositifs",
        queryset=Dispositif.objects.order_by("ordre", "code"),
        widget=forms.CheckboxSelectMultiple,
    )
    facultative = forms.BooleanField(
        label="Facultative : le pilote la coche s’il en a besoin", required=False
    )
    tableau = forms.ChoiceField(
        label="Tableau joint au texte",
        required=False,
        choices=[("", "Aucun"), *TableauCahier.choices],
    )
    texte = forms.CharField(label="Texte", widget=forms.Textarea(attrs={"rows": 10}))


class FormulaireVersionClause(FormulaireRevise):
    libelle_envoi = "Publier cette version"
    titre = forms.CharField(label="Titre", max_length=160)
    texte = forms.CharField(label="Texte", widget=forms.Textarea(attrs={"rows": 12}))
    motif = forms.CharField(label="Ce qui change", max_length=200)


class FormulaireDelegation(FormulaireDsfr):
    libelle_envoi = "Déléguer mon visa"
    delegataire = forms.ModelChoiceField(
        label="À qui", queryset=Utilisateur.objects.none(), empty_label="Choisir un collègue"
    )
    debut = ChampJour(label="Du")
    fin = ChampJour(label="Au")
    motif = forms.CharField(label="Motif", max_length=200, required=False)

    def __init__(self, *args, collegues, **options):
        super().__init__(*args, **options)
        self.fields["delegataire"].queryset = collegues


class FormulaireTitulaire(FormulaireDsfr):
    libelle_envoi = "Désigner cette personne"
    personne = forms.ModelChoiceField(
        label="Personne", queryset=Utilisateur.objects.none(), empty_label="Choisir"
    )

    def __init__(self, *args, personnes, **options):
        super().__init__(*args, **options)
        self.fields["personne"].queryset = personnes
