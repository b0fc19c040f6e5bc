"""Allauth's forms in the words of the product."""

from allauth.account import forms as allauth
from django.forms import CheckboxInput


def _habiller(champs, libelles):
    for nom, champ in champs.items():
        champ.label = libelles.get(nom, champ.label)
        if not isinstance(champ.widget, CheckboxInput):
            champ.widget.attrs.pop("placeholder", None)


class FormulaireConnexion(allauth.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _habiller(self.fields, {"login": "Adresse électronique", "password": "Mot de passe"})
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"


class FormulaireMotDePasse(allauth.ChangePasswordForm):
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


class FormulaireOubli(allauth.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _habiller(self.fields, {"email": "Adresse électronique"})
        self.fields["email"].help_text = "Celle de votre compte."


class FormulaireNouveauMotDePasse(allauth.ResetPasswordKeyForm):
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
