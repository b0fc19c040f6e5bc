"""A carrier who comes after the deposit: nothing is forbidden to them, it is done."""

from functools import wraps

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from candidatures.dossiers import droits
from candidatures.dossiers.choix import EtatCandidature
from candidatures.dossiers.cycle_de_vie import MODIFIABLES
from candidatures.dossiers.domaine.depot import MOTIF_COMPLEMENTS, MOTIF_DEPOT
from candidatures.dossiers.views.lecture import charger
from socle.erreurs import ActionInterdite
from socle.interface.templatetags.interface import date_courte

DE_SERVICE = ("csrfmiddlewaretoken", "jeton", "base", "revision", "envoyer", "piece")


class DossierFerme(ActionInterdite):
    """Says who closed it and when."""

    def __init__(self, candidature):
        self.candidature = candidature
        super().__init__(f"{phrase_de_cloture(candidature)}\u00a0: elle ne se modifie plus.")


def phrase_de_cloture(candidature) -> str:
    motifs = (MOTIF_DEPOT, MOTIF_COMPLEMENTS)
    figee = (
        candidature.versions.filter(motif__in=motifs)
        .select_related("figee_par")
        .order_by("-numero")
        .first()
    )
    if candidature.etat == EtatCandidature.RETIREE or figee is None:
        return "La candidature n’est plus un brouillon"
    quand = timezone.localtime(figee.figee_le)
    quand = f"le {date_courte(quand)} à {quand:%H} h {quand:%M}"
    if figee.motif == MOTIF_COMPLEMENTS:
        return f"{figee.figee_par} a transmis les compléments de cette candidature {quand}"
    if figee.figee_par is None:
        return f"La candidature a été déposée {quand}"
    return f"{figee.figee_par} a déposé la candidature {quand}"


def charger_modifiable(request, reference):
    candidature = charger(request.user, reference)
    if not droits.peut_modifier(request.user, candidature):
        if droits.porte(request.user, candidature):
            raise DossierFerme(candidature)
        raise ActionInterdite("Seuls les porteurs modifient le dossier, tant qu’il est ouvert.")
    return candidature


def expliquer_refus(utilisateur, reference: str, refus: ActionInterdite) -> ActionInterdite:
    """404 for a stranger; for an author who was still typing, who deposited and when."""
    candidature = get_object_or_404(droits.visibles_par(utilisateur), reference=reference)
    if candidature.etat not in MODIFIABLES and droits.porte(utilisateur, candidature):
        return DossierFerme(candidature)
    return refus


def _textes(envoi) -> list[str]:
    """What a person typed, among what a form sent."""
    noms = (n for n in envoi if n not in DE_SERVICE and not n.endswith(("_FORMS", "-cle")))
    valeurs = (v.strip() for n in noms if not n.startswith("r_") for v in envoi.getlist(n))
    return [v for v in valeurs if " " in v or "\n" in v]


def vers_le_dossier(vue):
    """Reopening a step leads to the dossier with a sentence; what a form sent stays readable."""

    @wraps(vue)
    def appeler(request, *args, **kwargs):
        try:
            return vue(request, *args, **kwargs)
        except DossierFerme as ferme:
            if request.method in ("GET", "HEAD"):
                messages.info(request, ferme.message)
                return HttpResponseRedirect(ferme.candidature.get_absolute_url())
            contexte = {
                "candidature": ferme.candidature,
                "phrase": ferme.message,
                "textes": _textes(request.POST),
            }
            return render(request, "candidatures/dossiers/ferme.html", contexte, status=403)

    return appeler
