from datetime import datetime
from decimal import Decimal

from django import forms
from django.conf import settings
from django.utils import timezone

from ateliers.cadrage.choix import Discipline, RoleMembre
from ateliers.marche.choix import Departage, FormulePrix
from ateliers.marche.droits import peut_etre_analyste
from ateliers.parcours.forms.champs import ChampHeure, ChampJour, ChampMontant, FormulaireLignes
from candidatures.dossiers.domaine.types_fichiers import ACCEPTES
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur
from socle.interface.formulaires import FormulaireDsfr, MixinRevise


def champ_jours(libelle="Jours", **options):
    return forms.DecimalField(
        label=libelle,
        max_digits=5,
        decimal_places=1,
        min_value=Decimal("0.5"),
        required=False,
        **options,
    )


class MomentMixin:
    """`jour` and `heure`, read in the clock of the service; gives `moment`."""

    def clean(self):
        donnees = super().clean()
        if donnees.get("jour") and donnees.get("heure"):
            donnees["moment"] = timezone.make_aware(
                datetime.combine(donnees["jour"], donnees["heure"])
            )
        return donnees


class FormulaireReglement(MixinRevise, MomentMixin, FormulaireLignes):
    libelle_envoi = "Enregistrer le règlement"
    titre_ligne = "Critère technique"
    pivot = "libelle"
    poids_prix = forms.IntegerField(label="Poids du prix", min_value=0, max_value=99, initial=20)
    formule = forms.ChoiceField(label="Formule du prix", choices=FormulePrix)
    departage = forms.ChoiceField(label="À total égal, l’emporte", choices=Departage)
    jour = ChampJour(label="Remise des offres, dernier jour")
    heure = ChampHeure(label="Heure limite", help_text="Les plis restent scellés jusque-là.")

    def champs_ligne(self):
        return {
            "libelle": forms.CharField(label="Critère", max_length=160),
            "poids": forms.IntegerField(label="Poids", min_value=1, max_value=100),
            "aide": forms.CharField(label="Ce qu’on y regarde", max_length=300, required=False),
        }


class FormulaireAnalystes(FormulaireDsfr):
    libelle_envoi = "Désigner les analystes"
    personnes = forms.ModelMultipleChoiceField(
        label="Agents de l’État qui notent les offres",
        help_text="Deux au moins. Chacun note seul avant de lire les autres.",
        queryset=Utilisateur.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, candidats, **options):
        super().__init__(*args, **options)
        self.fields["personnes"].queryset = candidats

    def clean_personnes(self):
        personnes = list(self.cleaned_data["personnes"])
        if not all(peut_etre_analyste(personne) for personne in personnes):
            raise forms.ValidationError("Un analyste est un agent de l’État.")
        return personnes


def analystes_possibles(atelier, ateliers_visibles):
    """DGALN and the State services that read this atelier."""
    agents = Utilisateur.objects.filter(
        is_active=True, role__in=[Role.DGALN, Role.SERVICE_ETAT]
    ).select_related("organisme")
    permis = [a.pk for a in agents if ateliers_visibles(a).filter(pk=atelier.pk).exists()]
    return agents.filter(pk__in=permis).order_by("organisme__nom", "nom", "pk")


class PlusieursFichiers(forms.ClearableFileInput):
    allow_multiple_selected = True


class ChampFichiers(forms.FileField):
    def __init__(self, **options):
        super().__init__(widget=PlusieursFichiers(attrs={"multiple": True}), **options)

    def clean(self, data, initial=None):
        fichiers = data if isinstance(data, list | tuple) else [data]
        return [propre for f in fichiers if (propre := super(ChampFichiers, self).clean(f))]


class FormulaireOffre(MomentMixin, FormulaireLignes):
    """Nothing of it is kept in the browser: the envelope is the only copy."""

    libelle_envoi = "Sceller l’offre"
    titre_ligne = "Cotraitant ou expert"
    brouillon = False
    mandataire = forms.CharField(label="Mandataire", max_length=200)
    courriel = forms.EmailField(label="Courriel du mandataire", required=False)
    discipline = forms.ChoiceField(label="Discipline du mandataire", choices=Discipline)
    jours = champ_jours("Jours du mandataire")
    prix_ht = ChampMontant(label="Prix HT (€)", min_value=Decimal("0.01"))
    jour = ChampJour(label="Reçue le")
    heure = ChampHeure(label="À")
    fichiers = ChampFichiers(label="Fichiers de l’offre", required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        limite = settings.TAILLE_MAX_PIECE // 1024 // 1024
        self.fields["fichiers"].help_text = f"{ACCEPTES}, {limite}\u00a0Mo au plus chacun."

    def champs_ligne(self):
        return {
            "nom": forms.CharField(label="Nom", max_length=160),
            "discipline": forms.ChoiceField(label="Discipline", choices=Discipline),
            "role": forms.ChoiceField(label="Rôle", choices=RoleMembre),
            "jours": champ_jours(),
        }


class FormulaireOuverture(FormulaireDsfr):
    libelle_envoi = "Ouvrir les plis"
    avec = forms.CharField(
        label="Seconde personne présente",
        help_text="Nom et qualité. L’ouverture se fait à deux, une seule fois.",
        max_length=160,
    )


class FormulaireReport(MomentMixin, FormulaireDsfr):
    libelle_envoi = "Reporter la remise des offres"
    jour = ChampJour(label="Nouveau dernier jour")
    heure = ChampHeure(label="Heure limite")
    motif = forms.CharField(label="Motif", widget=forms.Textarea(attrs={"rows": 3}))


def aide_note(critere, bornes: str) -> str:
    return f"{critere.aide or f'Poids : {critere.poids} sur 100.'} {bornes}"


class FormulaireNotes(FormulaireDsfr):
    """One note and one remark for each criterion."""

    pas = "1"

    def __init__(self, *args, criteres, **options):
        super().__init__(*args, **options)
        self.criteres = list(criteres)
        for critere in self.criteres:
            self.fields[f"note_{critere.pk}"] = self.champ_note(critere)
            self.fields[f"remarque_{critere.pk}"] = forms.CharField(
                label=f"Pourquoi – {critere.libelle}",
                required=self.remarque_requise,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    remarque_requise = False

    def champ_note(self, critere):
        return forms.IntegerField(
            label=f"{critere.libelle} – note entière, de 0 à 5",
            help_text=aide_note(critere, "Sans demi-point : 3 ou 4, pas 3,5."),
            min_value=0,
            max_value=5,
        )

    @property
    def notes(self) -> dict:
        donnees = self.cleaned_data
        return {c.pk: (donnees[f"note_{c.pk}"], donnees[f"remarque_{c.pk}"]) for c in self.criteres}


class FormulaireFiche(FormulaireNotes):
    libelle_envoi = "Enregistrer mon analyse"

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["rendre"] = forms.BooleanField(
            label="Rendre mon analyse",
            help_text="Elle ne changera plus, et vous lirez celles des autres.",
            required=False,
        )


class FormulaireConsensus(FormulaireNotes):
    libelle_envoi = "Arrêter la note"
    remarque_requise = True

    def champ_note(self, critere):
        return forms.DecimalField(
            label=f"{critere.libelle} – note de 0 à 5",
            help_text=aide_note(critere, "Décimales admises, deux au plus : 3,5 ou 4,25."),
            min_value=0,
            max_value=5,
            max_digits=3,
            decimal_places=2,
        )


class FormulaireLettres(FormulaireDsfr):
    """Who signs, before which court, and where each candidate is written to."""

    libelle_envoi = "Préparer l’envoi"
    signataire = forms.CharField(label="Nom du signataire", max_length=160)
    qualite = forms.CharField(
        label="Qualité du signataire",
        help_text="Telle qu’elle figure au-dessus de la signature, délégation comprise.",
        max_length=200,
        required=False,
    )
    tribunal = forms.CharField(
        label="Ville du tribunal administratif compétent",
        help_text="Elle est écrite dans les délais et voies de recours du texte type. Inutile si "
        "vous écrivez ce texte vous-même ci-dessous.",
        max_length=80,
        required=False,
    )
    recours = forms.CharField(
        label="Délais et voies de recours",
        help_text="Laissez vide pour reprendre le texte type avec la ville ci-dessus. Le délai "
        "qu’il annonce avant la signature engage l’État : le contrat ne se notifie pas plus tôt.",
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
    )

    def __init__(self, *args, offres=(), adresses=None, **options):
        super().__init__(*args, **options)
        self.offres = list(offres)
        for offre in self.offres:
            plus = offre.courriel or "aucune adresse électronique : la lettre se poste"
            self.fields[f"adresse_{offre.pk}"] = forms.CharField(
                label=f"Adresse postale – {offre.mandataire}",
                help_text=plus,
                initial=(adresses or {}).get(str(offre.pk), ""),
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
            )

    def clean(self):
        donnees = super().clean()
        if not donnees.get("recours") and not donnees.get("tribunal"):
            self.add_error(
                "tribunal",
                "Donnez la ville du tribunal, ou écrivez vous-même les délais et voies de recours.",
            )
        for offre in self.offres:
            if not offre.courriel and not donnees.get(f"adresse_{offre.pk}"):
                self.add_error(
                    f"adresse_{offre.pk}",
                    "Sans adresse électronique, la lettre se poste : écrivez l’adresse.",
                )
        return donnees

    def adresses(self) -> dict:
        return {offre.pk: self.cleaned_data[f"adresse_{offre.pk}"] for offre in self.offres}
