"""The draw: asked, read, kept. And one reviewer replaced by another."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from candidatures.appels.models import Appel
from candidatures.dossiers.droits import visibles_par
from candidatures.instruction.choix import GenreLot
from candidatures.instruction.domaine import ajustement, exclusions
from candidatures.instruction.domaine import tirage as verbes
from candidatures.instruction.domaine.lots import OPERATIONS
from candidatures.instruction.domaine.phases import fin_de_l_evaluation
from candidatures.instruction.forms.repartir import (
    FormulaireAjuster,
    FormulaireRemplacer,
    FormulaireTirage,
)
from candidatures.instruction.models import Evaluation, Tirage
from candidatures.instruction.views.dgaln import (
    VueFormulaireInstruction,
    charger_pour_instruire,
    verifier_instructeur,
)
from socle.comptes.models import Utilisateur
from socle.interface.vues import VueFormulaire, VueVerbe


class VueTirer(VueFormulaire):
    form_class = FormulaireTirage
    template_name = "candidatures/instruction/tirer.html"
    titre = "Répartir les dossiers"
    message = ""

    def charger(self):
        verifier_instructeur(self.request.user)
        return get_object_or_404(Appel.objects.all(), slug=self.kwargs["slug"])

    def get_initial(self):
        return {"echeance": fin_de_l_evaluation(self.objet)}

    def executer(self, form):
        return verbes.proposer_tirage(appel=self.objet, par=self.request.user, **form.cleaned_data)

    def url_retour(self):
        return reverse("candidatures:tirage", args=[self.resultat.pk])


def _tirage(request, pk):
    verifier_instructeur(request.user)
    return get_object_or_404(Tirage.objects.select_related("appel", "garde_par"), pk=pk)


def _retires(lu: Tirage, confiees) -> dict[int, list[str]]:
    """By dossier, from whom keeping the draw would take it back."""
    noms: dict[int, list[str]] = {}
    for e in confiees:
        if e.evaluateur_id not in lu.proposition[str(e.candidature_id)] and not verbes.commencee(e):
            noms.setdefault(e.candidature_id, []).append(e.evaluateur.nom_complet)
    return noms


def _ou_elle_en_est(evaluation) -> str:
    if evaluation.depose_le:
        return "déposée"
    return "commencée" if verbes.commencee(evaluation) else ""


def _a_mettre_en_evaluation(lignes) -> list[str]:
    """Those entrusted that nobody may read yet: the step that comes after the draw."""
    depart = OPERATIONS[GenreLot.EVALUATION].depart
    return [
        ligne["dossier"].reference
        for ligne in lignes
        if ligne["lecteurs"] and ligne["dossier"].etat == depart
    ]


@require_safe
def tirage(request, pk):
    """« Proposition de tirage »: by dossier, then the load of each."""
    lu = _tirage(request, pk)
    personnes = Utilisateur.objects.in_bulk({p for lus in lu.proposition.values() for p in lus})
    dossiers = visibles_par(request.user).filter(pk__in=[int(d) for d in lu.proposition])
    confiees = Evaluation.comptees.filter(candidature__in=dossiers).select_related("evaluateur")
    retires = {} if lu.garde_le else _retires(lu, confiees)
    actuels = {(e.candidature_id, e.evaluateur_id): _ou_elle_en_est(e) for e in confiees}
    refuses = exclusions.ecartes(lu, list(dossiers))
    voulu, ajustes = lu.parametres["n"], ajustement.ajustes(lu)
    lignes = [
        {
            "dossier": dossier,
            "lecteurs": [
                {
                    "nom": personnes[p].nom_complet,
                    "etat": actuels.get((dossier.pk, p), ""),
                    "nouveau": (dossier.pk, p) not in actuels,
                }
                for p in lu.proposition[str(dossier.pk)]
            ],
            "retires": retires.get(dossier.pk, ()),
            "ajuste": str(dossier.pk) in ajustes,
            "ecartes": [e for e in refuses[dossier.pk] if e.ferme],
            "apres": [e for e in refuses[dossier.pk] if not e.ferme],
            "manque": max(0, voulu - len(lu.proposition[str(dossier.pk)])),
        }
        for dossier in dossiers.order_by("reference")
    ]
    charges = {p: 0 for p in verbes.tirables()}
    for lus in lu.proposition.values():
        for p in lus:
            charges[personnes[p]] = charges.get(personnes[p], 0) + 1
    contexte = {
        "tirage": lu,
        "n": voulu,
        "lignes": lignes,
        "charges": [{"nom": p.nom_complet, "nombre": n} for p, n in charges.items()],
        "plus_charge": max(charges.values(), default=0),
        "alertes": [] if lu.garde_le else ajustement.alertes(lu),
        "ajustes": len(ajustes),
        "retraits": sum(map(len, retires.values())),
        "a_evaluer": _a_mettre_en_evaluation(lignes) if lu.garde_le else [],
        "genre_lot": GenreLot.EVALUATION,
    }
    return render(request, "candidatures/instruction/tirage.html", contexte)


class VueAjuster(VueFormulaire):
    """Who reads one dossier of the proposal: ticked, unticked."""

    form_class = FormulaireAjuster
    template_name = "candidatures/instruction/tirage_ajuster.html"
    titre = "Modifier la proposition"
    message = "La proposition est modifiée : elle reste à garder."

    def charger(self):
        self.tirage = _tirage(self.request, self.kwargs["pk"])
        tires = [int(cle) for cle in self.tirage.proposition]
        visibles = visibles_par(self.request.user).filter(pk__in=tires)
        return get_object_or_404(visibles, reference=self.kwargs["reference"])

    @cached_property
    def commencees(self):
        return Utilisateur.objects.filter(pk__in=ajustement.commencees(self.objet))

    def get_initial(self):
        return {"lecteurs": self.tirage.proposition[str(self.objet.pk)]}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "candidature": self.objet,
            "charges": ajustement.charges(self.tirage.proposition),
            "commencees": [p.pk for p in self.commencees],
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            tirage=self.tirage, commencees=list(self.commencees), **kwargs
        )

    def executer(self, form):
        return ajustement.ajuster_tirage(
            tirage=self.tirage,
            candidature=self.objet,
            lecteurs=[*form.cleaned_data["lecteurs"], *self.commencees],
            par=self.request.user,
        )

    def url_retour(self):
        return reverse("candidatures:tirage", args=[self.tirage.pk])


class VueGarderTirage(VueVerbe):
    message = "Le tirage est gardé : les dossiers sont confiés."

    def charger(self):
        return _tirage(self.request, self.kwargs["pk"])

    def executer(self, objet):
        return verbes.garder_tirage(tirage=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("candidatures:tirage", args=[objet.pk])


class VueRemplacer(VueFormulaireInstruction):
    form_class = FormulaireRemplacer
    message = "Le dossier a changé de main."
    titre = "Remplacer un évaluateur"

    def charger(self):
        candidature = charger_pour_instruire(self.request, self.kwargs["reference"])
        self.evaluation = get_object_or_404(
            Evaluation, candidature=candidature, pk=self.kwargs["pk"]
        )
        return candidature

    def get_context_data(self, **kwargs):
        nom = self.evaluation.evaluateur.nom_complet
        return super().get_context_data(titre=f"Remplacer {nom}", **kwargs)

    def executer(self, form):
        return verbes.remplacer_evaluateur(
            evaluation=self.evaluation,
            par_qui=form.cleaned_data["personne"],
            par=self.request.user,
        )
