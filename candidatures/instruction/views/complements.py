"""DGALN reads the answer to a request for compléments, against what it replaces."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from candidatures.dossiers.views.lecture import contexte_entete
from candidatures.instruction.domaine.differences import differences, versions
from candidatures.instruction.models import DemandeComplement
from candidatures.instruction.views.dgaln import charger_pour_instruire


@require_safe
def comparer(request, reference, pk):
    candidature = charger_pour_instruire(request, reference, entier=False)
    demandes = DemandeComplement.objects.prefetch_related("elements__piece_requise")
    demande = get_object_or_404(demandes, candidature=candidature, pk=pk)
    avant, apres = versions(demande)
    contexte = contexte_entete(request, candidature) | {
        "demande": demande,
        "differences": differences(demande),
        "avant": avant,
        "apres": apres,
    }
    return render(request, "candidatures/instruction/comparer.html", contexte)
