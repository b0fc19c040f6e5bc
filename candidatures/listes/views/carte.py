"""The national map, with its list twin, under the same conditions as the list."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidatures.dossiers import droits
from candidatures.listes.domaine import carte as domaine
from candidatures.listes.domaine import etat, lecture
from candidatures.listes.domaine.panneau import groupes_dits, options, panneau
from socle.erreurs import ActionInterdite


@require_safe
def carte(request):
    if not droits.peut_voir_carte(request.user):
        raise ActionInterdite(
            "La carte nationale est réservée à la DGALN et aux services régionaux."
        )
    instructeur = droits.est_instructeur(request.user)
    lu = etat.lire(request.GET, instructeur=instructeur)
    visibles = droits.reperes_visibles_par(request.user)
    filtrees = lecture.filtrees(visibles, lu, instructeur=instructeur)
    territoires = domaine.dessiner(filtrees, domaine.liens(lu, reverse("candidatures:liste")))
    choix, total = options(instructeur=instructeur), lecture.compter(filtrees)
    contexte = {
        "etat": lu,
        "panneau": panneau(lu, choix, instructeur=instructeur),
        "groupes": groupes_dits(lu, choix, instructeur=instructeur),
        "total": min(total, lecture.PLAFOND),
        "plus": total > lecture.PLAFOND,
        "territoires": territoires,
        "loupe": [t for t in territoires if t.zoom],
        "transformation": domaine.LOUPE,
        "legende": domaine.legende(),
        "tableau": domaine.tableau(territoires),
        "contours": domaine.contours(),
        "url_liste": f"{reverse('candidatures:liste')}?{lu.requete() or 'vue=toutes'}",
    }
    return render(request, "candidatures/listes/carte.html", contexte)
