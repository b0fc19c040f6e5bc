"""Calls, read without an account."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
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
        "fermeture": fenetres.dire(appel.ferme_le, heure_locale=appel.heure_locale),
        "questions": [q for q in questions if q.type != TypeQuestion.FICHIER],
        "pieces_propres": [q for q in questions if q.type == TypeQuestion.FICHIER],
        "peut_candidater": candidat and appel.est_ouvert(),
        "gere": gere,
        "brouillon": appel.etat == EtatAppel.BROUILLON,
        "publie": appel.etat == EtatAppel.PUBLIE,
        "clos": appel.etat == EtatAppel.CLOS,
        "ferme": appel.est_ferme(),
        "repris_de": requetes.repris_de(appel) if gere else "",
        "manques": manques(appel) if gere and appel.etat == EtatAppel.BROUILLON else [],
        "etapes": appel.dispositif.etapes.all(),
        "pieces": versions.pieces_demandees(appel, version),
    }
    return render(request, "candidatures/appels/page.html", contexte)
