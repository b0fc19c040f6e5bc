from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from socle.comptes.choix import Role
from socle.courriels import domaine, lots
from socle.courriels.choix import EtatCourriel
from socle.courriels.cycle_de_vie import CYCLE
from socle.courriels.droits import (
    lots_visibles_par,
    peut_decider,
    peut_ouvrir_la_boite,
    visibles_par,
)
from socle.courriels.masque import masque_pour, masquer, masquer_fichier
from socle.courriels.models import PieceJointe
from socle.courriels.pieces import PAS_PRETE, contenu_de

PAR_PAGE = 25
VERBES = ("liberer", "renvoyer", "annuler")
TONS = {
    "retenu": "attention",
    "en_attente": "info",
    "envoye": "succes",
    "echec": "erreur",
    "annule": "",
    "a_grouper": "info",
    "groupe": "succes",
}


def nom_boite(utilisateur) -> str:
    """What the page of the mails is called: DGALN sends them, the others read their own."""
    return "Boîte d’envoi" if utilisateur.a_le_role(Role.DGALN) else "Mes courriels"


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
        courriel.ton = TONS[courriel.etat]
    contexte = {
        "page": page,
        "etats": EtatCourriel.choices,
        "etat": etat,
        "requete": f"etat={etat}&" if etat else "",
        "boite": nom_boite(request.user),
        "tient": request.user.a_le_role(Role.DGALN),
        "lots": request.user.a_le_role(Role.DGALN) or lots_visibles_par(request.user).exists(),
    }
    return render(request, "courriels/boite.html", contexte)


def _boutons(utilisateur, courriel) -> list[dict]:
    """The verbs that this person may call now, the first one primary."""
    if not peut_decider(utilisateur, courriel):
        return []
    verbes = [t for t in CYCLE.depuis(courriel.etat) if t.verbe in VERBES]
    return [
        {
            "url": reverse(f"courriels:{transition.verbe}", args=[courriel.pk]),
            "libelle": transition.libelle,
            "premier": rang == 0 and transition.verbe != "annuler",
        }
        for rang, transition in enumerate(verbes)
    ]


@require_GET
def detail(request, pk):
    courriel = get_object_or_404(_visibles(request), pk=pk)
    masque = masque_pour(request.user, courriel)
    contexte = {
        "courriel": courriel,
        "corps": masquer(courriel.corps) if masque else courriel.corps,
        "ton": TONS[courriel.etat],
        "attend": courriel.etat == EtatCourriel.EN_ATTENTE,
        "piece_attendue": courriel.erreur.startswith(PAS_PRETE),
        "pieces": courriel.pieces_jointes.defer("contenu"),
        "prevue": lots.piece_prevue(courriel.lot) if courriel.etat == EtatCourriel.RETENU else None,
        "boutons": _boutons(request.user, courriel),
        "fil": [{"url": reverse("courriels:boite"), "titre": nom_boite(request.user)}],
    }
    return render(request, "courriels/detail.html", contexte)


@require_GET
def piece(request, pk, piece_pk):
    courriel = get_object_or_404(_visibles(request), pk=pk)
    fichier = get_object_or_404(PieceJointe, pk=piece_pk, courriel=courriel)
    contenu = contenu_de(fichier)
    if masque_pour(request.user, courriel):
        contenu = masquer_fichier(contenu, fichier.mime)
    reponse = HttpResponse(contenu, content_type=fichier.mime)
    reponse.headers["Content-Disposition"] = content_disposition_header(True, fichier.nom)
    return reponse


@require_GET
def piece_prevue(request, pk):
    """The file that this held mail will take along, to be read before it leaves."""
    courriel = get_object_or_404(_visibles(request).select_related("lot"), pk=pk)
    prevue = lots.piece_prevue(courriel.lot)
    if prevue is None or courriel.etat != EtatCourriel.RETENU:
        raise Http404
    contenu = prevue.contenu(courriel)
    if masque_pour(request.user, courriel):
        contenu = masquer_fichier(contenu, prevue.mime)
    reponse = HttpResponse(contenu, content_type=prevue.mime)
    reponse.headers["Content-Disposition"] = content_disposition_header(True, prevue.nom)
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
