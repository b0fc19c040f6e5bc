"""From the closed committee to the prepared decisions: the dry run and the act."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.urls import reverse

from candidatures.comite.choix import EtatComite
from candidatures.comite.domaine import decisions as verbes
from candidatures.comite.domaine import ecarts as verbes_ecarts
from candidatures.comite.views.commun import VueVerbeComite, charger
from candidatures.instruction.choix import SensDecision, compter_rendues
from candidatures.instruction.models import MotifType, Signataire
from socle.interface.formulaires import FormulaireDsfr
from socle.interface.templatetags.interface import pluriel
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
        help_text="Le jour où vous publierez : elles ne partent qu’à cette date. Si vous ne "
        "choisissez pas : le premier jour de la phase de décision, ou aujourd’hui.",
    )

    annonce = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for sens in verbes.SENS.values():
            self.fields[f"motif_{sens}"] = forms.ModelChoiceField(
                label=f"Motif type : {SensDecision(sens).label.lower()}",
                queryset=MotifType.objects.filter(actif=True, sens=sens),
                required=False,
            )

    def choisis(self) -> dict:
        """The standard reasons ticked so far, whether the rest of the form is right or not."""
        lus = {}
        for sens in verbes.SENS.values():
            champ = self.fields[f"motif_{sens}"]
            valeur = self.data.get(self.add_prefix(f"motif_{sens}"), "") if self.is_bound else ""
            if valeur.isdecimal() and (motif := champ.queryset.filter(pk=valeur).first()):
                lus[sens] = motif
        return lus

    def motifs(self) -> dict:
        lus = {sens: self.cleaned_data.get(f"motif_{sens}") for sens in verbes.SENS.values()}
        return {sens: motif for sens, motif in lus.items() if motif}


class VuePreparerDecisions(VueFormulaire):
    template_name = "candidatures/comite/decisions.html"
    form_class = FormulaireDecisions
    message = ""

    def charger(self):
        return charger(self.request.user, self.kwargs["pk"])

    def get_initial(self):
        return {"annonce": self.plan().annonce}

    def plan(self, motifs=None):
        return verbes.planifier(self.objet, self.request.user, motifs)

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.libelle_envoi = _libelle(len(self.plan(form.choisis()).a_preparer))
        return form

    def form_valid(self, form):
        """Another count than the one read: nothing to correct, a list to read again."""
        plan = self.plan(form.motifs())
        if plan.annonce == form.cleaned_data["annonce"]:
            return super().form_valid(form)
        form.data = form.data.copy()
        form.data["annonce"] = plan.annonce
        return self.render_to_response(self.get_context_data(form=form, a_relire=plan.a_relire))

    def form_invalid(self, form):
        """The page announces again, with the standard reasons that were chosen."""
        form.data = form.data.copy()
        form.data["annonce"] = self.plan(form.choisis()).annonce
        return super().form_invalid(form)

    def executer(self, form):
        lus = form.cleaned_data
        lot, plan = verbes.preparer_decisions(
            comite=self.objet,
            motifs=form.motifs(),
            signataire=lus["signataire"],
            datee_du=lus["datee_du"],
            annonce=lus["annonce"],
            par=self.request.user,
        )
        s = "s" if lot.nombre > 1 else ""
        texte = f"{lot.nombre} décision{s} préparée{s}. Jusqu’à la publication, le lot s’annule "
        texte += "depuis « Lots en attente », ci-dessous."
        messages.success(self.request, texte)
        if plan.refus:
            laissees = "\u00a0; ".join(f"{reference}, {raison}" for reference, raison in plan.refus)
            messages.warning(
                self.request,
                f"{pluriel(len(plan.refus), 'décision non préparée,décisions non préparées')}"
                f"\u00a0: {laissees}.",
            )
        return lot

    def url_retour(self):
        return f"{reverse('candidatures:decisions')}?appel={self.objet.appel.slug}"

    def get_context_data(self, **kwargs):
        form = kwargs.get("form") or self.get_form()
        plan = self.plan(form.choisis())
        ecarts = verbes_ecarts.ecarts_lus(self.objet, self.request.user)
        comptes = compter_rendues({s: plan.nombre(s) for s in verbes.SENS.values()})
        return super().get_context_data(
            comite=self.objet,
            plan=plan,
            preparable=plan.preparable,
            comptes=comptes,
            ecarts=ecarts,
            alignables=sum(1 for e in ecarts if e.motif),
            clos=self.objet.etat == EtatComite.CLOS,
            **kwargs | {"form": form},
        )


def _libelle(nombre: int) -> str:
    if not nombre:
        return "Compter avec ces motifs"
    return f"Préparer les {nombre} décisions" if nombre > 1 else "Préparer la décision"


class VueAligner(VueVerbeComite):
    """Every gap that has its motif, in one act."""

    def executer(self, objet):
        annonce = self.request.POST.get("annonce", "")
        nombre = verbes_ecarts.aligner_decisions(
            comite=objet,
            par=self.request.user,
            annonce=int(annonce) if annonce.isdecimal() else None,
        )
        alignees = pluriel(nombre, "décision alignée,décisions alignées")
        messages.success(self.request, f"{alignees} sur la délibération du comité.")
        return nombre

    def url_retour(self, objet):
        return reverse("candidatures:comite_decisions", args=[objet.pk])


class FormulaireJustifier(FormulaireDsfr):
    libelle_envoi = "Garder cet écart"
    motif = forms.CharField(
        label="Motif de l’écart",
        help_text="Il reste à la DGALN : la lettre ne le cite pas.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class VueJustifier(VueFormulaire):
    """Why one decision is not the committee's."""

    template_name = "candidatures/comite/justifier.html"
    form_class = FormulaireJustifier
    message = "L’écart est motivé : la décision peut être publiée."

    def charger(self):
        self.comite = charger(self.request.user, self.kwargs["pk"])
        lus = verbes_ecarts.ecarts_lus(self.comite, self.request.user)
        voulue = self.kwargs["reference"]
        self.ecart = next((e for e in lus if e.decision.candidature.reference == voulue), None)
        if self.ecart is None:
            raise Http404("Aucun écart sur ce dossier.")
        return self.ecart.decision

    def get_initial(self):
        return {"motif": self.objet.motif_ecart}

    def executer(self, form):
        return verbes_ecarts.justifier_ecart(
            decision=self.objet, motif=form.cleaned_data["motif"], par=self.request.user
        )

    def url_retour(self):
        return reverse("candidatures:comite_decisions", args=[self.comite.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(comite=self.comite, ecart=self.ecart, **kwargs)
