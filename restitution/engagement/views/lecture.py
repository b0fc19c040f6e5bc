"""The reading page, inside for those who follow the atelier, outside once published."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from restitution.engagement.contexte import lire_feuille
from restitution.engagement.domaine.actes import CLE_PDF
from restitution.feuilles.domaine.requetes import publiees
from restitution.feuilles.views.chargement import charger_feuille, onglets
from socle.documents.domaine import dernier


@require_GET
def lecture(request, slug):
    feuille = charger_feuille(request.user, slug)
    contexte = {
        "atelier": feuille.atelier,
        "feuille": feuille,
        "lecture": lire_feuille(feuille),
        "document": dernier(CLE_PDF, feuille),
        "onglets": onglets(feuille, "lecture"),
    }
    return render(request, "restitution/engagement/lecture.html", contexte)


@login_not_required
@require_GET
def feuilles_publiques(request):
    recherche = request.GET.get("q", "").strip()
    feuilles = publiees()
    if recherche:
        feuilles = feuilles.filter(atelier__nom__icontains=recherche)
    page = Paginator(feuilles, 20).get_page(request.GET.get("page"))
    return render(
        request,
        "restitution/engagement/liste_publique.html",
        {"page": page, "recherche": recherche},
    )


def _publiee(slug: str):
    return get_object_or_404(
        publiees().select_related("atelier__service_pilote"), atelier__slug=slug
    )


@login_not_required
@require_GET
def feuille_publique(request, slug):
    feuille = _publiee(slug)
    contexte = {
        "atelier": feuille.atelier,
        "feuille": feuille,
        "lecture": lire_feuille(feuille),
        "document": dernier(CLE_PDF, feuille),
    }
    return render(request, "restitution/engagement/page_publique.html", contexte)


@login_not_required
@require_GET
def feuille_publique_pdf(request, slug):
    """Stable address of the PDF, whatever its version."""
    document = dernier(CLE_PDF, _publiee(slug))
    if document is None:
        raise Http404("Le PDF n’a pas encore été préparé.")
    return redirect("documents:telecharger", document.pk)
