"""The answer to a request for compléments, against what it replaces: the DGALN and the carriers."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from candidatures.dossiers.droits import porte
from candidatures.dossiers.views.lecture import charger, contexte_entete
from candidatures.instruction.domaine.differences import differences, versions
from candidatures.instruction.models import DemandeComplement
from candidatures.instruction.views.dgaln import verifier_instructeur


@require_safe
def comparer(request, reference, pk):
    """The carriers read again what they were asked and what they answered, nothing else."""
    candidature = charger(request.user, reference, entier=False)
    porteur = porte(request.user, candidature)
    if not porteur:
        verifier_instructeur(request.user)
    demandes = DemandeComplement.objects.select_related("repondue_par")
    demandes = demandes.prefetch_related("elements__piece_requise")
    demande = get_object_or_404(demandes, candidature=candidature, pk=pk)
    avant, apres = versions(demande)
    contexte = contexte_entete(request, candidature) | {
        "demande": demande,
        "porteur": porteur,
        "differences": differences(demande),
        "avant": avant,
        "apres": apres,
    }
    return render(request, "candidatures/instruction/comparer.html", contexte)
