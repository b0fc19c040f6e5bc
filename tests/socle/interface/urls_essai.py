"""Addresses of the views that the tests of this room need."""

from django import forms
from django.http import HttpResponse
from django.urls import include, path

from socle.erreurs import (
    ActionInterdite,
    ConflitDeVersion,
    ElementsManquants,
    Manque,
    TransitionImpossible,
)
from socle.interface.formulaires import FormulaireRevise
from socle.interface.vues import VueFormulaire, VueVerbe

APPELS = []


class Texte:
    revision = 3
    texte = "Version du collègue"


class Formulaire(FormulaireRevise):
    texte = forms.CharField(label="Texte de la note", widget=forms.Textarea)


class Ecrire(VueFormulaire):
    form_class = Formulaire
    titre = "Écrire la note"
    message = "La note est enregistrée."

    def executer(self, form):
        texte = form.cleaned_data["texte"]
        if texte == "refus":
            raise TransitionImpossible("La note n’est plus modifiable.")
        if texte == "manque":
            raise ElementsManquants([Manque("Un titre manque."), Manque("Une date manque.")])
        if texte == "conflit":
            raise ConflitDeVersion(Texte())
        if texte == "interdit":
            raise ActionInterdite("Seul le pilote écrit la note.")
        APPELS.append(texte)

    def url_retour(self):
        return "/essai/fini/"


class Clore(VueVerbe):
    message = "L’appel est clos."

    def charger(self):
        return "appel"

    def executer(self, objet):
        if self.motif == "interdit":
            raise ActionInterdite("Seule la DGALN clôt un appel.")
        if self.motif == "manque":
            raise ElementsManquants([Manque("Un titre manque."), Manque("Une date manque.")])
        APPELS.append((objet, self.motif))

    def url_retour(self, objet):
        return "/essai/fini/"


def fini(request):
    return HttpResponse("fini")


def lire(request):
    raise TransitionImpossible("Le dossier n’est pas encore lisible.")


urlpatterns = [
    path("essai/ecrire/", Ecrire.as_view()),
    path("essai/clore/", Clore.as_view()),
    path("essai/fini/", fini),
    path("essai/lire/", lire),
    path("", include("config.urls")),
]
