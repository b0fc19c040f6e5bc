"""Labels: on one dossier, on those that were ticked, and the thesaurus."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from candidatures.dossiers.droits import visibles_par
from candidatures.instruction.domaine import etiquettes
from candidatures.instruction.forms.etiquettes import FormulaireEtiqueter, FormulaireThesaurus
from candidatures.instruction.models import Etiquette, PoseEtiquette
from candidatures.instruction.views.dgaln import VueVerbeInstruction, verifier_instructeur
from socle.interface.vues import VueFormulaire, VueVerbe


class VueEtiqueter(VueVerbeInstruction):
    message = "L’étiquette est posée."

    def executer(self, objet):
        nom = self.request.POST.get("nom", "")
        return etiquettes.etiqueter(candidatures=[objet], nom=nom, par=self.request.user)


class VueDecoller(VueVerbeInstruction):
    message = "L’étiquette est retirée."

    def executer(self, objet):
        pose = get_object_or_404(PoseEtiquette, candidature=objet, pk=self.kwargs["pk"])
        return etiquettes.decoller(pose=pose, par=self.request.user)


class VueThesaurus(VueFormulaire):
    form_class = FormulaireThesaurus
    template_name = "candidatures/instruction/etiquettes.html"
    titre = "Étiquettes"
    message = "L’étiquette est dans le thésaurus."

    def charger(self):
        verifier_instructeur(self.request.user)

    def executer(self, form):
        return etiquettes.ranger(nom=form.cleaned_data["nom"], par=self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(etiquettes=etiquettes.toutes(), **kwargs)


class VueSortir(VueVerbe):
    message = "L’étiquette n’est plus dans le thésaurus."

    def charger(self):
        verifier_instructeur(self.request.user)
        return get_object_or_404(Etiquette, pk=self.kwargs["pk"])

    def executer(self, objet):
        return etiquettes.sortir(etiquette=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("candidatures:etiquettes")


class VueEtiqueterPlusieurs(VueFormulaire):
    """The candidatures ticked in the list come as `ref`, once each."""

    form_class = FormulaireEtiqueter
    template_name = "candidatures/instruction/etiqueter.html"
    titre = "Étiqueter des candidatures"
    message = ""

    def charger(self):
        verifier_instructeur(self.request.user)
        donnees = self.request.POST if self.request.method == "POST" else self.request.GET
        refs = donnees.getlist("ref")
        return list(visibles_par(self.request.user).filter(reference__in=refs).order_by("pk"))

    def executer(self, form):
        return etiquettes.etiqueter(
            candidatures=self.objet, nom=form.cleaned_data["nom"], par=self.request.user
        )

    def url_retour(self):
        return reverse("candidatures:instruction")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"candidatures": self.objet}
