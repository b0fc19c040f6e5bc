from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from restitution.national import droits
from restitution.national.choix import EtatPublication
from restitution.national.domaine.publications import CLE_PDF
from restitution.national.models import Publication
from socle.documents.domaine import dernier


def _en_ligne():
    return Publication.objects.filter(etat=EtatPublication.PUBLIEE)


@login_not_required
@require_GET
def publications(request):
    lignes = _en_ligne().annotate(nb_carnets=Count("chapitres")).order_by("-publiee_le", "-pk")
    page = Paginator(lignes, 20).get_page(request.GET.get("page"))
    contexte = {"page": page, "peut_composer": droits.peut_composer(request.user)}
    return render(request, "restitution/national/publications.html", contexte)


@login_not_required
@require_GET
def publication(request, slug):
    objet = get_object_or_404(_en_ligne().select_related("rencontre"), slug=slug)
    contexte = {
        "publication": objet,
        "chapitres": objet.chapitres.select_related("atelier__dispositif"),
        "enseignements": objet.enseignements.all(),
        "document": dernier(CLE_PDF, objet),
    }
    return render(request, "restitution/national/publication.html", contexte)
