"""The cahier des charges as it stands: read whole, taken along, set beside the note."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ateliers.cadrage import documents
from ateliers.cadrage.domaine import versions
from ateliers.cadrage.domaine.redaction_docx import ecrire_docx
from ateliers.cadrage.droits import versions_visibles
from ateliers.cadrage.views.cahier import charger_cahier
from ateliers.parcours.droits import est_equipe, exiger
from ateliers.parcours.views.commun import trouver


@require_GET
def comparer(request, slug):
    """The frozen note beside the cahier des charges: taken, changed, dropped, added."""
    atelier = trouver(request, slug)
    exiger(not est_equipe(request.user, atelier))
    lu = charger_cahier(atelier)
    return render(
        request,
        "ateliers/cadrage/comparer.html",
        {
            "atelier": atelier,
            "cahier": lu,
            "lignes": versions.comparer_a_la_note(lu),
            "ajouts": versions.ajouts(lu),
        },
    )


def _en_cours(request, slug):
    """The text as it stands, for those who write it or give its visas."""
    atelier = trouver(request, slug)
    exiger(not est_equipe(request.user, atelier))
    return atelier, versions.contenu(charger_cahier(atelier))


@require_GET
def lire(request, slug):
    """The whole text in one page, before anything is frozen."""
    atelier, contenu = _en_cours(request, slug)
    contexte = {
        "atelier": atelier,
        "titre": contenu["titre"],
        "parties": documents.parties(contenu),
        "figee": versions_visibles(request.user, atelier)
        .only("numero", "figee_le")
        .order_by("-numero")
        .first(),
    }
    return render(request, "ateliers/cadrage/lire.html", contexte)


@require_GET
def document_de_travail(request, slug):
    """The same, to be read or annotated in a word processor."""
    atelier, contenu = _en_cours(request, slug)
    nom = f"cahier-des-charges-{atelier.reference.lower()}-travail.docx"
    return HttpResponse(
        ecrire_docx(contenu, numero=None, le=timezone.localtime()),
        content_type=documents.DOCX,
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )
