"""The reserve list of an appel: withdrawals noted, places taken over."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidatures.appels.models import Appel
from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.droits import visibles_par
from candidatures.instruction.choix import SensDecision
from candidatures.instruction.domaine import desistements as verbes
from candidatures.instruction.models import Decision
from candidatures.instruction.views.dgaln import (
    VueVerbeInstruction,
    charger_pour_instruire,
    verifier_instructeur,
)


@require_safe
def reserve(request, slug):
    verifier_instructeur(request.user)
    appel = get_object_or_404(Appel, slug=slug)
    visibles = visibles_par(request.user).filter(appel=appel)
    prises = Decision.objects.filter(remplace__isnull=False).values("remplace_id")
    retenues = Decision.objects.filter(sens=SensDecision.RETENUE, publication__isnull=False)
    contexte = {
        "appel": appel,
        "attente": [
            d for d in verbes.liste_de_reserve(appel) if visibles.filter(pk=d.candidature_id)
        ],
        "retenues": visibles.filter(etat=E.RETENUE).order_by("titre"),
        "liberees": visibles.filter(
            etat=E.RETIREE, pk__in=retenues.values("candidature_id")
        ).exclude(pk__in=prises),
    }
    return render(request, "candidatures/instruction/reserve.html", contexte)


class VueDesistement(VueVerbeInstruction):
    message = "Le désistement est constaté : une place se libère."

    def executer(self, objet):
        return verbes.constater_desistement(
            candidature=objet, motif=self.motif, par=self.request.user
        )

    def url_retour(self, objet):
        return reverse("candidatures:reserve", args=[objet.appel.slug])


class VuePromouvoir(VueVerbeInstruction):
    message = "La promotion est préparée : relisez sa lettre, puis publiez-la."

    def executer(self, objet):
        remplace = charger_pour_instruire(
            self.request, self.request.POST.get("remplace", ""), entier=False
        )
        return verbes.promouvoir(
            candidature=objet, remplace=remplace, motif=self.motif, par=self.request.user
        )

    def url_retour(self, objet):
        return f"{reverse('candidatures:decisions')}?appel={objet.appel.slug}"
