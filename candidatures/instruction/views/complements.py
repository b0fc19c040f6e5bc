"""The answer to a request for compléments, against what it replaces: the DGALN and the carriers."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidatures.dossiers.droits import porte
from candidatures.dossiers.views.lecture import charger, contexte_entete
from candidatures.instruction.domaine import suite_complements as verbes
from candidatures.instruction.domaine.differences import differences, versions
from candidatures.instruction.forms.complements import FormulaireProlonger, FormulaireRetirerDemande
from candidatures.instruction.models import DemandeComplement
from candidatures.instruction.views.dgaln import charger_pour_instruire, verifier_instructeur
from socle.interface.vues import VueFormulaire


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


class VueDemandeEnvoyee(VueFormulaire):
    """An act of the DGALN on a request that waits for its answer."""

    template_name = "candidatures/instruction/complements_suite.html"

    def charger(self):
        reference = self.kwargs["reference"]
        self.candidature = charger_pour_instruire(self.request, reference, entier=False)
        demandes = DemandeComplement.objects.select_related("candidature")
        demandes = demandes.filter(candidature=self.candidature, repondue_le__isnull=True)
        return get_object_or_404(demandes, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(candidature=self.candidature, **kwargs)

    def url_retour(self):
        return reverse("candidatures:instruire", args=[self.candidature.reference])


class VueProlonger(VueDemandeEnvoyee):
    form_class = FormulaireProlonger
    titre = "Prolonger la demande de compléments"
    message = "La nouvelle échéance est enregistrée ; les porteurs sont prévenus."

    def executer(self, form):
        return verbes.prolonger_complements(
            demande=self.objet, echeance=form.cleaned_data["echeance"], par=self.request.user
        )


class VueRetirerDemande(VueDemandeEnvoyee):
    form_class = FormulaireRetirerDemande
    titre = "Retirer la demande de compléments"
    message = "La demande est retirée ; les porteurs sont prévenus, l’instruction reprend."

    def executer(self, form):
        return verbes.retirer_complements(
            demande=self.objet, motif=form.cleaned_data["motif"], par=self.request.user
        )
