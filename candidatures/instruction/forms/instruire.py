"""Forms of the DGALN."""

from typing import ClassVar

from django import forms

from candidatures.dispositifs.models import Dispositif
from candidatures.dossiers.droits import organismes_porteurs
from candidatures.instruction.choix import SensDecision
from candidatures.instruction.domaine import avis_organismes as avis_domaine
from candidatures.instruction.domaine.decision import DEPOTS, RELU
from candidatures.instruction.domaine.phases import fin_de_l_evaluation
from candidatures.instruction.models import MotifType, Signataire
from socle.comptes.choix import Role
from socle.comptes.models import Organisme, Utilisateur
from socle.interface.formulaires import FormulaireDsfr, FormulaireRevise


def champ_date(libelle, aide="", *, requis=True, manque=""):
    return forms.DateField(
        label=libelle,
        help_text=aide,
        required=requis,
        error_messages={"required": manque} if manque else None,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def champ_texte(libelle, aide="", *, requis=True, lignes=4, manque=""):
    return forms.CharField(
        label=libelle,
        help_text=aide,
        required=requis,
        error_messages={"required": manque} if manque else None,
        widget=forms.Textarea(attrs={"rows": lignes}),
    )


def situer(personne) -> str:
    """« Alix Martin, paysagiste, CAUE de la Somme »: who one is about to choose."""
    connus = (personne.nom_complet, personne.fonction, personne.organisme)
    return ", ".join(str(c) for c in connus if c)


class FormulaireConfier(FormulaireDsfr):
    libelle_envoi = "Confier le dossier"
    evaluateurs = forms.ModelMultipleChoiceField(
        label="Évaluateurs",
        help_text="Chacun lit le dossier et note seul ; il ne voit pas les notes des autres.",
        queryset=Utilisateur.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    echeance = champ_date("Évaluation attendue avant le", requis=False)

    def __init__(self, *args, candidature, **kwargs):
        super().__init__(*args, **kwargs)
        deja = candidature.evaluations.filter(ecartee_le__isnull=True).values("evaluateur_id")
        recuses = candidature.deports.filter(leve_le__isnull=True).values("personne_id")
        porteurs = organismes_porteurs(candidature)
        self.fields["evaluateurs"].queryset = (
            Utilisateur.objects.filter(is_active=True, role__in=(Role.EVALUATEUR, Role.DGALN))
            .exclude(pk__in=deja)
            .exclude(pk__in=recuses)
            .exclude(organisme_id__in=porteurs)
            .select_related("organisme")
            .order_by("nom", "prenom", "pk")
        )
        self.fields["evaluateurs"].label_from_instance = situer
        self.fields["echeance"].initial = fin_de_l_evaluation(candidature.appel)


class FormulaireDemanderAvis(FormulaireDsfr):
    """The competent services first; any other organisation is searched for (`q`)."""

    libelle_envoi = "Demander l’avis"
    organisme = forms.ModelChoiceField(
        label="Services compétents",
        help_text="Déduits du périmètre de la candidature.",
        queryset=Organisme.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        required=False,
    )
    autre = forms.ModelChoiceField(
        label="Autre organisme",
        queryset=Organisme.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        required=False,
    )
    question = champ_texte(
        "Question posée",
        "Ce sur quoi vous souhaitez être éclairé.",
        requis=False,
        lignes=3,
    )
    echeance = champ_date("Attendu avant le")

    def __init__(self, *args, candidature, q="", **kwargs):
        super().__init__(*args, **kwargs)
        permis = avis_domaine.consultables(candidature)
        competents = avis_domaine.competents(candidature, permis)
        choisi = self.data.get("autre", "") if self.is_bound else ""
        trouves = avis_domaine.chercher(permis, q, sauf=competents, choisi=choisi)
        for nom, lus in (("organisme", competents), ("autre", trouves)):
            self.fields[nom].queryset = permis
            self.fields[nom].widget.choices = [(o.pk, str(o)) for o in lus]
        self.competents, self.trouves = bool(competents), bool(trouves)

    def clean(self):
        lus = super().clean()
        choisis = [o for o in (lus.get("organisme"), lus.get("autre")) if o]
        if len(choisis) != 1 and not self.errors:
            self.add_error(None, "Choisissez un organisme, et un seul.")
        lus["organisme"] = choisis[0] if choisis else None
        return lus


class FormulaireDecision(FormulaireRevise):
    hors_comparaison = ("revision",)
    libelle_envoi = "Préparer la décision"
    sens = forms.ChoiceField(
        label="Sens de la décision", choices=SensDecision, widget=forms.RadioSelect
    )
    vers_dispositif = forms.ModelChoiceField(
        label="Vers le dispositif",
        help_text="Pour une réorientation seulement.",
        queryset=Dispositif.objects.none(),
        required=False,
    )
    motif_type = forms.ModelChoiceField(
        label="Motif type",
        help_text="Son texte sert de motif quand vous n’en écrivez pas.",
        queryset=MotifType.objects.filter(actif=True),
        required=False,
    )
    motif = champ_texte(
        "Motif", "Il figure dans la lettre adressée aux porteurs.", requis=False, lignes=6
    )
    signataire = forms.ModelChoiceField(
        label="Signataire",
        help_text="À défaut, la lettre est à votre nom.",
        queryset=Signataire.objects.filter(actif=True),
        required=False,
    )
    datee_du = champ_date(
        "Lettre datée du",
        "Le jour où vous publierez. Si vous ne choisissez pas : le premier jour de la phase de "
        "décision, ou aujourd’hui.",
        requis=False,
    )

    def __init__(self, *args, candidature, **kwargs):
        super().__init__(*args, **kwargs)
        dispositif = candidature.appel.dispositif
        self.fields["vers_dispositif"].queryset = Dispositif.objects.exclude(pk=dispositif.pk)
        if not dispositif.avec_session:
            self.fields["sens"].choices = [
                (valeur, libelle)
                for valeur, libelle in SensDecision.choices
                if valeur != SensDecision.PRESELECTIONNEE
            ]


class FormulairePublier(FormulaireDsfr):
    """No field: the decisions that the page listed, and boxes to tick."""

    libelles_confirmation: ClassVar[dict[str, str]] = {
        RELU: "Les lettres sont relues et peuvent partir",
        DEPOTS: "Publier alors que l’appel reçoit encore des dépôts",
    }
    brouillon = False

    @property
    def ids(self) -> list[int]:
        envoyes = self.data.getlist("decision") if self.is_bound else []
        return [int(pk) for pk in envoyes if pk.isdecimal()]


class FormulaireReorienter(FormulaireDsfr):
    libelle_envoi = "Réorienter la candidature"
    vers_dispositif = forms.ModelChoiceField(
        label="Vers le dispositif", queryset=Dispositif.objects.none()
    )
    motif = champ_texte("Motif", "Il figure dans le courriel adressé aux porteurs.")

    def __init__(self, *args, candidature, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vers_dispositif"].queryset = Dispositif.objects.exclude(
            pk=candidature.appel.dispositif_id
        )
