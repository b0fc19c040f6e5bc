"""Recusals, offices and phases."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidatures.appels.models import Appel
from candidatures.dossiers.cycle_de_vie import EN_INSTRUCTION
from candidatures.dossiers.droits import deports_actifs, visibles_par
from candidatures.instruction.domaine import aveugle, deports, phases
from candidatures.instruction.domaine.profils import LECTEURS
from candidatures.instruction.forms.organiser import (
    FormulaireDeport,
    FormulaireMandat,
    FormulaireNomsMasques,
    FormulairePhases,
    FormulaireRouvrir,
)
from candidatures.instruction.models import (
    Deport,
    Evaluation,
    MandatElectif,
    NomsMasques,
    PhaseInstruction,
)
from candidatures.instruction.views.dgaln import VueFormulaireInstruction, verifier_instructeur
from candidatures.instruction.views.evaluateur import charger_a_lire
from socle.erreurs import ActionInterdite
from socle.interface.vues import VueFormulaire, VueVerbe


class VueMeDeporter(VueVerbe):
    """One click with a reason; from then on the dossier is closed to the person."""

    def charger(self):
        return charger_a_lire(self.request.user, self.kwargs["reference"])

    def executer(self, objet):
        effet = deports.effet(objet)
        self.message = f"Votre déport est inscrit\u00a0: ce dossier vous est fermé. {effet}"
        return deports.declarer_deport(
            candidature=objet,
            personne=self.request.user,
            motif=self.motif,
            par=self.request.user,
        )

    def url_retour(self, objet):
        return reverse("candidatures:mes_deports")


def _deposees(candidature):
    filtres = {"candidature": candidature, "depose_le__isnull": False}
    return Evaluation.comptees.filter(**filtres).select_related("evaluateur")


class VueDeports(VueFormulaireInstruction):
    """Who is recused from a dossier, and the form to recuse somebody."""

    form_class = FormulaireDeport
    template_name = "candidatures/instruction/deports.html"
    titre = "Déports"
    message = "Le déport est enregistré : cette personne ne voit plus le dossier."

    def get_context_data(self, **kwargs):
        lignes = self.objet.deports.select_related("personne__organisme", "par", "leve_par")
        return super().get_context_data(
            deports=lignes.order_by("leve_le", "-le", "pk"),
            candidature=self.objet,
            aveugle=self.objet.etat in EN_INSTRUCTION
            and self.objet.appel.phases.filter(aveugle=True).exists(),
            effet=deports.effet_complet(self.objet),
            deposees=[e.evaluateur for e in _deposees(self.objet)],
            **kwargs,
        )

    def executer(self, form):
        return deports.declarer_deport(
            candidature=self.objet,
            personne=form.cleaned_data["personne"],
            motif=form.cleaned_data["motif"],
            par=self.request.user,
        )

    def url_retour(self):
        if self.resultat.personne == self.request.user:
            return reverse("candidatures:mes_deports")
        return reverse("candidatures:deports", args=[self.objet.reference])


class VueNomsMasques(VueFormulaireInstruction):
    """What the blind reading cannot know by itself."""

    form_class = FormulaireNomsMasques
    fusion = True
    titre = "Noms masqués à l’aveugle"
    message = "Ces noms sont masqués dès la prochaine lecture à l’aveugle."

    def get_initial(self):
        lus = NomsMasques.objects.filter(candidature=self.objet).first()
        return {"noms": lus.noms if lus else ""}

    def executer(self, form):
        return aveugle.noter_noms_masques(
            candidature=self.objet, noms=form.cleaned_data["noms"], par=self.request.user
        )

    def url_retour(self):
        return reverse("candidatures:deports", args=[self.objet.reference])


class VueLeverDeport(VueVerbe):
    message = "Le déport est levé."

    def charger(self):
        verifier_instructeur(self.request.user)
        return get_object_or_404(
            Deport.objects.select_related("candidature"),
            pk=self.kwargs["pk"],
            candidature__reference=self.kwargs["reference"],
        )

    def executer(self, objet):
        return deports.lever_deport(deport=objet, motif=self.motif, par=self.request.user)

    def url_retour(self, objet):
        return reverse("candidatures:deports", args=[objet.candidature.reference])


class VueMesDeports(VueFormulaire):
    """What I am recused from (by reference only), and my elected offices."""

    form_class = FormulaireMandat
    template_name = "candidatures/instruction/mes_deports.html"
    titre = "Mes déports"
    message = "Le mandat est enregistré : les dossiers de ce territoire vous sont fermés."

    def charger(self):
        if self.request.user.role not in LECTEURS:
            raise ActionInterdite("Cette page est réservée à celles et ceux qui évaluent.")

    def get_context_data(self, **kwargs):
        personne = self.request.user
        return super().get_context_data(
            deports=deports_actifs(personne).select_related("candidature").order_by("-le", "pk"),
            mandats=MandatElectif.objects.filter(personne=personne).select_related(
                "commune", "epci"
            ),
            **kwargs,
        )

    def executer(self, form):
        return deports.enregistrer_mandat(
            personne=self.request.user,
            fonction=form.cleaned_data["fonction"],
            **form.cleaned_data["territoire"],
            debut=form.cleaned_data["debut"],
            fin=form.cleaned_data["fin"],
            par=self.request.user,
        )


def _appel(request, slug):
    verifier_instructeur(request.user)
    return get_object_or_404(Appel.objects.select_related("dispositif"), slug=slug)


@require_safe
def calendriers(request):
    """The appels, to date the phases of each."""
    verifier_instructeur(request.user)
    appels = Appel.objects.select_related("dispositif").prefetch_related("phases")
    return render(request, "candidatures/instruction/calendriers.html", {"appels": appels})


class VuePhases(VueFormulaire):
    form_class = FormulairePhases
    fusion = True
    template_name = "candidatures/instruction/phases.html"
    titre = "Phases de l’instruction"
    message = "Les phases sont enregistrées."

    def charger(self):
        return _appel(self.request, self.kwargs["slug"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"phases": self.objet.phases.all()}

    def get_context_data(self, **kwargs):
        dates = list(self.objet.phases.select_related("rouverte_par"))
        return super().get_context_data(
            phases=dates,
            a_masquer=self._a_masquer() if any(p.aveugle for p in dates) else [],
            **kwargs,
        )

    def _a_masquer(self):
        """The dossiers read blind: each has its own names, that only somebody knows."""
        lus = visibles_par(self.request.user).filter(appel=self.objet, etat__in=EN_INSTRUCTION)
        notes = NomsMasques.objects.filter(candidature=OuterRef("pk")).exclude(noms="")
        return lus.annotate(masques=Exists(notes)).order_by("reference")

    def executer(self, form):
        return phases.dater_phases(
            appel=self.objet, periodes=form.periodes(), par=self.request.user
        )


class VueRouvrirPhase(VueFormulaire):
    form_class = FormulaireRouvrir
    template_name = "candidatures/instruction/phase_rouvrir.html"
    message = ""

    def charger(self):
        appel = _appel(self.request, self.kwargs["slug"])
        return get_object_or_404(
            PhaseInstruction.objects.select_related("appel"),
            appel=appel,
            genre=self.kwargs["genre"],
        )

    def executer(self, form):
        rouverte = phases.rouvrir_phase(
            phase=self.objet,
            jusqu_au=form.cleaned_data["jusqu_au"],
            motif=form.cleaned_data["motif"],
            par=self.request.user,
        )
        messages.success(self.request, "La phase est rouverte.")
        return rouverte

    def url_retour(self):
        return reverse("candidatures:phases", args=[self.objet.appel.slug])
