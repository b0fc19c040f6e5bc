"""No form of the product answers « Ce champ est obligatoire »: it says what to do."""

from django import forms
from django.contrib import admin
from django.forms import BaseForm
from django.urls import get_resolver

from socle.comptes.forms import FormulaireConnexion, FormulaireMotDePasse
from socle.interface.formulaires import MixinRequis, phrase_requise

MAISON = ("socle.", "candidatures.", "ateliers.", "restitution.", "config.")


def descendants(classe):
    for fille in classe.__subclasses__():
        yield fille
        yield from descendants(fille)


def test_tout_formulaire_du_produit_dit_quoi_faire_d_un_champ_vide():
    assert get_resolver().url_patterns  # Every view, hence every form, is imported.
    notres = {c for c in descendants(BaseForm) if c.__module__.startswith(MAISON)}
    assert FormulaireConnexion in notres
    assert [c.__qualname__ for c in notres if not issubclass(c, MixinRequis)] == []
    muets = [
        f"{classe.__qualname__}.{nom}"
        for classe in notres
        for nom, champ in getattr(classe, "base_fields", {}).items()
        if champ.required and not phrase_requise(champ)
    ]
    assert muets == []


def test_l_administration_aussi():
    editeurs = [
        editeur
        for reference in admin.site._registry.values()
        if type(reference).__module__.startswith(MAISON)
        for editeur in (reference, *reference.inlines)
        if getattr(editeur.has_add_permission, "__module__", "").startswith("django.")
    ]
    assert editeurs
    assert [str(e) for e in editeurs if not issubclass(e.form, MixinRequis)] == []


def test_la_connexion_vide_demande_l_adresse_et_le_mot_de_passe():
    form = FormulaireConnexion({})
    assert {nom: list(erreurs) for nom, erreurs in form.errors.items()} == {
        "login": ["Écrivez une adresse électronique, par exemple nom@commune.fr."],
        "password": ["Écrivez le mot de passe."],
    }
    assert phrase_requise(FormulaireMotDePasse().fields["password1"]) == "Écrivez le mot de passe."
    assert phrase_requise(forms.DecimalField()) == "Donnez un nombre."
