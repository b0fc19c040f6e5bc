"""The reviewer’s pile, and the filing of an evaluation."""

from datetime import UTC, datetime

from django.core.paginator import Paginator
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidatures.dossiers.cycle_de_vie import EN_DECISION
from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine import requetes
from candidatures.instruction.domaine.aveugle import etiquettes, lit_a_l_aveugle
from candidatures.instruction.domaine.lecture import lisibles_par
from candidatures.instruction.domaine.progression import estimation, par_appel
from candidatures.instruction.domaine.synthese import arrondir
from candidatures.instruction.droits import evaluations_deposees_par
from candidatures.instruction.models import Evaluation
from socle.comptes.choix import Role
from socle.erreurs import ActionInterdite

PAR_PAGE = 50


def charger_a_lire(utilisateur, reference) -> Candidature:
    """What one may read, or what is entrusted to them (blind readings included), or 404."""
    lisibles = lisibles_par(utilisateur).select_related("appel")
    return get_object_or_404(lisibles, reference=reference)


def charger_evaluation(request, reference) -> Evaluation:
    """404 when the dossier cannot be seen, 403 when it is entrusted to someone else."""
    candidature = charger_a_lire(request.user, reference)
    confiee = Evaluation.objects.filter(
        candidature=candidature, evaluateur=request.user, ecartee_le__isnull=True
    ).first()
    if confiee is None:
        raise ActionInterdite("Ce dossier ne vous est pas confié.")
    confiee.candidature = candidature
    return confiee


def _groupes(confiees) -> list[dict]:
    """What is to read, then what is filed."""
    groupes = [
        {"titre": "À lire", "evaluations": [e for e in confiees if not e.depose_le]},
        {"titre": "Déposées", "evaluations": [e for e in confiees if e.depose_le]},
    ]
    return [g for g in groupes if g["evaluations"]]


@require_safe
def liste(request):
    if request.user.role not in (Role.EVALUATEUR, Role.DGALN):
        raise ActionInterdite("Cette page est réservée aux évaluateurs.")
    toutes = requetes.pile_entiere(request.user)
    page = Paginator(toutes, PAR_PAGE).get_page(request.GET.get("page"))
    confiees = requetes.lire_pile([pk for pk, _, _ in page.object_list])
    masquees = [e for e in confiees if lit_a_l_aveugle(request.user, e.candidature)]
    noms = etiquettes({e.candidature_id for e in masquees}) if masquees else {}
    for evaluation in confiees:
        evaluation.nom_masque, reference = "", evaluation.candidature.reference
        ecran = "lire" if evaluation.candidature.etat in EN_DECISION else "evaluation_deposee"
        evaluation.url = reverse(f"candidatures:{ecran}", args=[reference])
    for evaluation in masquees:
        evaluation.nom_masque = noms[evaluation.candidature_id]
    avancees = [a for a in par_appel(lue[1:] for lue in toutes) if not a.finie]
    en_cours = {a.appel for a in avancees}
    contexte = {
        "groupes": _groupes(confiees),
        "avancees": avancees,
        "finies": len(toutes) - sum(a.total for a in avancees),
        "total": len(toutes),
        "page": page,
        # The pace of the appels that are read now, not that of former years.
        "reste": estimation(
            [
                datetime.fromtimestamp(le, UTC)
                for _, appel, le in toutes
                if le and appel in en_cours
            ],
            sum(a.total - a.deposees for a in avancees),
        ),
    }
    return render(request, "candidatures/instruction/evaluations.html", contexte)


@require_safe
def deposee(request, reference):
    """What one filed, to read again once the dossier is no longer read: theirs, and no more."""
    filees = evaluations_deposees_par(request.user).select_related("candidature__appel")
    filees = filees.prefetch_related("notes__critere", "candidature__appel__phases")
    evaluation = get_object_or_404(filees, candidature__reference=reference)
    candidature, nom = evaluation.candidature, evaluation.candidature.titre
    aveugle = lit_a_l_aveugle(request.user, candidature)
    if aveugle:
        nom = etiquettes([candidature.pk])[candidature.pk]
    notes = sorted(evaluation.notes.all(), key=lambda n: (n.critere.ordre, n.critere_id))
    contexte = {
        "evaluation": evaluation,
        "nom": nom,
        "aveugle": aveugle,
        "notes": notes,
        "moyenne": arrondir(evaluation.moyenne) if evaluation.moyenne is not None else None,
        "ouverte": candidature.etat in EN_DECISION,
    }
    return render(request, "candidatures/instruction/evaluation_deposee.html", contexte)


@require_safe
def evaluer(request, reference):
    """The address that former mails give: the grid is on the reading screen."""
    charger_evaluation(request, reference)
    return HttpResponsePermanentRedirect(reverse("candidatures:lire", args=[reference]))
