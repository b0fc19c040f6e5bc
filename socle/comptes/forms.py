"""Allauth's forms in the words of the product; the account of somebody invited."""

from allauth.account import forms as allauth
from django import forms
from django.forms import CheckboxInput

from socle.interface.formulaires import FormulaireDsfr, MixinRequis


def _habiller(champs, libelles):
    for nom, champ in champs.items():
        champ.label = libelles.get(nom, champ.label)
        if not isinstance(champ.widget, CheckboxInput):
            champ.widget.attrs.pop("placeholder", None)


class FormulaireConnexion(MixinRequis, allauth.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _habiller(self.fields, {"login": "Adresse électronique", "password": "Mot de passe"})
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"


class FormulaireMotDePasse(MixinRequis, allauth.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _habiller(
            self.fields,
            {
                "oldpassword": "Mot de passe actuel",
                "password1": "Nouveau mot de passe",
                "password2": "Nouveau mot de passe, une seconde fois",
            },
        )
        self.fields["password1"].help_text = "Douze caractères au moins."


class FormulaireOubli(MixinRequis, allauth.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _habiller(self.fields, {"email": "Adresse électronique"})
        self.fields["email"].help_text = "Celle de votre compte."


class FormulaireNouveauMotDePasse(MixinRequis, allauth.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _habiller(
            self.fields,
            {
                "password1": "Nouveau mot de passe",
                "password2": "Nouveau mot de passe, une seconde fois",
            },
        )
        self.fields["password1"].help_text = "Douze caractères au moins."


class FormulaireCompte(FormulaireDsfr):
    """Of somebody invited: the link proved the address, the rest is asked here."""

    libelle_envoi = "Ouvrir mon compte"
    brouillon = False
    prenom = forms.CharField(label="Prénom", max_length=80)
    nom = forms.CharField(label="Nom", max_length=80)
    fonction = forms.CharField(label="Fonction", max_length=120, required=False)
    mot_de_passe = forms.CharField(
        label="Mot de passe",
        help_text="Douze caractères au moins.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    confirmation = forms.CharField(
        label="Mot de passe, une seconde fois",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self):
        donnees = super().clean()
        if donnees.get("mot_de_passe") != donnees.get("confirmation"):
            self.add_error("confirmation", "Les deux mots de passe diffèrent.")
        return donnees
