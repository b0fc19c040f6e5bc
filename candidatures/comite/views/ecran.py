"""The projected screen, its simulations, its deliberations."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidatures.comite import droits
from candidatures.comite.calcul import reglages as lecture_reglages
from candidatures.comite.calcul.deports import deports_par_candidature, membres_deportes
from candidatures.comite.calcul.tableau import du_comite, lire, tableau
from candidatures.comite.choix import EtatComite
from candidatures.comite.domaine import comites, deliberations, scenarios
from candidatures.comite.domaine.deliberations import votants
from candidatures.comite.forms.comite import FormulaireDeliberation
from candidatures.comite.models import Scenario
from candidatures.comite.views.commun import VueVerbeComite, charger, charger_pour_lire
from candidatures.instruction.droits import avis_visibles_par
from socle.erreurs import ActionInterdite
from socle.interface.vues import VueFormulaire

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


def _poids(lu) -> list[dict]:
    changes = dict(lu.reglages.poids)
    return [
        {"nom": f"poids_{c.pk}", "libelle": c.libelle, "valeur": changes.get(c.pk, c.poids)}
        for c in lu.criteres
    ]


@require_safe
def ecran(request, pk):
    comite = charger_pour_lire(request.user, pk)
    tenir = droits.peut_tenir(request.user)
    modifiable = tenir and not comite.est_clos
    grand = request.GET.get("grand") == "1"
    lu = tableau(comite, request.user, request.GET if modifiable else None)
    plus = {"grand": 1} if grand else {}
    gardes = _scenarios(comite, lu) if modifiable else []
    contexte = {
        "comite": comite,
        "t": lu,
        "ligne": _reglage_ligne(lu),
        "poids": _poids(lu),
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
    message = "Le scénario est retenu : les propositions sont écrites."

    def charger(self):
        comite = super().charger()
        return get_object_or_404(
            Scenario.objects.select_related("comite"), comite=comite, pk=self.kwargs["scenario"]
        )

    def executer(self, objet):
        return scenarios.retenir_scenario(scenario=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("candidatures:comite_deliberations", args=[objet.comite_id])


@require_safe
def liste_deliberations(request, pk):
    comite = charger_pour_lire(request.user, pk)
    prefetch_related_objects([comite], "membres")
    lues = lire(comite, themes=False)
    lu = tableau(comite, request.user, lues=lues)
    actes = lues.deliberations
    deportes = membres_deportes(comite, lues.fiches, lues.deports)
    lignes = [
        {
            "rangee": r,
            "acte": actes.get(r.cle),
            "presents": len(votants(comite, r.cle, deportes)),
        }
        for r in [*lu.retenues, *lu.reserve, *lu.autres]
    ]
    for ligne in lignes:
        ligne["quorum"] = ligne["presents"] >= comite.quorum
    restantes = sorted(
        fiche["reference"]
        for cle, fiche in lues.fiches.items()
        if not (cle in actes and actes[cle].deliberee_le)
    )
    attente = sum(1 for ligne in lignes if ligne["acte"] and not ligne["acte"].deliberee_le)
    contexte = {
        "comite": comite,
        "lignes": lignes,
        "attente": attente,
        "tenir": droits.peut_tenir(request.user),
        "ouvert": comite.etat == EtatComite.OUVERT,
        "preparation": comite.etat == EtatComite.PREPARATION,
        "manques_ouverture": comites.manques_ouverture(comite, len(lues.fiches))
        if comite.etat == EtatComite.PREPARATION
        else [],
        "manques_cloture": comites.en_attente(restantes)
        if comite.etat == EtatComite.OUVERT
        else [],
    }
    return render(request, "candidatures/comite/deliberations.html", contexte)


class VueDeliberer(VueFormulaire):
    template_name = "candidatures/comite/deliberer.html"
    form_class = FormulaireDeliberation
    message = "La délibération est inscrite."

    def charger(self):
        self.comite = charger(self.request.user, self.kwargs["pk"])
        candidature = get_object_or_404(
            du_comite(self.comite).select_related("perimetre"),
            reference=self.kwargs["reference"],
        )
        ecartes = deports_par_candidature([candidature.pk]).get(candidature.pk, ())
        if self.request.user.pk in ecartes:
            raise ActionInterdite("Vous êtes déporté de ce dossier.")
        self.votants = votants(self.comite, candidature.pk)
        self.acte = self.comite.deliberations.filter(candidature=candidature).first()
        return candidature

    @property
    def titre(self):
        return f"Délibérer : {self.objet.titre}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"comite": self.comite, "votants": self.votants}

    def get_initial(self):
        if self.acte is None:
            return {"revision": 0}
        noms = ("proposition", "rang_reserve", "vers_dispositif", "motif", "dissidence", "revision")
        initial = {nom: getattr(self.acte, nom) for nom in noms}
        if self.acte.deliberee_le:
            for nom in ("pour", "contre", "abstention", "preponderante"):
                initial[nom] = getattr(self.acte, nom)
            for vote in self.acte.votes.all():
                initial[f"vote_{vote.membre_id}"] = vote.sens
        return initial

    def executer(self, form):
        lus = form.cleaned_data
        noms = ("proposition", "rang_reserve", "vers_dispositif", "motif", "dissidence")
        return deliberations.deliberer(
            comite=self.comite,
            candidature=self.objet,
            voix=form.voix(),
            preponderante=lus["preponderante"],
            revision=lus["revision"],
            par=self.request.user,
            **{nom: lus[nom] for nom in noms},
        )

    def url_retour(self):
        return reverse("candidatures:comite_deliberations", args=[self.comite.pk])

    def _a_cote(self) -> dict:
        """What the room wants under its eyes: rank, notes, avis; then the next to deliberate."""
        lues = lire(self.comite, themes=False)
        lu = tableau(self.comite, self.request.user, lues=lues)
        rangees = [r for r in (*lu.retenues, *lu.reserve, *lu.autres) if not r.masquee]
        ici = next((i for i, r in enumerate(rangees) if r.cle == self.objet.pk), 0)
        suivants = [r for r in (*rangees[ici + 1 :], *rangees[:ici]) if not r.deliberee]
        return {
            "rangee": rangees[ici],
            "suivant": suivants[0] if suivants else None,
            "avis": avis_visibles_par(self.request.user)
            .filter(candidature=self.objet, retenu=False)
            .select_related("organisme")
            .order_by("organisme__nom"),
        }

    def get_context_data(self, **kwargs):
        deportes = membres_deportes(self.comite, [self.objet.pk]).get(self.objet.pk, set())
        membres = list(self.comite.membres.all())
        return super().get_context_data(
            comite=self.comite,
            votants=self.votants,
            deportes=[m for m in membres if m.pk in deportes],
            deportables=[m for m in membres if m.pk not in deportes],
            **self._a_cote(),
            quorum_atteint=len(self.votants) >= self.comite.quorum,
            **kwargs,
        )


class VueDeport(VueVerbeComite):
    message = "Le déport est noté : cette personne ne compte plus pour ce dossier."

    def charger(self):
        self.comite = super().charger()
        self.candidature = get_object_or_404(
            du_comite(self.comite), reference=self.kwargs["reference"]
        )
        membre = self.request.POST.get("membre", "")
        return get_object_or_404(
            self.comite.membres.select_related("comite"),
            pk=int(membre) if membre.isdecimal() else 0,
        )

    def executer(self, objet):
        return comites.noter_deport(
            membre=objet, candidature=self.candidature, par=self.request.user
        )

    def url_retour(self, objet):
        return reverse(
            "candidatures:comite_deliberer", args=[self.comite.pk, self.candidature.reference]
        )


class VueEnBloc(VueVerbeComite):
    def executer(self, objet):
        faites, laissees = deliberations.deliberer_en_bloc(comite=objet, par=self.request.user)
        s = "s" if faites > 1 else ""
        messages.success(self.request, f"{faites} délibération{s} inscrite{s} à l’unanimité.")
        if laissees:
            messages.warning(
                self.request, f"{len(laissees)} laissée(s) de côté : {' ; '.join(laissees)}."
            )
        return objet

    def url_retour(self, objet):
        return reverse("candidatures:comite_deliberations", args=[objet.pk])
