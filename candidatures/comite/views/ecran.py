"""The projected screen and its simulations."""

from __future__ import annotations

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidatures.comite import droits
from candidatures.comite.calcul import reglages as lecture_reglages
from candidatures.comite.calcul.plafond import depassement, retenues
from candidatures.comite.calcul.tableau import lire
from candidatures.comite.domaine import scenarios
from candidatures.comite.domaine.fige import tableau_lu
from candidatures.comite.models import Scenario
from candidatures.comite.views.commun import VueVerbeComite, charger_pour_lire

ARRETS = {"places": "le nombre de places", "budget": "le budget"}


def _reglage_ligne(lu) -> dict:
    """Addresses of the line one row higher or lower. Going down raises each ceiling that would
    hold; going up lowers the one that stops, places when both do."""
    plafond, cout, n = lu.reglages.plafond, lu.comite.cout_dossier, len(lu.retenues)
    plus = {}
    if plafond.places is not None:
        plus["places"] = max(plafond.places, n + 1)
    if plafond.budget is not None:
        plus["budget"] = max(plafond.budget, lu.coupe.cout + cout)
    par_budget = plafond.places is None or lu.coupe.arrets == {"budget"}
    moins = {"budget": max(n - 1, 0) * cout} if par_budget else {"places": max(n - 1, 0)}
    return {
        "plus": lu.reglages.changer(**plus).adresse(),
        "moins": lu.reglages.changer(**moins).adresse(),
        "par": "budget" if par_budget else "places",
        "nombre": n,
    }


def _scenarios(comite, lu) -> list[dict]:
    """The kept ones, each with the address that shows it again."""
    gardes = comite.scenarios.select_related("par")
    return [
        {"objet": s, "adresse": reglages.adresse(), "montre": reglages == lu.reglages}
        for s in gardes
        for reglages in [lecture_reglages.de(s)]
    ]


def _champs(lu, saisis, fautes: dict[str, str]) -> list[dict]:
    """Of the simulation: what was typed when it cannot be read, and why beside it."""
    plafond, changes = lu.reglages.plafond, dict(lu.reglages.poids)
    champs = [
        ("places", "Places", plafond.places),
        ("budget", "Budget (€ HT)", plafond.budget),
        ("reserve", "Liste de réserve", plafond.reserve),
    ]
    champs += [
        (f"poids_{c.pk}", f"Poids : {c.libelle}", changes.get(c.pk, c.poids)) for c in lu.criteres
    ]
    return [
        {
            "nom": nom,
            "libelle": libelle,
            "valeur": saisis.get(nom, "") if fautes else valeur,
            "faute": fautes.get(nom, ""),
        }
        for nom, libelle, valeur in champs
    ]


@require_safe
def ecran(request, pk):
    comite = charger_pour_lire(request.user, pk)
    tenir = droits.peut_tenir(request.user)
    modifiable = tenir and not comite.est_clos
    grand = request.GET.get("grand") == "1"
    lues = lire(comite)
    fautes = lecture_reglages.fautes(request.GET, lues.criteres) if modifiable else {}
    parametres = request.GET if modifiable and not fautes else None
    lu = tableau_lu(comite, request.user, parametres, lues=lues)
    plus = {"grand": 1} if grand else {}
    gardes = _scenarios(comite, lu) if modifiable else []
    contexte = {
        "comite": comite,
        "t": lu,
        "depassement": depassement(comite, retenues(lues.deliberations.values())),
        "ligne": _reglage_ligne(lu),
        "champs": _champs(lu, request.GET, fautes),
        "fautes": fautes,
        "plafond": lu.reglages.plafond,
        "requete": lu.reglages.adresse(**plus)[1:],
        "dessus": ".".join(map(str, sorted(lu.reglages.plafond.dessus))),
        "dessous": ".".join(map(str, sorted(lu.reglages.plafond.dessous))),
        "scenarios": gardes,
        "montre": next((s["objet"] for s in gardes if s["montre"]), None),
        "arret": " et ".join(ARRETS[nom] for nom in ARRETS if nom in lu.coupe.arrets),
        "grand": grand,
        "autre_mode": lu.reglages.adresse(**({} if grand else {"grand": 1})),
        "suffixe": "&grand=1" if grand else "",
        "modifiable": modifiable,
        "tenir": tenir,
    }
    return render(request, "candidatures/comite/ecran.html", contexte)


class VueGarder(VueVerbeComite):
    """Keep the what-if of the screen under a name."""

    def executer(self, objet):
        parametres = QueryDict(self.request.POST.get("requete", ""))
        criteres = list(objet.appel.grille.criteres.all()) if objet.appel.grille_id else []
        reglages = lecture_reglages.lire(parametres, objet, criteres)
        return scenarios.garder_scenario(
            comite=objet,
            nom=self.request.POST.get("nom", ""),
            reglages=reglages,
            par=self.request.user,
        )

    def url_retour(self, objet):
        messages.success(self.request, f"Le scénario « {self.resultat.nom} » est gardé.")
        reglages = lecture_reglages.de(self.resultat)
        return reverse("candidatures:comite", args=[objet.pk]) + reglages.adresse()


class VueRetenirScenario(VueVerbeComite):
    message = "Le scénario est appliqué : ses propositions sont écrites, à mettre aux voix."

    def charger(self):
        comite = super().charger()
        return get_object_or_404(
            Scenario.objects.select_related("comite"), comite=comite, pk=self.kwargs["scenario"]
        )

    def executer(self, objet):
        return scenarios.retenir_scenario(scenario=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("candidatures:comite_deliberations", args=[objet.comite_id])
