"""The reading screen: the dossier on one side, the grid on the other. And two or three at once."""

from django.forms.utils import flatatt
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from candidatures.instruction import droits
from candidatures.instruction.domaine import deports, lecture, saisie
from candidatures.instruction.domaine import evaluation as verbes
from candidatures.instruction.domaine.grilles import formule
from candidatures.instruction.domaine.profils import LECTEURS
from candidatures.instruction.forms.evaluer import FormulaireGrille
from candidatures.instruction.views.evaluateur import charger_a_lire, charger_evaluation
from socle.erreurs import ActionInterdite
from socle.interface.saisie import VueSaisie, attributs
from socle.interface.vues import VueFormulaire, VueVerbe

COMPARABLES = 3


def charger_lecture(request, reference) -> lecture.Lecture:
    candidature = lecture.trouver(request.user, reference)
    if candidature is None:
        raise Http404("Aucun dossier à lire ne porte cette référence.")
    lue = lecture.lire(request.user, candidature)
    if lue.evaluation is None and not droits.peut_instruire(request.user):
        raise ActionInterdite("Ce dossier ne vous est pas confié.")
    return lue


class VueLire(VueFormulaire):
    """Each field is saved as it is typed; without script, the same form has its button."""

    form_class = FormulaireGrille
    template_name = "candidatures/instruction/lire.html"
    titre = "Lire la candidature"
    message = "Votre brouillon est enregistré."

    def charger(self):
        return charger_lecture(self.request, self.kwargs["reference"])

    @cached_property
    def evaluation(self):
        return self.objet.evaluation

    def get_initial(self):
        if self.evaluation is None:
            return {}
        return {"synthese": self.evaluation.synthese, "revision": self.evaluation.revision}

    def get_form_kwargs(self):
        notes = self.evaluation.notes.all() if self.evaluation else ()
        criteres = self.objet.criteres if self.evaluation else ()
        return super().get_form_kwargs() | {
            "criteres": criteres,
            "notes": {n.critere_id: n for n in notes},
        }

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if self.evaluation and not self.evaluation.depose_le:
            url = reverse("candidatures:lire_saisie", args=[self.objet.candidature.reference])
            revisions = form.revisions_saisie(self.evaluation.revision_synthese)
            form.brancher_saisie(attributs(url, form.champs_saisie(), revisions))
        return form

    def get_context_data(self, **kwargs):
        candidature, evaluation = self.objet.candidature, self.evaluation
        partagees = droits.peut_instruire(self.request.user) and not droits.doit_son_avis(
            self.request.user, candidature
        )
        ouverte = self.objet.ouverte
        return super().get_context_data(
            dossier=self.objet.dossier,
            parties=_avec_marges(self.request.user, self.objet, partagees),
            evaluation=evaluation,
            formule=formule(candidature.appel.grille),
            effet_deport=deports.effet(candidature),
            ouverte=ouverte,
            instructeur=droits.peut_instruire(self.request.user),
            manques=verbes.manques_depot(evaluation) if ouverte else [],
            synthese=lecture.synthese_lue(self.request.user, self.objet),
            progression=lecture.progression(self.request.user, self.objet),
            **kwargs,
        )

    def executer(self, form):
        if self.evaluation is None:
            raise ActionInterdite("Ce dossier ne vous est pas confié.")
        return verbes.evaluer(
            evaluation=self.evaluation,
            notes=form.notes(),
            synthese=form.cleaned_data["synthese"],
            revision=form.cleaned_data["revision"],
            par=self.request.user,
        )


def _avec_marges(utilisateur, lue: lecture.Lecture, partagees: bool) -> list[dict]:
    """Each part with what stands in its margin."""
    notes = saisie.notes_lues(utilisateur, lue.candidature, partagees=partagees)
    url = reverse("candidatures:marge_saisie", args=[lue.candidature.reference])
    lignes = []
    for partie in lue.dossier.parties:
        place = notes.get(partie.cle, {"mienne": None, "autres": []})
        mienne = place["mienne"]
        cles = {"texte": f"texte.{partie.cle}", "partagee": f"partagee.{partie.cle}"}
        revisions = {cles["texte"]: mienne.revision if mienne else 0}
        lignes.append(
            {
                "partie": partie,
                "texte": mienne.texte if mienne else "",
                "partagee": bool(mienne and mienne.partagee),
                "revision": mienne.revision if mienne else 0,
                "autres": place["autres"],
                "attributs": flatatt(attributs(url, cles, revisions)),
            }
        )
    return lignes


class VueSaisieLecture(VueSaisie):
    """One field of the grid."""

    def charger(self):
        return charger_evaluation(self.request, self.kwargs["reference"])

    def enregistrer(self, objet, champ, valeur, revision):
        return saisie.enregistrer_champ(
            evaluation=objet, champ=champ, valeur=valeur, revision=revision, par=self.request.user
        )


class VueSaisieMarge(VueSaisie):
    """One field of a note in the margin: texte.<partie> or partagee.<partie>."""

    def charger(self):
        return charger_a_lire(self.request.user, self.kwargs["reference"])

    def enregistrer(self, objet, champ, valeur, revision):
        genre, _, ancre = champ.partition(".")
        champs = {"partagee": bool(valeur)} if genre == "partagee" else {"texte": valeur}
        note = saisie.annoter(
            candidature=objet, ancre=ancre, par=self.request.user, revision=revision, **champs
        )
        return revision + 1 if genre == "partagee" else note.revision


class VueMarge(VueVerbe):
    """The same without script: the whole note at once."""

    message = "Votre note est enregistrée."

    def charger(self):
        return charger_a_lire(self.request.user, self.kwargs["reference"])

    def executer(self, objet):
        revision = self.request.POST.get("revision", "")
        return saisie.annoter(
            candidature=objet,
            ancre=self.request.POST.get("ancre", ""),
            revision=int(revision) if revision.isascii() and revision.isdigit() else 0,
            texte=self.request.POST.get("texte", ""),
            partagee="partagee" in self.request.POST,
            par=self.request.user,
        )

    def url_retour(self, objet):
        adresse = reverse("candidatures:lire", args=[objet.reference])
        return f"{adresse}#p-{self.resultat.ancre}" if self.resultat else adresse


@require_safe
def comparer(request):
    """?c=REF&c=REF: part by part, with the notes that one may read."""
    if request.user.role not in LECTEURS:
        raise ActionInterdite("La comparaison est réservée à qui instruit ou évalue.")
    demandees = list(dict.fromkeys(request.GET.getlist("c")))
    references = demandees[:COMPARABLES]
    lisibles = lecture.pour_lecture(lecture.lisibles_par(request.user))
    trouvees = {c.reference: c for c in lisibles.filter(reference__in=references)}
    if set(references) - trouvees.keys():
        raise Http404("Un de ces dossiers n’existe pas.")
    lues = [lecture.lire(request.user, trouvees[r]) for r in references]
    instructeur = droits.peut_instruire(request.user)
    lues = [lue for lue in lues if lue.evaluation or instructeur]
    colonnes = [
        {
            "dossier": lue.dossier,
            "evaluation": lue.evaluation,
            "synthese": lecture.synthese_lue(request.user, lue),
        }
        for lue in lues
    ]
    contexte = {
        "colonnes": colonnes,
        "rangees": _rangees(lues),
        "de_trop": [c[:40] for c in demandees[COMPARABLES:]][:10],
        "choix": lecture.comparables(request.user, references),
    }
    return render(request, "candidatures/instruction/cote_a_cote.html", contexte)


def _rangees(lues) -> list[dict]:
    """One row per part that any of them has, in the order of the first that has it."""
    titres = {p.cle: p.titre for lue in lues for p in lue.dossier.parties}
    return [
        {
            "titre": titre,
            "cellules": [
                {
                    "nom": lue.dossier.titre,
                    "partie": next((p for p in lue.dossier.parties if p.cle == cle), None),
                }
                for lue in lues
            ],
        }
        for cle, titre in titres.items()
    ]
