"""DGALN writes the eligibility rules. (In this room because a rule speaks of a dossier.)"""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidatures.appels.choix import TypeRegle
from candidatures.appels.domaine import regles as verbes
from candidatures.appels.droits import peut_gerer
from candidatures.appels.models import RegleEligibilite
from candidatures.dossiers.forms.regles import FormulaireRegle
from socle.erreurs import ActionInterdite
from socle.interface.vues import VueFormulaire, VueVerbe


def _exiger(utilisateur):
    if not peut_gerer(utilisateur):
        raise ActionInterdite("Les règles d’éligibilité sont écrites par la DGALN.")


@require_safe
def liste(request):
    _exiger(request.user)
    groupes: dict[str, list] = {}
    for regle in verbes.pour_liste():
        ou = regle.appel.titre if regle.appel else regle.dispositif.nom
        groupes.setdefault(ou, []).append(regle)
    contexte = {
        "groupes": list(groupes.items()),
        "types": TypeRegle.choices,
        "anciennes": verbes.remplacees(),
    }
    return render(request, "candidatures/dossiers/regles.html", contexte)


class VueRegle(VueFormulaire):
    template_name = "candidatures/dossiers/regle.html"
    form_class = FormulaireRegle

    def url_retour(self):
        return reverse("candidatures:regles")


class VueNouvelleRegle(VueRegle):
    titre = "Nouvelle règle d’éligibilité"
    message = "La règle est en vigueur pour les dépôts à venir."

    def charger(self):
        _exiger(self.request.user)
        if self.request.GET.get("type") not in TypeRegle.values:
            raise Http404("Type de règle inconnu.")
        return self.request.GET["type"]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"type_regle": self.objet}

    def executer(self, form):
        return verbes.creer_regle(**form.portee(), **form.champs(), par=self.request.user)


class VueReviserRegle(VueRegle):
    titre = "Réviser la règle d’éligibilité"
    message = "La nouvelle version de la règle est en vigueur."

    def charger(self):
        _exiger(self.request.user)
        return get_object_or_404(RegleEligibilite, pk=self.kwargs["pk"], active=True)

    def get_initial(self):
        noms = ("libelle", "bloquante", "explication", "que_faire")
        initial = {nom: getattr(self.objet, nom) for nom in noms}
        return initial | {"valeur": self.objet.expression.get("valeur")}

    def get_form_kwargs(self):
        type_regle = self.objet.expression["type"]
        return super().get_form_kwargs() | {"type_regle": type_regle, "regle": self.objet}

    def executer(self, form):
        return verbes.reviser_regle(regle=self.objet, par=self.request.user, **form.champs())


class VueRetirerRegle(VueVerbe):
    message = "La règle n’est plus en vigueur."

    def charger(self):
        _exiger(self.request.user)
        return get_object_or_404(RegleEligibilite, pk=self.kwargs["pk"])

    def executer(self, objet):
        return verbes.retirer_regle(regle=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("candidatures:regles")
