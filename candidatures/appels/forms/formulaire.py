"""Forms of the editor: one question, the settings of a version."""

import json

from django import forms

from candidatures.appels.choix import (
    AIDE_SECTIONS,
    CleSection,
    NatureFichier,
    Operateur,
    TypeQuestion,
    UsagePiece,
)
from candidatures.appels.domaine.blocs import FORME, LIGNES_MAX, en_definition, lire_definition
from candidatures.appels.domaine.conditions import OPERATEURS_PAR_TYPE, SANS_VALEUR
from candidatures.appels.domaine.valeurs import convient
from socle.erreurs import ErreurMetier
from socle.interface.formulaires import FormulaireDsfr, FormulaireRevise
from socle.territoires.texte import plier

PROPRE = "propre"
LISTES = (TypeQuestion.CHOIX, TypeQuestion.CHOIX_MULTIPLES)


def _texte(libelle, aide="", *, lignes=3, requis=False):
    return forms.CharField(
        label=libelle,
        help_text=aide,
        required=requis,
        widget=forms.Textarea(attrs={"rows": lignes}),
    )


def _proposees(question) -> list[str]:
    """The answers among which one chooses, where there are some."""
    if question.type == TypeQuestion.OUI_NON:
        return ["oui", "non"]
    return list(question.options) if question.type in LISTES else []


class FormulaireQuestion(FormulaireRevise):
    """One question with its condition; `champs()` gives what the verbs take."""

    libelle_envoi = "Enregistrer la question"
    libelle = forms.CharField(label="Question", max_length=300)
    aide = _texte("Aide", "Une phrase, affichée sous la question.", lignes=2)
    type = forms.ChoiceField(label="Type de réponse", choices=TypeQuestion.choices)
    options = _texte("Choix proposés", "Un par ligne, pour une liste seulement.", lignes=4)
    sous_questions = _texte(
        "Sous-questions du bloc",
        f"Une par ligne, pour un bloc répétable seulement. {FORME}",
        lignes=4,
    )
    natures = forms.MultipleChoiceField(
        label="Fichiers acceptés",
        help_text="Pour un fichier seulement. Rien de coché\u00a0: tous.",
        choices=NatureFichier.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    minimum = forms.DecimalField(
        label="Minimum",
        help_text="Pour un nombre ; pour un bloc, le nombre de lignes attendues au moins.",
        required=False,
    )
    maximum = forms.DecimalField(
        label="Maximum",
        help_text="Pour un nombre ; pour un bloc, le nombre de lignes au plus.",
        required=False,
    )
    obligatoire = forms.BooleanField(label="Réponse obligatoire", required=False)
    place = forms.ChoiceField(
        label="Où la poser",
        choices=[(PROPRE, "Dans une rubrique propre à l’appel"), *CleSection.choices],
    )
    rubrique = forms.CharField(
        label="Titre de la rubrique",
        help_text="Pour une rubrique propre à l’appel. Laissée vide : « Questions de l’appel ».",
        max_length=120,
        required=False,
    )
    condition_question = forms.ChoiceField(
        label="Poser cette question seulement si",
        help_text="La réponse à une autre question, placée avant.",
        required=False,
    )
    condition_operateur = forms.ChoiceField(
        label="La réponse", choices=Operateur.choices, required=False
    )
    condition_valeur = forms.CharField(
        label="Réponse attendue",
        help_text="L’un des choix proposés, un nombre, « oui » ou « non », une date (2027-03-31).",
        max_length=160,
        required=False,
    )

    def __init__(self, *args, autres=(), anciennes=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.anciennes = anciennes
        # Asked for by the type, or by the condition: never « facultatif ».
        for nom in ("options", "sous_questions", "condition_operateur", "condition_valeur"):
            self.fields[nom].exige = True
        self.autres = {q.cle: q for q in autres}
        self.fields["condition_question"].choices = [
            ("", "Toujours la poser"),
            *[(q.cle, q.libelle) for q in autres],
        ]
        choix = {q.cle: _proposees(q) for q in autres if _proposees(q)}
        self.fields["condition_valeur"].widget.attrs["data-choix"] = json.dumps(choix)

    def clean_options(self):
        lignes = [ligne.strip() for ligne in self.cleaned_data["options"].splitlines()]
        lignes = list(dict.fromkeys(ligne for ligne in lignes if ligne))
        if any(len(ligne) > 160 for ligne in lignes):
            raise forms.ValidationError("Un choix tient en 160 caractères.")
        return lignes

    def clean_sous_questions(self):
        try:
            return lire_definition(self.cleaned_data["sous_questions"], self.anciennes)
        except ErreurMetier as erreur:
            raise forms.ValidationError(str(erreur)) from None

    def _verifier_bloc(self, donnees):
        """A block has sub-questions and whole numbers of rows; nothing else has sub-questions."""
        if donnees.get("type") != TypeQuestion.BLOC:
            donnees["sous_questions"] = []
            return
        if not donnees.get("sous_questions") and "sous_questions" not in self.errors:
            self.add_error("sous_questions", "Donnez au moins une sous-question.")
        for nom in ("minimum", "maximum"):
            borne = donnees.get(nom)
            if borne is not None and not (1 <= borne <= LIGNES_MAX and borne == int(borne)):
                self.add_error(nom, f"Un nombre de lignes, de 1 à {LIGNES_MAX}.")

    def clean(self):
        donnees = super().clean()
        self._verifier_bloc(donnees)
        if donnees.get("type") in LISTES and not donnees.get("options"):
            self.add_error("options", "Donnez au moins un choix à proposer.")
        minimum, maximum = donnees.get("minimum"), donnees.get("maximum")
        if minimum is not None and maximum is not None and minimum > maximum:
            self.add_error("maximum", "Le maximum est inférieur au minimum.")
        if donnees.get("condition_question"):
            self._verifier_condition(donnees)
        return donnees

    def _verifier_condition(self, donnees):
        autre = self.autres[donnees["condition_question"]]
        operateur = donnees.get("condition_operateur") or Operateur.REMPLI
        valeur = (donnees.get("condition_valeur") or "").strip()
        if operateur not in OPERATEURS_PAR_TYPE[autre.type]:
            possibles = ", ".join(f"« {o.label} »" for o in OPERATEURS_PAR_TYPE[autre.type])
            self.add_error(
                "condition_operateur", f"Pour cette question, on peut dire : {possibles}."
            )
        if operateur in SANS_VALEUR:
            return
        if autre.type == TypeQuestion.OUI_NON:
            valeur = donnees["condition_valeur"] = valeur.lower()
        elif autre.type in LISTES:  # the choice as it is written in the list
            valeur = next((o for o in autre.options if plier(o) == plier(valeur)), valeur)
            donnees["condition_valeur"] = valeur
        attendue = [valeur] if autre.type == TypeQuestion.CHOIX_MULTIPLES else valeur
        if not valeur or not convient(autre.type, attendue, autre.options):
            self.add_error("condition_valeur", self._attendues(autre))

    @staticmethod
    def _attendues(autre) -> str:
        """What may be written here, since it was something else."""
        if autre.type in LISTES:
            choix = ", ".join(f"«\u00a0{option}\u00a0»" for option in autre.options)
            return f"Écrivez l’un des choix de «\u00a0{autre.libelle}\u00a0»\u00a0: {choix}."
        mots = {
            TypeQuestion.OUI_NON: "Écrivez «\u00a0oui\u00a0» ou «\u00a0non\u00a0».",
            TypeQuestion.NOMBRE: "Écrivez un nombre, en chiffres.",
            TypeQuestion.DATE: "Écrivez une date, comme 2027-03-31.",
        }
        return mots.get(autre.type, "Écrivez la réponse attendue.")

    def champs(self) -> dict:
        d = self.cleaned_data
        propre = d["place"] == PROPRE
        condition = {}
        if d["condition_question"]:
            operateur = d["condition_operateur"] or Operateur.REMPLI
            sans = operateur in SANS_VALEUR
            condition = {
                "question": d["condition_question"],
                "operateur": operateur,
                "valeur": "" if sans else d["condition_valeur"].strip(),
            }
        communs = (
            "libelle",
            "aide",
            "type",
            "options",
            "sous_questions",
            "minimum",
            "maximum",
            "obligatoire",
        )
        fichier = {"options": d["natures"]} if d["type"] == TypeQuestion.FICHIER else {}
        return (
            {nom: d[nom] for nom in communs}
            | fichier
            | {
                "section": "" if propre else d["place"],
                "rubrique": d["rubrique"].strip() if propre else "",
                "condition": condition,
            }
        )


def initiales(question) -> dict:
    condition = question.condition or {}
    return {
        "libelle": question.libelle,
        "aide": question.aide,
        "type": question.type,
        "options": "" if question.type == TypeQuestion.FICHIER else "\n".join(question.options),
        "natures": question.options if question.type == TypeQuestion.FICHIER else [],
        "sous_questions": en_definition(question.sous_questions),
        "minimum": question.minimum,
        "maximum": question.maximum,
        "obligatoire": question.obligatoire,
        "place": question.section or PROPRE,
        "rubrique": question.rubrique,
        "condition_question": condition.get("question", ""),
        "condition_operateur": condition.get("operateur", ""),
        "condition_valeur": condition.get("valeur", ""),
        "revision": question.version.revision,
    }


class FormulaireReglages(FormulaireRevise):
    """Pieces and help texts of a version."""

    libelle_envoi = "Enregistrer les réglages"
    marquer_facultatifs = False

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        self.requises = list(version.appel.dispositif.pieces.all())
        reglages = {r.piece_requise_id: r for r in version.pieces.all()}
        for requise in self.requises:
            reglage = reglages.get(requise.pk)
            defaut = UsagePiece.OBLIGATOIRE if requise.obligatoire else UsagePiece.FACULTATIVE
            self.fields[f"usage_{requise.pk}"] = forms.ChoiceField(
                label=f"Pièce « {requise.libelle} »",
                choices=UsagePiece.choices,
                initial=reglage.usage if reglage else defaut,
            )
            self.fields[f"aide_{requise.pk}"] = forms.CharField(
                label=f"Aide pour « {requise.libelle} »",
                help_text="Laissée vide, l’aide du dispositif est reprise.",
                widget=forms.Textarea(attrs={"rows": 2}),
                required=False,
                initial=reglage.aide if reglage else "",
            )
        for cle in CleSection:
            self.fields[f"section_{cle.value}"] = forms.CharField(
                label=f"Aide de la section « {cle.label} »",
                help_text=f"Laissée vide : « {AIDE_SECTIONS[cle]} »",
                widget=forms.Textarea(attrs={"rows": 2}),
                required=False,
                initial=version.aides.get(cle.value, ""),
            )

    def reglages(self) -> dict:
        d = self.cleaned_data
        return {
            "aides": {cle.value: d[f"section_{cle.value}"] for cle in CleSection},
            "pieces": {r: (d[f"usage_{r.pk}"], d[f"aide_{r.pk}"]) for r in self.requises},
            "revision": d["revision"],
        }


class FormulaireVide(FormulaireDsfr):
    """A page with a button only."""

    brouillon = False
