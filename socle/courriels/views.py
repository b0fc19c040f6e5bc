from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from socle.courriels import domaine
from socle.courriels.choix import EtatCourriel
from socle.courriels.droits import peut_decider, peut_ouvrir_la_boite, visibles_par
from socle.courriels.models import PieceJointe

PAR_PAGE = 25
TONS = {"retenu": "warning", "en_attente": "info", "envoye": "success", "echec": "error"}


def _visibles(request):
    if not peut_ouvrir_la_boite(request.user):
        raise PermissionDenied("La boîte d’envoi est réservée à la DGALN.")
    return visibles_par(request.user)


@require_GET
def boite(request):
    """Mails, newest first; `?etat=` keeps one state."""
    courriels = _visibles(request)
    etat = request.GET.get("etat", "")
    if etat in EtatCourriel.values:
        courriels = courriels.filter(etat=etat)
    page = Paginator(courriels.defer("corps"), PAR_PAGE).get_page(request.GET.get("page"))
    for courriel in page:
        courriel.ton = TONS.get(courriel.etat, "")
    contexte = {"page": page, "etats": EtatCourriel.choices, "etat": etat}
    return render(request, "courriels/boite.html", contexte)


@require_GET
def detail(request, pk):
    courriel = get_object_or_404(_visibles(request), pk=pk)
    decide = peut_decider(request.user, courriel)
    contexte = {
        "courriel": courriel,
        "ton": TONS.get(courriel.etat, ""),
        "pieces": courriel.pieces_jointes.defer("contenu"),
        "peut_liberer": decide and courriel.etat == EtatCourriel.RETENU,
        "peut_annuler": decide
        and courriel.etat in (EtatCourriel.RETENU, EtatCourriel.EN_ATTENTE, EtatCourriel.ECHEC),
        "peut_renvoyer": decide and courriel.etat == EtatCourriel.ECHEC,
    }
    return render(request, "courriels/detail.html", contexte)


@require_GET
def piece(request, pk, piece_pk):
    courriel = get_object_or_404(_visibles(request), pk=pk)
    fichier = get_object_or_404(PieceJointe, pk=piece_pk, courriel=courriel)
    reponse = HttpResponse(bytes(fichier.contenu), content_type=fichier.mime)
    reponse["Content-Disposition"] = f'attachment; filename="{fichier.nom}"'
    return reponse


def _decider(request, pk, verbe):
    courriel = get_object_or_404(_visibles(request), pk=pk)
    verbe(courriel, par=request.user)
    return redirect(courriel)


@require_POST
def liberer(request, pk):
    return _decider(request, pk, domaine.liberer)


@require_POST
def annuler(request, pk):
    return _decider(request, pk, domaine.annuler)


@require_POST
def renvoyer(request, pk):
    return _decider(request, pk, domaine.renvoyer)
