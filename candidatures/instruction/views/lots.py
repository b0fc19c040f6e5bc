"""Batches: the dry run, the act, the undo, the publication."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidatures.dossiers.droits import visibles_par
from candidatures.instruction.domaine import lots as verbes
from candidatures.instruction.domaine.avis_en_lot import LOT_AVIS
from candidatures.instruction.domaine.lots import OPERATIONS
from candidatures.instruction.domaine.relances_avis import LOT_RELANCE
from candidatures.instruction.models import Lot
from candidatures.instruction.views.dgaln import verifier_instructeur
from socle.courriels.droits import lots_visibles_par
from socle.interface.vues import VueVerbe

LIMITE = 500
ENVOIS = (LOT_AVIS, LOT_RELANCE)


def _choisies(utilisateur, donnees):
    references = donnees.getlist("ref")[:LIMITE]
    return visibles_par(utilisateur).filter(reference__in=references)


@require_safe
def essai(request):
    """How many will be touched, which ones will not and why. Writes nothing."""
    verifier_instructeur(request.user)
    genre = request.GET.get("genre", "")
    if genre not in OPERATIONS:
        raise Http404("Cette opération n’existe pas.")
    lu = verbes.essayer(genre, _choisies(request.user, request.GET), request.user)
    contexte = {"essai": lu, "genre": genre, "nombre": len(lu.touchees)}
    return render(request, "candidatures/instruction/lot_essai.html", contexte)


@require_safe
def lots(request):
    verifier_instructeur(request.user)
    envois = lots_visibles_par(request.user).filter(
        cle__in=ENVOIS, envoye_le__isnull=True, annule_le__isnull=True
    )
    contexte = {
        "lots": verbes.lots_ouverts(),
        "envois": envois.annotate(nombre=Count("courriels")).select_related("depose_par"),
    }
    return render(request, "candidatures/instruction/lots.html", contexte)


def _dire_laissees(request, refus):
    if refus:
        raisons = "\u00a0; ".join(f"{r.candidature.reference}, {r.raison}" for r in refus)
        s = "s" if len(refus) > 1 else ""
        messages.warning(request, f"{len(refus)} non touchée{s}\u00a0: {raisons}.")


class VueExecuter(VueVerbe):
    def charger(self):
        verifier_instructeur(self.request.user)
        return _choisies(self.request.user, self.request.POST)

    def executer(self, objet):
        lot, refus = verbes.preparer_lot(
            genre=self.request.POST.get("genre", ""), candidatures=objet, par=self.request.user
        )
        s = "s" if lot.nombre > 1 else ""
        texte = f"Le lot est prêt\u00a0: {lot.nombre} candidature{s}. Rien n’a encore changé, ni "
        texte += "pour les porteurs ni pour vous\u00a0: publiez-le ou annulez-le ci-dessous."
        messages.success(self.request, texte)
        _dire_laissees(self.request, refus)
        return lot

    def url_retour(self, objet):
        return reverse("candidatures:lots")


class VueLot(VueVerbe):
    def charger(self):
        verifier_instructeur(self.request.user)
        return get_object_or_404(Lot, pk=self.kwargs["pk"])

    def url_retour(self, objet):
        return reverse("candidatures:lots")


class VueAnnuler(VueLot):
    def executer(self, objet):
        laissees = verbes.annuler_lot(lot=objet, par=self.request.user)
        messages.success(self.request, "Le lot est annulé.")
        if laissees:
            messages.warning(self.request, f"Laissées en l’état : {', '.join(laissees)}.")
        return objet


class VuePublierLot(VueLot):
    message = "Le lot est publié : les courriels partent."

    def executer(self, objet):
        laissees = verbes.publier_lot(lot=objet, par=self.request.user)
        _dire_laissees(self.request, laissees)
        return laissees
