from django import forms

from ateliers.agendas.choix import Portee
from socle.interface.formulaires import FormulaireDsfr
from socle.territoires.choix import FUSEAU_HEXAGONE, FUSEAUX

ZONES = [
    (FUSEAU_HEXAGONE, "Hexagone (heure de Paris)"),
    (FUSEAUX["971"], "Guadeloupe"),
    (FUSEAUX["973"], "Guyane"),
    (FUSEAUX["974"], "La Réunion"),
    (FUSEAUX["972"], "Martinique"),
    (FUSEAUX["976"], "Mayotte"),
    (FUSEAUX["988"], "Nouvelle-Calédonie"),
    (FUSEAUX["987"], "Polynésie française (Tahiti)"),
    (FUSEAUX["977"], "Saint-Barthélemy"),
    (FUSEAUX["978"], "Saint-Martin"),
    (FUSEAUX["975"], "Saint-Pierre-et-Miquelon"),
    (FUSEAUX["986"], "Wallis-et-Futuna"),
]


class FormulaireBrancher(FormulaireDsfr):
    """The password never comes back to the page, not even after an error."""

    libelle_envoi = "Essayer et brancher"
    brouillon = False
    adresse = forms.CharField(
        label="Adresse CalDAV",
        max_length=500,
        help_text="Elle commence par « https:// ». Votre logiciel d’agenda la donne dans ses "
        "réglages ; le nom du serveur suffit souvent.",
        widget=forms.TextInput(
            attrs={"autocomplete": "url", "spellcheck": "false", "inputmode": "url"}
        ),
    )
    identifiant = forms.CharField(
        label="Identifiant de cet agenda",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    mot_de_passe = forms.CharField(
        label="Mot de passe de cet agenda",
        max_length=500,
        strip=False,
        help_text="De préférence un « mot de passe d’application », créé dans votre agenda : il se "
        "révoque sans changer l’autre. Gardé chiffré, il n’est jamais affiché.",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class FormulaireChoisir(FormulaireDsfr):
    libelle_envoi = "Enregistrer et synchroniser"
    brouillon = False
    ecrit = forms.ChoiceField(
        label="Où écrire les séances ?",
        required=False,
        widget=forms.RadioSelect,
        help_text="Elles s’y ajoutent, changent de date et se retirent d’elles-mêmes.",
    )
    portee = forms.ChoiceField(label="Quelles séances ?", choices=Portee, widget=forms.RadioSelect)
    lus = forms.MultipleChoiceField(
        label="Quels calendriers disent quand vous êtes pris ?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Seules les heures prises sont gardées : ni titre, ni lieu, ni participant.",
    )
    fuseau = forms.ChoiceField(
        label="Fuseau horaire de votre agenda",
        choices=ZONES,
        help_text="Pour les journées entières et les heures sans fuseau.",
    )

    def __init__(self, *args, calendriers, **options):
        super().__init__(*args, **options)
        lignes = [(str(c.pk), c.nom) for c in calendriers]
        self.fields["lus"].choices = lignes
        self.fields["ecrit"].choices = [*lignes, ("", "Nulle part : n’écrivez rien")]

    def clean_ecrit(self):
        return int(self.cleaned_data["ecrit"]) if self.cleaned_data["ecrit"] else None


class FormulaireDebrancher(FormulaireDsfr):
    libelle_envoi = "Débrancher mon agenda"
    brouillon = False
    retirer = forms.BooleanField(
        label="Retirer aussi de mon agenda les rendez-vous à venir écrits d’ici", required=False
    )
