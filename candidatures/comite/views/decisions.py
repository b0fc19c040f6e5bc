"""From the closed committee to the prepared decisions: the dry run and the act."""

from django import forms
from django.contrib import messages
from django.urls import reverse

from candidatures.comite.choix import EtatComite
from candidatures.comite.domaine import decisions as verbes
from candidatures.comite.views.commun import charger
from candidatures.instruction.choix import SensDecision
from candidatures.instruction.models import MotifType, Signataire
from socle.interface.formulaires import FormulaireDsfr
from socle.interface.vues import VueFormulaire


class FormulaireDecisions(FormulaireDsfr):
    """A standard reason per sense, for the deliberations that wrote none."""

    signataire = forms.ModelChoiceField(
        label="Signataire des lettres",
        queryset=Signataire.objects.filter(actif=True),
        required=False,
        help_text="À défaut, les lettres sont à votre nom.",
    )
    datee_du = forms.DateField(
        label="Lettres datées du",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Aujourd’hui si vous ne choisissez pas.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for sens in verbes.SENS.values():
            self.fields[f"motif_{sens}"] = forms.ModelChoiceField(
                label=f"Motif type : {SensDecision(sens).label.lower()}",
                queryset=MotifType.objects.filter(actif=True, sens=sens),
                required=False,
            )

    def motifs(self) -> dict:
        lus = {sens: self.cleaned_data.get(f"motif_{sens}") for sens in verbes.SENS.values()}
        return {sens: motif for sens, motif in lus.items() if motif}


class VuePreparerDecisions(VueFormulaire):
    template_name = "candidatures/comite/decisions.html"
    form_class = FormulaireDecisions
    message = ""

    def charger(self):
        return charger(self.request.user, self.kwargs["pk"])

    def _plan(self):
        if not hasattr(self, "plan"):
            tous = {s: m for s in verbes.SENS.values() if (m := _premier(s))}
            self.plan = verbes.planifier(self.objet, self.request.user, tous)
        return self.plan

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        nombre = len(self._plan().a_preparer)
        s = "s" if nombre > 1 else ""
        form.libelle_envoi = (
            f"Préparer {'les ' if s else 'la '}{f'{nombre} ' if s else ''}décision{s}"
        )
        return form

    def executer(self, form):
        lus = form.cleaned_data
        lot, plan = verbes.preparer_decisions(
            comite=self.objet,
            motifs=form.motifs(),
            signataire=lus["signataire"],
            datee_du=lus["datee_du"],
            par=self.request.user,
        )
        s = "s" if lot.nombre > 1 else ""
        texte = f"{lot.nombre} décision{s} préparée{s}. Le lot peut être annulé avant publication."
        messages.success(self.request, texte)
        if plan.refus:
            laissees = " ; ".join(f"{reference}, {raison}" for reference, raison in plan.refus)
            messages.warning(self.request, f"{len(plan.refus)} non préparée(s) : {laissees}.")
        return lot

    def url_retour(self):
        return f"{reverse('candidatures:decisions')}?appel={self.objet.appel.slug}"

    def get_context_data(self, **kwargs):
        plan = self._plan()
        comptes = [(s.label, plan.nombre(s)) for s in verbes.SENS.values() if plan.nombre(s)]
        return super().get_context_data(
            comite=self.objet,
            plan=plan,
            comptes=comptes,
            clos=self.objet.etat == EtatComite.CLOS,
            **kwargs,
        )


def _premier(sens):
    return MotifType.objects.filter(actif=True, sens=sens).first()
