from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from socle.documents import domaine
from socle.documents.declaration import declaration
from socle.documents.models import Document


def _charger(request, uuid):
    """Return (document, objet), None for a visitor who must sign in; 404 for a stranger."""
    document = Document.objects.filter(pk=uuid).defer("contexte").first()
    objet = None
    if document is not None:
        try:
            objet = domaine.objet_de(document)
        except (ObjectDoesNotExist, KeyError):
            document = None
    if document is not None and declaration(document.cle).visible(request.user, objet):
        return document, objet
    if not request.user.is_authenticated:
        return None
    raise Http404("Document introuvable.")


@login_not_required
@require_GET
def etat(request, uuid):
    """The page of one document; htmx asks for the component alone, every second."""
    trouve = _charger(request, uuid)
    if trouve is None:
        return redirect_to_login(request.get_full_path())
    document, _objet = trouve
    gabarit = "composants/document.html" if request.htmx else "documents/etat.html"
    return render(request, gabarit, {"document": document})


@login_not_required
@require_GET
@xframe_options_sameorigin
def telecharger(request, uuid):
    """The file; `?voir` opens it in place."""
    trouve = _charger(request, uuid)
    if trouve is None:
        return redirect_to_login(request.get_full_path())
    document, objet = trouve
    if not document.est_pret:
        return redirect(document)
    return FileResponse(
        document.fichier.open("rb"),
        as_attachment="voir" not in request.GET,
        filename=declaration(document.cle).nom_fichier(objet),
        content_type="application/pdf",
    )


@require_POST
def relancer(request, uuid):
    document, _objet = _charger(request, uuid)
    domaine.relancer(document, par=request.user)
    return redirect(document)
