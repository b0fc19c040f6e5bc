from django import forms

from ateliers.lieux.models import Lieu
from socle.interface.formulaires import FormulaireDsfr, MixinRevise
from socle.territoires.models import Commune

ACCES = [("", "À vérifier"), ("oui", "Oui"), ("non", "Non")]


class FormulaireLieu(FormulaireDsfr):
    libelle_envoi = "Ajouter le lieu"
    nom = forms.CharField(label="Nom", max_length=160)
    departement = forms.ModelChoiceField(label="Département", queryset=None)
    adresse = forms.CharField(label="Adresse", max_length=250, required=False)
    commune = forms.CharField(
        label="Commune", max_length=80, required=False, help_text="Son nom ou son code Insee."
    )
    capacite = forms.IntegerField(
        label="Capacité (places)", min_value=1, max_value=9999, required=False
    )
    acces_pmr = forms.ChoiceField(
        label="Accessible en fauteuil roulant", choices=ACCES, required=False
    )
    transports = forms.CharField(
        label="Venir",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Gare ou arrêt le plus proche, stationnement.",
    )
    contact = forms.CharField(
        label="Contact pour réserver",
        max_length=200,
        required=False,
        help_text="Service ou fonction, téléphone. Visible de tous ceux qui conduisent un atelier.",
    )

    def __init__(self, *args, departements, **options):
        super().__init__(*args, **options)
        self.fields["departement"].queryset = departements

    def clean(self):
        donnees = super().clean()
        donnees["commune"] = self._commune(donnees)
        return donnees

    def _commune(self, donnees):
        """The one commune of this département that bears this name or this code."""
        texte, departement = donnees.get("commune", "").strip(), donnees.get("departement")
        if not texte or departement is None:
            return None
        actuelles = Commune.objects.filter(departement=departement)
        trouvees = actuelles.filter(pk=texte.upper()) or actuelles.filter(nom__iexact=texte)
        if len(trouvees) != 1:
            self.add_error("commune", "Aucune commune de ce département ne porte ce nom.")
            return None
        return trouvees[0]

    def clean_acces_pmr(self):
        return {"oui": True, "non": False}.get(self.cleaned_data["acces_pmr"])


class FormulaireLieuRevise(MixinRevise, FormulaireLieu):
    libelle_envoi = "Enregistrer la fiche"


def initiales(lieu: Lieu) -> dict:
    champs = ("nom", "departement", "adresse", "capacite", "transports", "contact", "revision")
    acces = {True: "oui", False: "non", None: ""}[lieu.acces_pmr]
    return {c: getattr(lieu, c) for c in champs} | {
        "commune": lieu.commune.nom if lieu.commune else "",
        "acces_pmr": acces,
    }
