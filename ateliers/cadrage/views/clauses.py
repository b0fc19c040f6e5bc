"""The library of clauses: DGALN keeps it, the State services read it."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET

from ateliers.cadrage.domaine import clauses as verbes
from ateliers.cadrage.domaine.valeurs import REPERES
from ateliers.cadrage.domaine.versions import diff_mots
from ateliers.cadrage.droits import peut_lire_clauses, peut_tenir_clauses
from ateliers.cadrage.forms import cahier as formulaires
from ateliers.cadrage.models import Clause
from ateliers.parcours.droits import exiger, visibles_par
from candidatures.dispositifs.models import Dispositif
from socle.interface.vues import VueFormulaire, VueVerbe


@require_GET
def liste(request):
    exiger(peut_lire_clauses(request.user), verbes.REFUS)
    dispositif = request.GET.get("dispositif", "")
    retirees = "retirees" in request.GET
    return render(
        request,
        "ateliers/cadrage/clauses.html",
        {
            "clauses": verbes.bibliotheque(dispositif=dispositif, retirees=retirees),
            "dispositifs": Dispositif.objects.order_by("ordre", "code"),
            "dispositif": dispositif,
            "retirees": retirees,
            "tient": peut_tenir_clauses(request.user),
        },
    )


def _charger(cle):
    return get_object_or_404(Clause.objects.prefetch_related("dispositifs"), cle=cle)


@require_GET
def clause(request, cle):
    """Every version with what it changed, and the text on a real atelier."""
    exiger(peut_lire_clauses(request.user), verbes.REFUS)
    lue = _charger(cle)
    versions = list(lue.versions.select_related("publiee_par").order_by("-numero"))
    ateliers = visibles_par(request.user).select_related(
        "dispositif", "perimetre", "service_pilote"
    )
    essaye = ateliers.filter(slug=request.GET.get("atelier", "")).first()
    return render(
        request,
        "ateliers/cadrage/clause.html",
        {
            "clause": lue,
            "courante": versions[0],
            "versions": [
                (v, diff_mots(avant.texte, v.texte) if avant else [])
                for v, avant in zip(versions, [*versions[1:], None], strict=True)
            ],
            "ateliers": ateliers.filter(dispositif__in=lue.dispositifs.all()).order_by("nom"),
            "essaye": essaye,
            "apercu": verbes.apercu(versions[0], essaye) if essaye else "",
            "tient": peut_tenir_clauses(request.user),
        },
    )


class DansClauses:
    def charger(self):
        exiger(peut_tenir_clauses(self.request.user), verbes.REFUS)
        return _charger(self.kwargs["cle"]) if "cle" in self.kwargs else None

    def url_retour(self, objet=None):
        cle = self.kwargs.get("cle") or self.resultat.cle
        return reverse("ateliers:clause", args=[cle])


class Creer(DansClauses, VueFormulaire):
    form_class = formulaires.FormulaireClause
    template_name = "ateliers/cadrage/clause_formulaire.html"
    titre = "Nouvelle clause"
    message = "La clause est publiée."

    def get_context_data(self, **kwargs):
        return super().get_context_data(reperes=REPERES, **kwargs)

    def executer(self, form):
        return verbes.creer(par=self.request.user, **form.cleaned_data)


class Publier(DansClauses, VueFormulaire):
    form_class = formulaires.FormulaireVersionClause
    template_name = "ateliers/cadrage/clause_formulaire.html"
    message = "La nouvelle version est publiée."

    @cached_property
    def courante(self):
        return self.objet.versions.order_by("-numero").first()

    @property
    def titre(self):
        return f"Nouvelle version : {self.courante.titre}"

    def get_initial(self):
        derniere = self.courante
        return {
            "titre": derniere.titre,
            "texte": derniere.texte,
            "revision": derniere.numero,
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(reperes=REPERES, **kwargs)

    def executer(self, form):
        return verbes.publier(clause=self.objet, par=self.request.user, **form.cleaned_data)


class Retirer(DansClauses, VueVerbe):
    message = "La clause est retirée : les nouveaux cahiers des charges s’en passent."

    def executer(self, objet):
        return verbes.retirer(clause=objet, par=self.request.user, motif=self.motif)


class Remettre(DansClauses, VueVerbe):
    message = "La clause est remise en usage."

    def executer(self, objet):
        return verbes.remettre(clause=objet, par=self.request.user)
