"""Opening an atelier from a retained candidature."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ateliers.livrables.domaine.ouverture import a_ouvrir, ouvrir_atelier, peut_ouvrir
from ateliers.parcours.droits import exiger
from candidatures.dossiers.droits import visibles_par
from socle.comptes.choix import Role
from socle.interface.vues import VueVerbe


@require_GET
def ouvrables(request):
    """Retained candidatures that this user may open."""
    exiger(
        request.user.role in (Role.DGALN, Role.SERVICE_ETAT),
        "L’ouverture revient au service pilote ou à la DGALN.",
    )
    candidatures = [
        c
        for c in a_ouvrir()
        .select_related("appel__dispositif", "perimetre", "service_pilote")
        .order_by("pk")
        if peut_ouvrir(request.user, c)
    ]
    return render(request, "ateliers/livrables/ouvrables.html", {"candidatures": candidatures})


class Ouvrir(VueVerbe):
    message = "L’atelier est ouvert. Commencez par le cadrage."

    def charger(self):
        return get_object_or_404(
            visibles_par(self.request.user), reference=self.kwargs["reference"]
        )

    def executer(self, objet):
        return ouvrir_atelier(candidature=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("ateliers:espace", args=[self.resultat.slug])
