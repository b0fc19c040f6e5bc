from decimal import Decimal
from typing import ClassVar

from django import forms

from ateliers.cadrage.choix import Discipline, NatureContrat, NatureDepense, RoleMembre
from ateliers.cadrage.domaine.contrat import natures_permises
from ateliers.cadrage.domaine.financeurs import financeurs
from ateliers.cadrage.domaine.suspension import ACTE, DELAI, REPARTITION
from ateliers.parcours.forms.champs import ChampJour, ChampMontant, FormulaireLignes
from socle.comptes.choix import NatureOrganisme
from socle.comptes.models import Organisme
from socle.interface.formulaires import FormulaireDsfr
from socle.territoires.models import Commune, Epci

PRESTATAIRES = (
    NatureOrganisme.BUREAU_ETUDES,
    NatureOrganisme.ECOLE,
    NatureOrganisme.ASSOCIATION,
    NatureOrganisme.ETABLISSEMENT_PUBLIC,
    NatureOrganisme.AUTRE,
)


def champ_jours(libelle):
    return ChampMontant(
        label=libelle,
        required=False,
        max_digits=5,
        decimal_places=1,
        min_value=Decimal("0.5"),
        max_value=Decimal(400),
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.5"}),
    )


class FormulaireAppel(FormulaireDsfr):
    libelle_envoi = "Consigner l’appel"
    libelle_confirmation = "La consultation a bien été publiée ce jour-là"
    reference_place = forms.CharField(label="Référence de la consultation sur PLACE", max_length=60)
    publie_le = ChampJour(label="Publiée le")
    cloture_le = ChampJour(label="Remise des offres le", required=False)
    offres_recues = forms.IntegerField(label="Nombre d’offres reçues", min_value=0, required=False)


class FormulaireEquipe(FormulaireLignes):
    libelle_envoi = "Désigner l’équipe"
    titre_ligne = "Membre de l’équipe"
    l_un_ou_l_autre = ("mandataire", "mandataire_nouveau")
    mandataire = forms.ModelChoiceField(
        label="Mandataire",
        queryset=Organisme.objects.none(),
        required=False,
        empty_label="Choisir, ou écrire le nom ci-dessous",
    )
    mandataire_nouveau = forms.CharField(
        label="Mandataire absent de la liste",
        help_text="Le nom de l’agence ou du bureau d’études, tel qu’il figure au contrat.",
        max_length=200,
        required=False,
    )
    discipline = forms.ChoiceField(label="Discipline du mandataire", choices=Discipline)
    jours = champ_jours("Jours du mandataire")
    reference_place = forms.CharField(
        label="Référence de la consultation sur PLACE", max_length=60, required=False
    )
    motif = forms.CharField(
        label="Motif du choix",
        help_text="Aucune consultation n’est tenue ici : dites pourquoi cette équipe est choisie.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args, mandataire_fixe=None, titulaires=None, avec_motif=False, **options):
        super().__init__(*args, **options)
        self.mandataire_fixe = mandataire_fixe
        if mandataire_fixe:
            del self.fields["mandataire"], self.fields["mandataire_nouveau"]
        else:
            organismes = Organisme.objects.filter(nature__in=PRESTATAIRES)
            if titulaires is not None:
                organismes = Organisme.objects.filter(pk__in=titulaires)
                self.fields["mandataire"].empty_label = "Choisir un titulaire d’accord-cadre"
                self.fields["mandataire"].required = True
                del self.fields["mandataire_nouveau"]
            self.fields["mandataire"].queryset = organismes
        if not avec_motif:
            del self.fields["reference_place"], self.fields["motif"]

    def clean(self):
        donnees = super().clean()
        nouveau = (donnees.get("mandataire_nouveau") or "").strip()
        if not self.mandataire_fixe and not donnees.get("mandataire") and not nouveau:
            self.add_error("mandataire", "Choisissez le mandataire, ou écrivez son nom.")
        self._verifier_suppleants(donnees, nouveau)
        return donnees

    def _verifier_suppleants(self, donnees, nouveau) -> None:
        """Somebody stands in for the mandataire or for another row, by the very name written."""
        mandataire = self.mandataire_fixe or donnees.get("mandataire")
        noms = {nouveau.casefold(), mandataire.nom.casefold() if mandataire else ""}
        rangs = {r: (donnees.get(f"ligne{r}_nom") or "").casefold() for r in range(self.nombre)}
        for rang, nom in rangs.items():
            supplee = (donnees.get(f"ligne{rang}_suppleant_de") or "").strip().casefold()
            autres = noms | {autre for r, autre in rangs.items() if r != rang}
            if nom and supplee and supplee not in autres:
                self.add_error(
                    f"ligne{rang}_suppleant_de",
                    "Écrivez le nom du mandataire ou d’un autre membre, tel qu’il figure ici.",
                )

    def champs_ligne(self):
        return {
            "membre": forms.IntegerField(required=False, widget=forms.HiddenInput),
            "nom": forms.CharField(label="Nom", max_length=160),
            "discipline": forms.ChoiceField(label="Discipline", choices=Discipline),
            "role": forms.ChoiceField(label="Rôle", choices=RoleMembre),
            "jours": champ_jours("Jours prévus"),
            "suppleant_de": forms.CharField(
                label="Suppléant de",
                help_text="Un nom de l’équipe.",
                max_length=200,
                required=False,
            ),
        }


def champ_au_budget():
    return forms.BooleanField(
        label="Inscrire ce montant au budget de l’atelier",
        help_text="À la ligne « Équipe d’assistance », payée en totalité par la DGALN.",
        required=False,
        initial=True,
    )


class FormulaireContrat(FormulaireDsfr):
    libelle_envoi = "Préparer le contrat"
    nature = forms.ChoiceField(label="Nature du contrat")
    numero = forms.CharField(label="Numéro", max_length=60)
    objet = forms.CharField(label="Objet", max_length=200, required=False)
    montant_ht = ChampMontant(label="Montant HT (€)", min_value=Decimal("0.01"))
    taux_tva = ChampMontant(
        label="Taux de TVA (%)",
        max_digits=4,
        min_value=Decimal(0),
        max_value=Decimal(30),
        initial=Decimal(20),
    )
    au_budget = champ_au_budget()

    def __init__(self, *args, dispositif, libelle="", **options):
        super().__init__(*args, **options)
        self.libelle_envoi = libelle or self.libelle_envoi
        self.fields["nature"].choices = [
            (n, NatureContrat(n).label) for n in natures_permises(dispositif)
        ]


class FormulaireNotification(FormulaireDsfr):
    libelle_envoi = "Notifier le contrat"
    libelles_confirmation: ClassVar = {
        DELAI: "Ce délai est respecté, ou ne s’impose pas dans cette procédure",
        ACTE: "L’acte d’engagement est signé, et conservé ailleurs",
        REPARTITION: "L’échéancier sera complété après la notification",
    }
    notifie_le = ChampJour(label="Date de notification")
    au_budget = champ_au_budget()

    def __init__(self, *args, manque=0, **options):
        super().__init__(*args, **options)
        if manque <= 0:
            del self.fields["au_budget"]


class FormulaireAvenant(FormulaireDsfr):
    libelle_envoi = "Enregistrer l’avenant"
    objet = forms.CharField(label="Objet de l’avenant", max_length=200)
    montant_ht = ChampMontant(
        label="Incidence sur le montant HT (€)",
        initial=Decimal(0),
        help_text="Négatif pour une moins-value, zéro s’il ne change que les délais.",
    )
    signe_le = ChampJour(label="Signé le")
    au_budget = champ_au_budget()


class ChampPayeur(forms.ModelChoiceField):
    """An organisme, or « commune:80070 »: a collectivité whose organisme does not exist yet."""

    def to_python(self, value):
        genre, _, code = str(value or "").partition(":")
        modele = {"commune": Commune, "epci": Epci}.get(genre)
        if modele is None:
            return super().to_python(value)
        trouvee = modele.objects.filter(pk=code).first()
        if trouvee is None:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            )
        return trouvee


class FormulaireBudget(FormulaireDsfr):
    libelle_envoi = "Ajouter la ligne"
    l_un_ou_l_autre = ("payeur", "payeur_nouveau")
    libelle_confirmation = "C’est un autre organisme : ajouter celui que j’ai écrit"
    libelle = forms.CharField(label="Libellé", max_length=160)
    nature = forms.ChoiceField(
        label="Nature", choices=NatureDepense, initial=NatureDepense.LOGISTIQUE
    )
    payeur = ChampPayeur(
        label="Qui paie",
        queryset=Organisme.objects.none(),
        required=False,
        empty_label="Choisir, ou écrire le nom ci-dessous",
    )
    payeur_nouveau = forms.CharField(
        label="Autre financeur",
        help_text="Une partie du nom retrouve un organisme connu ; un nouveau nom s’ajoute : "
        "agence de l’eau, établissement public foncier…",
        max_length=200,
        required=False,
    )
    montant_ht = ChampMontant(label="Montant HT (€)", min_value=Decimal(0))

    def __init__(self, *args, payeurs, collectivites=(), **options):
        super().__init__(*args, **options)
        self.fields["payeur"].queryset = financeurs()
        self.collectivites = list(collectivites)
        self.proposer(payeurs)

    def proposer(self, organismes) -> None:
        """The list shows these; any other financeur found by its name is accepted."""
        champ = self.fields["payeur"]
        lignes = [(organisme.pk, str(organisme)) for organisme in organismes]
        champ.choices = [("", champ.empty_label), *lignes, *self.collectivites]

    def clean(self):
        donnees = super().clean()
        donnees["payeur_nouveau"] = " ".join((donnees.get("payeur_nouveau") or "").split())
        if not donnees.get("payeur") and not donnees["payeur_nouveau"]:
            self.add_error("payeur", "Choisissez qui paie, ou écrivez son nom.")
        return donnees
