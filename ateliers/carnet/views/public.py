"""The list of ateliers and the public page of one: no account asked."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ateliers.carnet.domaine.parcours import parcours_de_plusieurs
from ateliers.carnet.domaine.repertoire import lire_page_publique, pour_liste
from ateliers.carnet.forms.filtre import FiltreAteliers
from ateliers.parcours.droits import consultables_par, publics, visibles_par

PAR_PAGE = 20
# The site may complete the page with what later stages know (the feuille de route).
GABARITS_PAGE = ("config/atelier.html", "ateliers/carnet/atelier.html")


def _tags(filtre, request):
    """Active filters as removable tags."""
    tags = []
    for nom, champ in filtre.form.fields.items():
        valeur = filtre.form.cleaned_data.get(nom) if filtre.form.is_bound else None
        if not valeur:
            continue
        parametres = request.GET.copy()
        parametres.pop(nom)
        parametres.pop("page", None)
        texte = dict(getattr(champ, "choices", []) or []).get(valeur, valeur)
        tags.append({"libelle": f"{champ.label} : {texte}", "url": f"?{parametres.urlencode()}"})
    return tags


@login_not_required
@require_GET
def liste(request):
    """Public list; « mes ateliers » keeps those one works on."""
    connecte = request.user.is_authenticated
    miens = connecte and request.GET.get("vue") == "miens"
    base = visibles_par(request.user) if miens else publics()
    filtre = FiltreAteliers(request.GET, queryset=pour_liste(base))
    filtre.form.is_valid()
    page = Paginator(filtre.qs, PAR_PAGE).get_page(request.GET.get("page"))
    ateliers = list(page.object_list)
    lignes = parcours_de_plusieurs(ateliers)
    for atelier in ateliers:
        atelier.ligne = lignes[atelier.pk]
    contexte = {
        "page": page,
        "ateliers": ateliers,
        "filtre": filtre,
        "filtres_actifs": _tags(filtre, request),
        "miens": miens,
        "connecte": connecte,
    }
    return render(request, "ateliers/carnet/liste.html", contexte)


@login_not_required
@require_GET
def atelier(request, slug):
    objet = get_object_or_404(
        consultables_par(request.user).select_related("dispositif", "perimetre", "service_pilote"),
        slug=slug,
    )
    contexte = lire_page_publique(objet)
    contexte["travaille"] = (
        request.user.is_authenticated and visibles_par(request.user).filter(pk=objet.pk).exists()
    )
    # The site's own template completes the page with what later apps know of the atelier.
    return render(request, ["config/atelier.html", "ateliers/carnet/atelier.html"], contexte)
