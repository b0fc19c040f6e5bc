from django import forms

from restitution.engagement.choix import Instance
from restitution.feuilles.forms.champs import champ_date, champ_scan, texte_long
from socle.interface.formulaires import FormulaireDsfr


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
    organisme = forms.CharField(label="Organisation", max_length=200)
    engagement = forms.CharField(
        label="Engagement",
        required=False,
        widget=texte_long(3),
        help_text="Ce à quoi cette personne s’engage, avec ses mots.",
    )
    signe_le = champ_date("Signé le")
    scan = champ_scan("Acte numérisé")
