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
from candidatures.instruction.forms.instruire import FormulairePublier
from candidatures.instruction.views.dgaln import verifier_instructeur
from socle.documents.domaine import dernier
from socle.interface.templatetags.interface import pluriel
from socle.interface.vues import VueFormulaire, VueVerbe, confirmation


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


class VuePublier(VueFormulaire):
    """The last page before the act: what is published, in words, and what is to be ticked."""

    template_name = "candidatures/instruction/decisions_confirmer.html"
    form_class = FormulairePublier
    titre = "Confirmer la publication"
    message = ""

    def charger(self):
        verifier_instructeur(self.request.user)
        appels, appel = _appel(self.request)
        return appel if appel in appels else None

    def get(self, request, *args, **kwargs):
        if self.objet is None:
            return redirect("candidatures:decisions")
        return super().get(request, *args, **kwargs)

    def executer(self, form):
        return verbes.publier_decisions(
            ids=form.ids, par=self.request.user, un_seul_appel=True, confirmes=self.confirmes
        )

    def form_invalid(self, form):
        """Without an appel to show again (all is published), the list tells the refusal."""
        if self.objet is not None:
            return super().form_invalid(form)
        for phrase in [*form.non_field_errors(), *(c["phrase"] for c in form.confirmations)]:
            if phrase:
                messages.error(self.request, phrase)
        return redirect("candidatures:decisions")

    def url_retour(self):
        publiees = self.resultat.decisions.select_related("candidature__appel")
        nombre, decision = len(publiees), publiees[0]
        accord = "s sont publiées" if nombre > 1 else " est publiée"
        messages.success(self.request, f"{nombre} décision{accord}, les lettres partent.")
        return f"{reverse('candidatures:decisions')}?appel={decision.candidature.appel.slug}"

    def _montrer_les_cases(self, form, relecture) -> None:
        """Shown before they are asked for; a tick holds for the list that was read."""
        autre_liste = form.is_bound and set(form.ids) != set(relecture.ids)
        dites = {} if autre_liste else {case["nom"]: case for case in form.confirmations}
        attendues = verbes.confirmations_attendues([self.objet])
        cases = [confirmation(cle, form=form) for cle in attendues]
        form.confirmations = [dites.get(case["nom"], case) for case in cases]

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs)
        relecture = publication.relire(self.request.user, self.objet)
        publication.nommer_destinataires(relecture.preparees)
        avant = avant_publication(self.request.user, self.objet, relecture.preparees)
        self._montrer_les_cases(contexte["form"], relecture)
        return contexte | {"appel": self.objet, "relecture": relecture, "avant": avant}


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
