from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import BaseUserCreationForm, UserChangeForm

from socle.abonnes import ORGANISME, PERSONNE, prevenir
from socle.comptes.domaine.telephone import lire_telephone, telephone_lisible
from socle.comptes.models import Organisme, Utilisateur
from socle.erreurs import ErreurMetier
from socle.interface.formulaires import MixinRequis


class FormulaireCreation(MixinRequis, BaseUserCreationForm):
    class Meta:
        model = Utilisateur
        fields = ["email", "prenom", "nom", "role", "organisme"]
        field_classes = {"email": forms.EmailField}

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class FormulaireModification(MixinRequis, UserChangeForm):
    pass


@admin.register(Utilisateur)
class UtilisateurAdmin(UserAdmin):
    form = FormulaireModification
    add_form = FormulaireCreation
    ordering = ["nom", "prenom"]
    list_display = ["email", "prenom", "nom", "role", "organisme", "is_active"]
    list_filter = ["role", "is_active", "is_staff"]
    list_select_related = ["organisme"]
    search_fields = ["email", "nom", "prenom", "organisme__nom"]
    autocomplete_fields = ["organisme"]
    readonly_fields = ["last_login", "cree_le"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        ("Personne", {"fields": ["prenom", "nom", "fonction", "role", "organisme"]}),
        ("Accès", {"fields": ["is_active", "is_staff", "is_superuser"]}),
        ("Dates", {"fields": ["last_login", "cree_le"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": [
                    "email",
                    "prenom",
                    "nom",
                    "role",
                    "organisme",
                    "password1",
                    "password2",
                ],
            },
        )
    ]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        prevenir(PERSONNE, form.instance)


class FormulaireOrganisme(MixinRequis, forms.ModelForm):
    """The telephone is typed as one writes it, and stored in E.164."""

    class Meta:
        model = Organisme
        fields = [
            "nom",
            "sigle",
            "nature",
            "siret",
            "courriel",
            "telephone",
            "adresse",
            "departements",
            "regions",
            "epci",
            "commune",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.telephone:
            self.initial["telephone"] = telephone_lisible(self.instance.telephone)

    def clean_telephone(self):
        try:
            return lire_telephone(self.cleaned_data["telephone"])
        except ErreurMetier as erreur:
            raise forms.ValidationError(erreur.message) from erreur


@admin.register(Organisme)
class OrganismeAdmin(admin.ModelAdmin):
    form = FormulaireOrganisme
    list_display = ["nom", "sigle", "nature"]
    list_filter = ["nature"]
    search_fields = ["nom", "sigle", "siret"]
    filter_horizontal = ["departements", "regions"]
    raw_id_fields = ["epci", "commune"]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        prevenir(ORGANISME, form.instance)
