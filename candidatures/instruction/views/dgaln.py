"""The DGALN reads a dossier and instructs it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from candidatures.dossiers.cycle_de_vie import CYCLE_CANDIDATURE, DECIDABLES, EN_DECISION
from candidatures.dossiers.domaine.texte_vise import perimes
from candidatures.dossiers.domaine.visas_absents import visas_absents
from candidatures.dossiers.views.lecture import charger, contexte_entete
from candidatures.dossiers.views.territoire import contexte_bref
from candidatures.instruction import droits
from candidatures.instruction.domaine import (
    avis,
    decision,
    delais,
    deports,
    evaluation,
    recevabilite,
    requetes,
)
from candidatures.instruction.domaine.phases import phases_de
from candidatures.instruction.domaine.synthese import synthese_pour
from candidatures.instruction.forms.complements import FormulaireComplements
from candidatures.instruction.forms.instruire import (
    FormulaireConfier,
    FormulaireDecision,
    FormulaireDemanderAvis,
    FormulaireReorienter,
)
from candidatures.instruction.models import Etiquette, Evaluation
from socle.erreurs import ActionInterdite
from socle.groupage import Partie
from socle.interface.vues import VueFormulaire, VueVerbe

PHASES = Partie("appel__phases")
VISAS = Partie("visas", avec=("organisme", "par"))
CONFIE_EN_COURS = "Le dossier est confié : les évaluateurs sont prévenus et peuvent le lire."
CONFIE_AVANT = (
    "Le dossier est confié. Les évaluateurs le liront et seront prévenus quand vous le mettrez "
    "en évaluation."
)


def verifier_instructeur(utilisateur):
    if not droits.peut_instruire(utilisateur):
        raise ActionInterdite("L’instruction des candidatures est réservée à la DGALN.")


def charger_pour_instruire(request, reference, entier=True, parties=()):
    """404 for who cannot see the dossier, 403 for who may not instruct it."""
    candidature = charger(request.user, reference, entier=entier, parties=parties)
    verifier_instructeur(request.user)
    return candidature


def _possibles(candidature) -> dict[str, bool]:
    verbes = {t.verbe for t in CYCLE_CANDIDATURE.depuis(candidature.etat)}
    return {
        "recevable": "declarer_recevable" in verbes,
        "complements": "demander_complements" in verbes,
        "evaluation": "mettre_en_evaluation" in verbes,
        "reorienter": "reorienter" in verbes and candidature.etat not in EN_DECISION,
        "confier": candidature.etat in evaluation.ETATS_CONFIABLES,
        "avis": candidature.etat in avis.ETATS_AVIS,
        "decision": candidature.etat in DECIDABLES,
    }


@require_safe
def instruire(request, reference):
    parties = (*requetes.PARTIES, PHASES, VISAS)
    candidature = charger_pour_instruire(request, reference, parties=parties)
    liees = requetes.completer(candidature)
    liste = request.GET.get("liste")
    voisinage = requetes.voisinage_dans_la_liste(request.user, candidature, liste)
    precedente, suivante, rang, total = voisinage
    possibles = _possibles(candidature)
    preparee = requetes.decision_en_preparation(liees)
    entete = contexte_entete(request, candidature)
    if preparee:
        entete |= {
            "suite": "Relire et publier la décision",
            "suite_url": reverse("candidatures:decisions"),
        }
    contexte = entete | {
        "possibles": possibles,
        "synthese": synthese_pour(request.user, liees),
        "evaluations": liees.evaluations.all(),
        "deportes": {d.personne_id for d in candidature.deports.all() if d.leve_le is None},
        "effet_deport": deports.effet(candidature),
        "notes_lisibles": droits.peut_lire_notes(request.user, liees),
        "phases": phases_de(candidature.appel),
        "avis": liees.avis.all(),
        "etiquettes": candidature.etiquettes.all(),
        "etiquettes_connues": list(Etiquette.objects.values_list("nom", flat=True)),
        "decision": preparee,
        "delai": delais.delai(candidature),
        "visas": (visas := candidature.visas.all()),
        "visas_perimes": perimes(candidature, visas),
        "visas_absents": visas_absents(candidature),
        "publiee": requetes.decision_publiee(candidature),
        "demandes": candidature.demandes_complement.all(),
        "manques": recevabilite.manques_evaluation(candidature) if possibles["evaluation"] else [],
        "precedente": precedente,
        "suivante": suivante,
        "rang": rang,
        "total": total,
        "liste": liste,
        "suite_liste": "" if liste is None else f"?{urlencode({'liste': liste})}",
        **contexte_bref(candidature),
    }
    return render(request, "candidatures/instruction/instruire.html", contexte)


class VueVerbeInstruction(VueVerbe):
    def charger(self):
        return charger_pour_instruire(self.request, self.kwargs["reference"])

    def url_retour(self, objet):
        return reverse("candidatures:instruire", args=[objet.reference])


class VueRecevable(VueVerbeInstruction):
    message = "La candidature est déclarée recevable."

    def executer(self, objet):
        return recevabilite.declarer_recevable(candidature=objet, par=self.request.user)


class VueIrrecevable(VueVerbeInstruction):
    message = "La candidature est déclarée irrecevable ; les porteurs en sont informés."

    def executer(self, objet):
        return recevabilite.declarer_irrecevable(
            candidature=objet, par=self.request.user, motif=self.motif
        )


class VueMettreEnEvaluation(VueVerbeInstruction):
    message = "Le dossier est en évaluation : les évaluateurs sont prévenus."

    def executer(self, objet):
        return recevabilite.mettre_en_evaluation(candidature=objet, par=self.request.user)


class VueReprendreEvaluation(VueVerbeInstruction):
    message = "Le dossier n’est plus confié à cette personne."

    def executer(self, objet):
        confiee = get_object_or_404(Evaluation, candidature=objet, pk=self.kwargs["pk"])
        return evaluation.reprendre_evaluation(
            evaluation=confiee, par=self.request.user, motif=self.motif
        )


class VueFormulaireInstruction(VueFormulaire):
    """A form of the DGALN about one candidature."""

    template_name = "candidatures/instruction/formulaire.html"

    def charger(self):
        return charger_pour_instruire(self.request, self.kwargs["reference"], entier=False)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"candidature": self.objet}

    def url_retour(self):
        return reverse("candidatures:instruire", args=[self.objet.reference])


class VueDemanderComplements(VueFormulaireInstruction):
    form_class = FormulaireComplements
    template_name = "candidatures/instruction/complements_demander.html"
    titre = "Demander des compléments"
    message = "La demande est envoyée aux porteurs ; le dossier leur est rouvert."

    def executer(self, form):
        return recevabilite.demander_complements(
            candidature=self.objet,
            motif=form.cleaned_data["motif"],
            echeance=form.cleaned_data["echeance"],
            attendus=form.attendus(),
            par=self.request.user,
        )


class VueConfier(VueFormulaireInstruction):
    form_class = FormulaireConfier
    titre = "Confier le dossier à des évaluateurs"
    message = ""

    def executer(self, form):
        confiees = evaluation.confier_a_plusieurs(
            candidature=self.objet,
            evaluateurs=list(form.cleaned_data["evaluateurs"]),
            echeance=form.cleaned_data["echeance"],
            par=self.request.user,
        )
        en_cours = self.objet.etat in EN_DECISION
        messages.success(self.request, CONFIE_EN_COURS if en_cours else CONFIE_AVANT)
        return confiees


class VueDemanderAvis(VueFormulaireInstruction):
    form_class = FormulaireDemanderAvis
    template_name = "candidatures/instruction/demander_avis.html"
    titre = "Demander un avis"
    message = "L’avis est demandé ; l’organisme peut lire le dossier."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"q": self.request.GET.get("q", "")}

    def get_context_data(self, **kwargs):
        return super().get_context_data(q=self.request.GET.get("q", ""), **kwargs)

    def executer(self, form):
        return avis.demander_avis(candidature=self.objet, par=self.request.user, **_choisis(form))


def _choisis(form) -> dict:
    return {nom: form.cleaned_data[nom] for nom in ("organisme", "question", "echeance")}


class VueReorienter(VueFormulaireInstruction):
    form_class = FormulaireReorienter
    titre = "Réorienter la candidature"
    message = "La candidature est réorientée ; les porteurs en sont informés."

    def executer(self, form):
        return decision.reorienter(
            candidature=self.objet,
            vers_dispositif=form.cleaned_data["vers_dispositif"],
            motif=form.cleaned_data["motif"],
            par=self.request.user,
        )


class VuePreparerDecision(VueFormulaireInstruction):
    form_class = FormulaireDecision
    titre = "Préparer la décision"
    message = "La décision est préparée. Personne ne la voit avant sa publication."

    def charger(self):
        return requetes.completer(super().charger())

    def get_initial(self):
        preparee = requetes.decision_en_preparation(self.objet)
        voulu = {nom: self.request.GET.get(nom, "") for nom in ("sens", "vers")}
        if preparee is None:
            return {"sens": voulu["sens"], "vers_dispositif": voulu["vers"]}
        if voulu["sens"] and voulu["sens"] != preparee.sens:
            # The motif of another sense would be a lie in the letter: it is written again.
            return {
                "sens": voulu["sens"],
                "vers_dispositif": voulu["vers"],
                "signataire": preparee.signataire_id,
                "revision": preparee.revision,
            }
        return {
            "sens": preparee.sens,
            "motif": preparee.motif,
            "vers_dispositif": preparee.vers_dispositif_id,
            "motif_type": preparee.motif_type_id,
            "signataire": preparee.signataire_id,
            "datee_du": preparee.datee_du if preparee.datee_du >= timezone.localdate() else None,
            "revision": preparee.revision,
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            synthese=synthese_pour(self.request.user, self.objet),
            possible=self.objet.etat in DECIDABLES,
            **kwargs,
        )

    def executer(self, form):
        return decision.preparer_decision(
            candidature=self.objet,
            sens=form.cleaned_data["sens"],
            motif=form.cleaned_data["motif"],
            vers_dispositif=form.cleaned_data["vers_dispositif"],
            motif_type=form.cleaned_data["motif_type"],
            signataire=form.cleaned_data["signataire"],
            datee_du=form.cleaned_data["datee_du"],
            revision=form.cleaned_data["revision"],
            par=self.request.user,
        )
