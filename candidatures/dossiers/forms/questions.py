"""The questions of one heading, as a form. Each field carries the revision of its answer."""

from __future__ import annotations

import hashlib
import json

from crispy_forms.layout import Submit
from django import forms

from candidatures.appels.choix import TypeQuestion as T
from candidatures.appels.domaine.valeurs import ranger
from candidatures.appels.forms.apercu import champ, nom_champ
from candidatures.dossiers.domaine.types_fichiers import EXTENSIONS, admis, admis_en_mots
from socle.interface.formulaires import FormulaireDsfr


def empreinte(valeur) -> str:
    """Short mark of a value: an unchanged field is not saved again, nor in conflict."""
    return hashlib.sha256(json.dumps(ranger(valeur), sort_keys=True).encode()).hexdigest()[:12]


class FormulaireQuestions(FormulaireDsfr):
    libelle_envoi = "Enregistrer et continuer"
    marquer_facultatifs = False
    secondaire = False

    def __init__(self, *args, questions, conditions, valeurs, revisions, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for question in self.questions:
            nom = nom_champ(question.cle)
            self.fields[nom] = champ(question, conditions.get(question.cle, ""))
            if question.obligatoire:
                self.fields[nom].label += " (obligatoire)"
            if question.type == T.FICHIER:
                self._fichier(nom, question, valeurs.get(question.cle))
                continue
            self.initial[nom] = valeurs.get(question.cle)
            trace = f"{revisions.get(question.cle, 0)}:{empreinte(valeurs.get(question.cle))}"
            self.fields[f"r_{question.cle}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=trace
            )

    def _fichier(self, nom, question, jointe):
        champ_fichier = self.fields[nom]
        aide = f"{admis_en_mots(question.options)}."
        if jointe:
            aide = f"Fichier joint : {jointe['nom']}. Un nouveau fichier le remplace. {aide}"
            champ_fichier.widget.attrs["data-jointe"] = jointe["nom"]
        champ_fichier.help_text = " ".join(t for t in (champ_fichier.help_text, aide) if t)
        champ_fichier.widget.attrs["accept"] = ",".join(
            EXTENSIONS[mime] for mime in admis(question.options)
        )

    def construire_helper(self):
        helper = super().construire_helper()
        helper.form_tag = False
        if self.secondaire:
            helper.inputs = []
            classe = "fr-btn fr-btn--secondary"
            helper.add_input(Submit("envoyer", self.libelle_envoi, css_class=classe))
        return helper

    def reponses(self) -> tuple[dict, dict]:
        """({key: value}, {key: revision}) of the fields that were changed in this page."""
        valeurs, revisions = {}, {}
        for question in self.questions:
            if question.type == T.FICHIER:
                continue
            valeur = self.cleaned_data.get(nom_champ(question.cle))
            revision, _, marque = self.cleaned_data.get(f"r_{question.cle}", "").partition(":")
            if marque and marque == empreinte(valeur):
                continue
            valeurs[question.cle] = valeur
            revisions[question.cle] = int(revision) if revision.isdecimal() else 0
        return valeurs, revisions

    def fichiers(self) -> list[tuple[str, object]]:
        return [
            (q.cle, fichier)
            for q in self.questions
            if q.type == T.FICHIER and (fichier := self.cleaned_data.get(nom_champ(q.cle)))
        ]
