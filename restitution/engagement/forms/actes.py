from django import forms

from restitution.engagement.choix import Instance
from restitution.engagement.domaine.signatures import LONGUEUR_MIN
from restitution.feuilles.forms.champs import champ_date, champ_scan, texte_long
from socle.interface.formulaires import FormulaireDsfr

AUTRE = "autre"


class FormulaireValidation(FormulaireDsfr):
    libelle_envoi = "Valider techniquement"
    instance = forms.ChoiceField(label="Instance", choices=Instance)
    tenue_le = champ_date("Réunie le")
    observations = forms.CharField(label="Observations", required=False, widget=texte_long(4))


class FormulaireApprobation(FormulaireDsfr):
    libelle_envoi = "Enregistrer la délibération"
    numero = forms.CharField(label="Numéro de la délibération", max_length=60)
    adoptee_le = champ_date("Adoptée le")
    scan = champ_scan("Délibération numérisée")


class FormulaireSignature(FormulaireDsfr):
    libelle_envoi = "Enregistrer la signature"
    nom = forms.CharField(label="Prénom et nom du signataire", max_length=150)
    qualite = forms.CharField(
        label="Qualité", max_length=150, help_text="Maire, préfète, présidente…"
    )
    organisme = forms.ChoiceField(label="Organisation")
    autre = forms.CharField(
        label="Autre organisation",
        max_length=200,
        min_length=LONGUEUR_MIN,
        required=False,
        help_text="À remplir si l’organisation n’est pas dans la liste.",
    )
    engagement = forms.CharField(
        label="Engagement",
        required=False,
        widget=texte_long(3),
        help_text="Ce à quoi cette personne s’engage, avec ses mots.",
    )
    signe_le = champ_date("Signé le")
    scan = champ_scan("Acte numérisé")

    def __init__(self, *args, organismes, **options):
        super().__init__(*args, **options)
        choix = [(nom, nom) for nom in organismes]
        self.fields["organisme"].choices = [("", "Choisir"), *choix, (AUTRE, "Autre")]

    def clean(self):
        """`organisme` is what is written on the act, chosen or typed."""
        donnees = super().clean()
        autre = donnees.pop("autre", "")
        if donnees.get("organisme") == AUTRE:
            donnees["organisme"] = autre
            if not autre and "autre" not in self.errors:
                self.add_error("autre", "Écrivez le nom de l’organisation.")
        return donnees
