from decimal import Decimal

import django_filters
from django import forms

from ateliers.livrables.models import Livrable
from ateliers.parcours.forms.champs import ChampJour, ChampMontant, FormulaireLignes
from ateliers.parcours.models import Atelier
from candidatures.appels.models import SessionNationale
from candidatures.dispositifs.models import Dispositif
from socle.comptes.choix import NatureOrganisme
from socle.comptes.models import Organisme
from socle.interface.formulaires import FormulaireDsfr
from socle.territoires.models import Departement

CENT = Decimal("0.01")


class FormulaireOrdre(FormulaireDsfr):
    libelle_envoi = "Émettre l’ordre de service"
    objet = forms.CharField(
        label="Objet", max_length=300, help_text="Démarrage, suspension, reprise, délai…"
    )
    emis_le = ChampJour(label="Émis le")
    effet_le = ChampJour(label="Prend effet le")


class FormulaireEcheancier(FormulaireLignes):
    libelle_envoi = "Enregistrer l’échéancier"
    titre_ligne = "Jalon"
    pivot = "libelle"

    def __init__(self, *args, atelier, **options):
        self.atelier = atelier
        super().__init__(*args, **options)

    def champs_ligne(self):
        return {
            "libelle": forms.CharField(label="Jalon", max_length=160),
            "montant_ht": ChampMontant(label="Montant HT (€)", min_value=CENT),
            "livrable": forms.ModelChoiceField(
                label="Payé à l’acceptation de",
                queryset=Livrable.objects.filter(atelier=self.atelier).order_by("attendu_le", "pk"),
                required=False,
                empty_label="Aucun livrable",
            ),
            "prevu_le": ChampJour(label="Prévu le", required=False),
        }


class FormulaireServiceFait(FormulaireDsfr):
    libelle_envoi = "Constater le service fait"
    fait_le = ChampJour(label="Service fait le")
    reference_chorus = forms.CharField(
        label="Référence Chorus",
        max_length=60,
        required=False,
        help_text="Le paiement se fait dans Chorus ; seule sa référence est gardée ici.",
    )


class FormulaireEngagement(FormulaireDsfr):
    libelle_envoi = "Engager la dépense"
    objet = forms.CharField(label="Objet", max_length=160)
    montant_ht = ChampMontant(label="Montant HT (€)", min_value=CENT)
    engagee_le = ChampJour(label="Engagée le")
    reference = forms.CharField(label="Devis ou commande", max_length=60, required=False)


class FormulaireDepense(FormulaireDsfr):
    libelle_envoi = "Constater la dépense"
    montant_fait = ChampMontant(label="Montant réel HT (€)", min_value=Decimal(0))
    faite_le = ChampJour(label="Faite le")


class FormulaireAccord(FormulaireDsfr):
    libelle_envoi = "Inscrire l’accord-cadre"
    numero = forms.CharField(label="Numéro", max_length=60)
    objet = forms.CharField(label="Objet", max_length=200, required=False)
    titulaire = forms.ModelChoiceField(label="Titulaire", queryset=Organisme.objects.none())
    du = ChampJour(label="En vigueur du")
    au = ChampJour(label="Au")
    plafond_ht = ChampMontant(label="Plafond HT (€)", min_value=CENT, required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["titulaire"].queryset = Organisme.objects.filter(
            nature__in=[
                NatureOrganisme.BUREAU_ETUDES,
                NatureOrganisme.ECOLE,
                NatureOrganisme.ASSOCIATION,
                NatureOrganisme.ETABLISSEMENT_PUBLIC,
            ]
        )


def _liste(modele, libelle, **options):
    return django_filters.ModelChoiceFilter(
        label=libelle,
        queryset=modele.objects.all(),
        empty_label="Tous",
        widget=forms.Select(attrs={"class": "fr-select"}),
        **options,
    )


class FiltreProgramme(django_filters.FilterSet):
    session = _liste(
        SessionNationale, "Session nationale", field_name="candidature__appel__session"
    )
    dispositif = _liste(Dispositif, "Dispositif")
    departement = _liste(Departement, "Département", method="dans_le_departement")

    class Meta:
        model = Atelier
        fields = ()

    def dans_le_departement(self, queryset, nom, valeur):
        dans = Atelier.objects.filter(perimetre__departements=valeur)
        return queryset.filter(pk__in=dans.values("pk"))
