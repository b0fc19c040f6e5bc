"""The evaluator reads on the left and notes on the right."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidatures.dossiers.views.lecture import charger
from candidatures.instruction import droits
from candidatures.instruction.domaine import evaluation as verbes
from candidatures.instruction.domaine import requetes
from candidatures.instruction.domaine.synthese import synthese
from candidatures.instruction.forms.evaluer import FormulaireGrille
from candidatures.instruction.models import Evaluation
from socle.comptes.choix import Role
from socle.erreurs import ActionInterdite
from socle.interface.vues import VueFormulaire, VueVerbe


def charger_evaluation(request, reference):
    """404 when the dossier cannot be seen, 403 when it is entrusted to someone else."""
    candidature = charger(request.user, reference)
    confiee = (
        Evaluation.objects.filter(candidature=candidature, evaluateur=request.user)
        .prefetch_related("notes")
        .first()
    )
    if confiee is None:
        raise ActionInterdite("Ce dossier ne vous est pas confié.")
    confiee.candidature = candidature
    return confiee


@require_safe
def liste(request):
    if request.user.role not in (Role.EVALUATEUR, Role.DGALN):
        raise ActionInterdite("Cette page est réservée aux évaluateurs.")
    confiees = requetes.ordre_evaluateur(request.user)
    deposees = sum(1 for evaluation in confiees if evaluation.depose_le)
    contexte = {"evaluations": confiees, "deposees": deposees, "total": len(confiees)}
    return render(request, "candidatures/instruction/evaluations.html", contexte)


class VueEvaluer(VueFormulaire):
    form_class = FormulaireGrille
    template_name = "candidatures/instruction/evaluer.html"
    titre = "Évaluer la candidature"
    message = "Votre brouillon est enregistré."

    def charger(self):
        return charger_evaluation(self.request, self.kwargs["reference"])

    def get_initial(self):
        return {"synthese": self.objet.synthese, "revision": self.objet.revision}

    def get_form_kwargs(self):
        grille = self.objet.candidature.appel.grille
        return super().get_form_kwargs() | {
            "criteres": grille.criteres.all() if grille else [],
            "notes": {n.critere_id: n for n in self.objet.notes.all()},
        }

    def get_context_data(self, **kwargs):
        candidature = self.objet.candidature
        ordre = [e.candidature.reference for e in requetes.ordre_evaluateur(self.request.user)]
        precedente, suivante, rang, total = requetes.voisines(ordre, candidature.reference)
        lisible = droits.peut_lire_notes(self.request.user, candidature)
        return super().get_context_data(
            candidature=candidature,
            evaluation=self.objet,
            manques=[] if self.objet.depose_le else verbes.manques_depot(self.objet),
            synthese=synthese(candidature) if lisible else None,
            precedente=precedente,
            suivante=suivante,
            rang=rang,
            total=total,
            **kwargs,
        )

    def executer(self, form):
        return verbes.evaluer(
            evaluation=self.objet,
            notes=form.notes(),
            synthese=form.cleaned_data["synthese"],
            revision=form.cleaned_data["revision"],
            par=self.request.user,
        )


class VueDeposerEvaluation(VueVerbe):
    message = "Votre évaluation est déposée. Merci de votre lecture."

    def charger(self):
        return charger_evaluation(self.request, self.kwargs["reference"])

    def executer(self, objet):
        return verbes.deposer_evaluation(evaluation=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("candidatures:evaluations")
