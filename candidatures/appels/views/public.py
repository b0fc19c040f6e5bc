"""Calls, read without an account."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from candidatures.appels.choix import EtatAppel, TypeQuestion
from candidatures.appels.domaine import fenetres, requetes, versions
from candidatures.appels.domaine.appels import manques
from candidatures.appels.droits import peut_gerer, visibles_par
from socle.comptes.choix import Role


@login_not_required
@require_safe
def appels(request):
    visibles = visibles_par(request.user)
    gere = peut_gerer(request.user)
    contexte = {
        "ouverts": requetes.ouverts(visibles),
        "a_venir": requetes.a_venir(visibles),
        "passes": requetes.passes(visibles),
        "en_preparation": requetes.en_preparation(visibles) if gere else [],
        "gere": gere,
    }
    return render(request, "candidatures/appels/liste.html", contexte)


def _ce_que_publie(appel) -> str:
    """What the act shows to everybody, and what it freezes: read before doing it."""
    quand = (
        f"se déposeront à partir du {fenetres.dire(appel.ouvre_le)}"
        if appel.ouvre_le > timezone.now()
        else "se déposent dès maintenant"
    )
    fige = "le dispositif, la clôture (un report se fait par «\u00a0Prolonger l’appel\u00a0»)"
    return (
        "L’appel, son formulaire et ses pièces deviennent publics\u00a0: chacun les lit, sans "
        f"compte, et les candidatures {quand}. Ne changent plus ensuite\u00a0: {fige} et le choix "
        "de la grille d’évaluation. Le formulaire se révise en disant ce qui change\u00a0; "
        "l’ouverture, les visas et le délai, avec un motif que les auteurs lisent."
    )


@login_not_required
@require_safe
def appel(request, slug):
    appel = get_object_or_404(requetes.pour_page(visibles_par(request.user)), slug=slug)
    utilisateur = request.user
    candidat = utilisateur.is_authenticated and utilisateur.a_le_role(
        Role.SERVICE_ETAT, Role.COLLECTIVITE
    )
    gere = peut_gerer(utilisateur, appel)
    version = versions.publiee(appel)
    questions = list(version.questions.all()) if version else []
    contexte = {
        "appel": appel,
        "ouvert": appel.est_ouvert(),
        "ouverture": fenetres.dire(appel.ouvre_le),
        "fermeture": fenetres.dire(appel.ferme_le, heure_locale=appel.heure_locale),
        "pas_encore": appel.ouvre_le > timezone.now(),
        "questions": [q for q in questions if q.type != TypeQuestion.FICHIER],
        "pieces_propres": [q for q in questions if q.type == TypeQuestion.FICHIER],
        "peut_candidater": candidat and appel.est_ouvert(),
        "gere": gere,
        "brouillon": appel.etat == EtatAppel.BROUILLON,
        "publie": appel.etat == EtatAppel.PUBLIE,
        "clos": appel.etat == EtatAppel.CLOS,
        "ferme": appel.est_ferme(),
        "repris_de": requetes.repris_de(appel) if gere else "",
        "confirmation": _ce_que_publie(appel) if gere else "",
        "manques": manques(appel) if gere and appel.etat == EtatAppel.BROUILLON else [],
        "etapes": appel.dispositif.etapes.all(),
        "pieces": versions.pieces_demandees(appel, version),
    }
    return render(request, "candidatures/appels/page.html", contexte)
