"""Decisions: reviewed together, appel by appel, published in one act, then read by the carriers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from candidatures.appels.models import Appel
from candidatures.dossiers.droits import porte
from candidatures.dossiers.views.lecture import charger, contexte_entete
from candidatures.instruction import droits
from candidatures.instruction.documents import LETTRE, contexte_lettre
from candidatures.instruction.domaine import decision as verbes
from candidatures.instruction.domaine import publication
from candidatures.instruction.domaine.avant_publication import avant_publication
from candidatures.instruction.domaine.lettres import redater_lettres
from candidatures.instruction.views.dgaln import verifier_instructeur
from socle.documents.domaine import dernier
from socle.erreurs import ElementsManquants, Manque
from socle.interface.templatetags.interface import pluriel
from socle.interface.vues import VueVerbe


def _appel(request):
    """(appels that have something to publish, the one that is read, published or not)."""
    appels = publication.appels_a_publier(request.user)
    slug = request.GET.get("appel", "")
    if not slug and len(appels) == 1:
        return appels, appels[0]
    lu = next((a for a in appels if a.slug == slug), None)
    return appels, lu or (Appel.objects.filter(slug=slug).first() if slug else None)


@require_safe
def decisions(request):
    verifier_instructeur(request.user)
    appels, appel = _appel(request)
    contexte = {"appels": appels, "appel": appel, "titre": "Décisions à publier"}
    if appel and appel not in appels:
        contexte["bilan"] = bilan = publication.bilan(request.user, appel)
        contexte["titre"] = "Décisions publiées" if bilan else "Aucune décision à publier"
    elif appel:
        page = request.GET.get("page")
        relecture = publication.relire(request.user, appel, page, publication.PAR_PAGE)
        contexte["relecture"] = relecture
        contexte["avant"] = avant_publication(request.user, appel, relecture.preparees)
    elif not appels:
        contexte["titre"] = "Aucune décision à publier"
        contexte["publies"] = publication.appels_publies(request.user)
    return render(request, "candidatures/instruction/decisions.html", contexte)


@require_safe
def confirmer(request):
    """The last page before the act: what is published, in words."""
    verifier_instructeur(request.user)
    appels, appel = _appel(request)
    if appel not in appels:
        return redirect("candidatures:decisions")
    relecture = publication.relire(request.user, appel)
    contexte = {
        "appel": appel,
        "relecture": relecture,
        "avant": avant_publication(request.user, appel, relecture.preparees),
    }
    return render(request, "candidatures/instruction/decisions_confirmer.html", contexte)


@require_safe
@xframe_options_sameorigin
def apercu(request, pk):
    """The letter as it will be, read in the browser; the PDF beside it is the one that is sent."""
    verifier_instructeur(request.user)
    decision = get_object_or_404(
        droits.decisions_visibles_par(request.user).select_related(
            "candidature__appel__dispositif",
            "candidature__perimetre",
            "candidature__service_pilote",
            "preparee_par__organisme",
            "signataire",
            "vers_dispositif",
        ),
        pk=pk,
    )
    lettre = {
        "contexte": contexte_lettre(decision),
        "titre": "Lettre de décision",
        "document": dernier(LETTRE, decision),
        "appel": decision.candidature.appel,
        "publiee": decision.publication_id is not None,
    }
    return render(request, "candidatures/instruction/lettre.html", lettre)


class VueRedater(VueVerbe):
    """Today on every pending letter of one appel."""

    def charger(self):
        verifier_instructeur(self.request.user)
        return get_object_or_404(Appel, slug=self.kwargs["slug"])

    def executer(self, objet):
        return redater_lettres(appel=objet, par=self.request.user)

    def url_retour(self, objet):
        if self.resultat:
            datees = pluriel(self.resultat, "lettre est datée,lettres sont datées")
            messages.success(self.request, f"{datees} d’aujourd’hui : relisez avant de publier.")
        return f"{reverse('candidatures:decisions')}?appel={objet.slug}"


class VueAbandonner(VueVerbe):
    message = "La décision préparée est retirée."

    def charger(self):
        verifier_instructeur(self.request.user)
        return get_object_or_404(
            droits.decisions_visibles_par(self.request.user).filter(publication=None),
            pk=self.kwargs["pk"],
        )

    def executer(self, objet):
        self.reference = objet.candidature.reference
        return verbes.abandonner_decision(decision=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("candidatures:instruire", args=[self.reference])


class VuePublier(VueVerbe):
    """Publish what the confirmation page listed, all or none."""

    def charger(self):
        verifier_instructeur(self.request.user)
        return [int(pk) for pk in self.request.POST.getlist("decision") if pk.isdecimal()]

    def executer(self, objet):
        if self.request.POST.get("relu") != "oui":
            raise ElementsManquants(
                [Manque("Confirmez que les lettres sont relues avant de publier.")]
            )
        return verbes.publier_decisions(ids=objet, par=self.request.user, un_seul_appel=True)

    def url_retour(self, objet):
        nombre = len(objet)
        decision = self.resultat.decisions.select_related("candidature__appel").first()
        accord = "s sont publiées" if nombre > 1 else " est publiée"
        messages.success(self.request, f"{nombre} décision{accord}, les lettres partent.")
        return f"{reverse('candidatures:decisions')}?appel={decision.candidature.appel.slug}"


@require_safe
def publiee(request, reference):
    """What the carriers read: the published decision and its letter."""
    candidature = charger(request.user, reference, entier=False)
    visibles = droits.decisions_visibles_par(request.user).filter(
        candidature=candidature, publication__isnull=False
    )
    decision = (
        visibles.select_related("publication", "vers_dispositif")
        .order_by("-publication__publiee_le", "-pk")
        .first()
    )
    reorientation = getattr(candidature, "reorientation", None)
    if decision is None and reorientation is None:
        raise Http404("Aucune décision publiée.")
    contexte = contexte_entete(request, candidature) | {
        "onglet": "decision",
        "decision": decision,
        "lettre": dernier(LETTRE, decision) if decision else None,
        "reorientation": reorientation,
        "reprenable": porte(request.user, candidature)
        and reorientation is not None
        and reorientation.nouvelle_id is None,
    }
    return render(request, "candidatures/instruction/decision.html", contexte)
