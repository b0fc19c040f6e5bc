"""The filing of an evaluation: what will be filed is read again, under its revision."""

from django.shortcuts import redirect
from django.urls import reverse

from candidatures.instruction.domaine import evaluation as verbes
from candidatures.instruction.domaine.aveugle import etiquettes, lit_a_l_aveugle
from candidatures.instruction.domaine.grille import criteres_de
from candidatures.instruction.domaine.synthese import arrondir, moyenne_ponderee
from candidatures.instruction.forms.evaluer import FormulaireDepot
from candidatures.instruction.views.evaluateur import charger_evaluation
from socle.interface.vues import VueFormulaire


class VueDeposerEvaluation(VueFormulaire):
    form_class = FormulaireDepot
    template_name = "candidatures/instruction/evaluation_deposer.html"
    titre = "Déposer mon évaluation"
    message = "Votre évaluation est déposée. Merci de votre lecture."

    def charger(self):
        return charger_evaluation(self.request, self.kwargs["reference"])

    def get(self, request, *args, **kwargs):
        if self.objet.depose_le:
            return redirect(self.url_retour())
        return super().get(request, *args, **kwargs)

    def url_retour(self):
        return reverse("candidatures:lire", args=[self.objet.candidature.reference])

    def get_initial(self):
        return {"revision": self.objet.revision}

    def executer(self, form):
        return verbes.deposer_evaluation(
            evaluation=self.objet, revision=form.cleaned_data["revision"], par=self.request.user
        )

    def afficher_conflit(self, form, conflit):
        """Nothing is filed: the recap is read again, with both values where a note changed."""
        actuelle = conflit.actuel
        actuelle.candidature = self.objet.candidature
        self.objet = actuelle
        form = self.form_class(initial={"revision": actuelle.revision})
        form.jeton, form.confirmations = "", []
        contexte = self.get_context_data(form=form, change=True)
        return self.render_to_response(contexte, status=409)

    def _lignes(self) -> list[dict]:
        """Each criterion, and what the page that one left showed where it was something else."""
        notes = {n.critere_id: n for n in self.objet.notes.all()}
        vues = self.request.POST if self.request.method == "POST" else self.request.GET
        lignes = []
        for critere in criteres_de(self.objet.candidature.appel):
            note = notes.get(critere.pk)
            valeur = "" if note is None or note.note is None else str(note.note)
            vue = vues.get(f"vu_{critere.pk}")
            lignes.append(
                {
                    "critere": critere,
                    "note": valeur,
                    "remarque": note.remarque if note else "",
                    "vue": vue,
                    "autre": vue is not None and vue != valeur,
                }
            )
        return lignes

    def get_context_data(self, **kwargs):
        candidature, nom = self.objet.candidature, self.objet.candidature.titre
        aveugle = lit_a_l_aveugle(self.request.user, candidature)
        if aveugle:
            nom = etiquettes([candidature.pk])[candidature.pk]
        lignes = self._lignes()
        moyenne = moyenne_ponderee(
            (int(ligne["note"]), ligne["critere"].poids) for ligne in lignes if ligne["note"]
        )
        return super().get_context_data(
            evaluation=self.objet,
            nom=nom,
            aveugle=aveugle,
            lignes=lignes,
            autres=any(ligne["autre"] for ligne in lignes),
            moyenne=None if moyenne is None else arrondir(moyenne),
            manques=verbes.manques_depot(self.objet),
            retour=self.url_retour(),
            **kwargs,
        )
