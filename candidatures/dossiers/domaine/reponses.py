"""Answers to the questions of the call: read, check, save. Nothing answered is ever lost."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from candidatures.appels.choix import CleSection, TypeQuestion
from candidatures.appels.domaine.blocs_revises import ajuster
from candidatures.appels.domaine.conditions import posees, sans_reponse, vide
from candidatures.appels.domaine.presentation import rubriques
from candidatures.appels.domaine.valeurs import (
    convient,
    en_boutons,
    en_texte,
    lignes_manquantes,
    lisible,
    ranger,
)
from candidatures.appels.domaine.versions import regle
from candidatures.dossiers import journal
from candidatures.dossiers.domaine.champ_question import PREFIXE, ecrire_reponse, perdue
from candidatures.dossiers.domaine.commun import (
    champ_ouvert,
    verifier_modification,
    verrouiller,
)
from candidatures.dossiers.domaine.formulaire import formulaire
from candidatures.dossiers.domaine.revisions import noter
from candidatures.dossiers.models import Candidature, Reponse
from socle.erreurs import ConflitDeVersion, ErreurMetier, Manque
from socle.interface.francais import debut_minuscule
from socle.journal.domaine import inscrire

RETIREES = "Questions retirées de l’appel"
HORS_CONDITION = "Réponses dont la condition ne tient plus"


class ConflitDeReponses(ConflitDeVersion):
    """Some answers were saved by a colleague first; `reponses` are the stored ones."""

    def __init__(self, reponses):
        self.reponses = list(reponses)
        super().__init__(self.reponses[0])


@dataclass(frozen=True)
class RubriqueARemplir:
    slug: str
    titre: str
    questions: tuple
    faite: bool
    facultative: bool = False

    @property
    def de_la_note(self) -> bool:
        """Its questions complete a section of the note, which has a page of its own."""
        return self.questions[0].section in CleSection.values

    @property
    def nom(self) -> str:
        """« Questions sur l’objet »: never the name of the section itself."""
        return f"Questions\u00a0: {debut_minuscule(self.titre)}" if self.de_la_note else self.titre


def url_rubrique(candidature: Candidature, slug: str, question=None) -> str:
    """Address of a heading, at the field of one question (at its group, for boxes)."""
    url = reverse("candidatures:questions", args=[candidature.reference, slug])
    if question is None:
        return url
    return f"{url}#id_q_{question.cle}{'_groupe' if en_boutons(question) else ''}"


def stockees(candidature: Candidature) -> dict[str, Reponse]:
    return {r.cle: r for r in candidature.reponses.all()}


def valeurs(candidature: Candidature) -> dict:
    """The answers that still fit their question; files are the active pieces of the dossier."""
    reponses = stockees(candidature)
    fichiers = {p.question: p for p in candidature.pieces.all() if p.active and p.question}
    lues = {}
    for question in formulaire(candidature).questions:
        if question.type == TypeQuestion.FICHIER:
            piece = fichiers.get(question.cle)
            lues[question.cle] = {"piece": str(piece.uuid), "nom": piece.nom} if piece else None
        elif reponse := reponses.get(question.cle):
            lues[question.cle] = tenue(question, reponse.valeur)
    return lues


def tenue(question, valeur):
    """What the present question can hold of a stored answer."""
    if not convient(question.type, valeur, question.options):
        return None
    return ajuster(question, valeur) if question.type == TypeQuestion.BLOC else valeur


def _regles(candidature) -> list:
    return [regle(q) for q in formulaire(candidature).questions]


def _exigee(question) -> bool:
    return question.obligatoire or question.type == TypeQuestion.BLOC and bool(question.minimum)


def rubriques_a_remplir(candidature: Candidature) -> list[RubriqueARemplir]:
    """Headings with at least one question that may be answered now."""
    toutes = formulaire(candidature).questions
    if not toutes:
        return []
    reponses = valeurs(candidature)
    demandees = posees(_regles(candidature), reponses)
    absentes = set(sans_reponse(_regles(candidature), reponses))
    trouvees = []
    for rubrique in rubriques(toutes):
        ouvertes = tuple(
            q for q in rubrique.questions if champ_ouvert(candidature, f"question:{q.cle}")
        )
        if not ouvertes:
            continue
        cles = {q.cle for q in rubrique.questions}
        repondues = any(not vide(reponses.get(cle)) for cle in cles)
        faite = not cles & absentes and (repondues or not cles & demandees)
        exigees = any(q.cle in demandees and _exigee(q) for q in rubrique.questions)
        trouvees.append(
            RubriqueARemplir(rubrique.slug, rubrique.titre, ouvertes, faite, not exigees)
        )
    return trouvees


def manques_questions(candidature: Candidature) -> list[Manque]:
    """Required, asked, not answered: each with the address of its field."""
    questions = formulaire(candidature).questions
    if not questions:
        return []
    adresses = {q.cle: r.slug for r in rubriques(questions) for q in r.questions}
    par_cle = {q.cle: q for q in questions}
    lues = valeurs(candidature)
    courts = [
        Manque(
            f"Complétez «\u00a0{q.libelle}\u00a0» : il y faut au moins {int(q.minimum)} lignes.",
            url_rubrique(candidature, adresses[q.cle], q),
        )
        for q in questions
        if lignes_manquantes(q, lues.get(q.cle)) and q.cle in posees(_regles(candidature), lues)
    ]
    return courts + [
        Manque(
            f"Répondez à la question «\u00a0{par_cle[cle].libelle}\u00a0».",
            url_rubrique(candidature, adresses[cle], par_cle[cle]),
        )
        for cle in sans_reponse(_regles(candidature), lues)
    ]


def _retirees(candidature) -> list[Reponse]:
    actuelles = {q.cle for q in formulaire(candidature).questions}
    return [
        r
        for r in candidature.reponses.all()
        if r.cle not in actuelles and (not vide(r.valeur) or r.ancienne)
    ]


def a_lire(candidature: Candidature) -> list[dict]:
    """Groups for the reading pages: headings in order, then what no longer holds, kept apart: the
    answers to questions whose condition is false now, and to questions that the call removed.
    """
    questions = formulaire(candidature).questions
    lues, reponses = valeurs(candidature), stockees(candidature)
    demandees = posees(_regles(candidature), lues)

    def ligne(q) -> dict:
        fichier = q.type == TypeQuestion.FICHIER
        return {
            "cle": q.cle,
            "libelle": q.libelle,
            "lisible": lisible(q.type, lues.get(q.cle)),
            "piece": (lues.get(q.cle) or {}).get("piece") if fichier else None,
            "ancienne": perdue(q, reponses.get(q.cle)),
        }

    groupes = []
    for rubrique in rubriques(questions):
        if lignes := [ligne(q) for q in rubrique.questions if q.cle in demandees]:
            groupes.append(
                {
                    "titre": rubrique.titre,
                    "ancre": f"q-{rubrique.slug}",
                    "de_la_note": rubrique.questions[0].section in CleSection.values,
                    "reponses": lignes,
                }
            )
    tues = [ligne(q) for q in questions if q.cle not in demandees and not vide(lues.get(q.cle))]
    for titre, ancre, nature, lignes in (
        (HORS_CONDITION, "q-hors-condition", "hors_condition", tues),
        (RETIREES, "q-retirees", "retirees", [_ligne_retiree(r) for r in _retirees(candidature)]),
    ):
        if lignes:
            groupes.append({"titre": titre, "ancre": ancre, nature: True, "reponses": lignes})
    return groupes


def _ligne_retiree(reponse: Reponse) -> dict:
    return {
        "cle": reponse.cle,
        "libelle": reponse.libelle,
        "lisible": lisible(reponse.type, reponse.valeur),
        "ancienne": reponse.ancienne,
    }


def lisibles(candidature: Candidature) -> list[dict]:
    """For the frozen versions: the questions asked, then the answers kept apart."""
    figees = []
    for groupe in a_lire(candidature):
        for ligne in groupe["reponses"]:
            figee = {
                "cle": ligne["cle"],
                "rubrique": groupe["titre"],
                "libelle": ligne["libelle"],
                "valeur_lisible": ligne["lisible"],
            }
            if ligne["ancienne"]:
                figee["ancienne"] = ligne["ancienne"]
            if groupe.get("retirees"):
                figee["retiree"] = True
            if groupe.get("hors_condition"):
                figee["hors_condition"] = True
            figees.append(figee)
    return figees


@transaction.atomic
def enregistrer_reponses(
    *, candidature: Candidature, reponses: dict, revisions: dict, par
) -> list[Reponse]:
    """Save the answers that changed, each under its own revision; all of them or none."""
    candidature = verrouiller(candidature)
    verifier_modification(candidature, par)
    questions = {q.cle: q for q in formulaire(candidature).questions}
    actuelles = {r.cle: r for r in candidature.reponses.select_for_update()}
    conflits, enregistrees, ecarts = [], [], {}
    for cle, brute in reponses.items():
        question = questions.get(cle)
        if question is None:
            raise ErreurMetier("L’appel ne pose plus cette question : rechargez la page.")
        verifier_modification(candidature, par, f"question:{cle}")
        valeur, actuelle = ranger(brute), actuelles.get(cle)
        if not convient(question.type, valeur, question.options):
            raise ErreurMetier(
                f"«\u00a0{question.libelle}\u00a0»\u00a0: cette réponse ne convient pas."
            )
        if (actuelle.valeur if actuelle else None) == valeur:
            continue
        if (actuelle.revision if actuelle else 0) != revisions.get(cle, 0):
            conflits.append(actuelle)
            continue
        enregistrees.append(ecrire_reponse(candidature, question, valeur, par))
        avant = en_texte(actuelle.type, actuelle.valeur) if actuelle else ""
        ecarts[f"{PREFIXE}{cle}"] = (avant, en_texte(question.type, valeur))
    if conflits:
        raise ConflitDeReponses(conflits)
    noter(candidature, ecarts, par)
    if enregistrees:
        inscrire(journal.REDIGEE, objet=candidature, par=par, partie="Questions de l’appel")
    return enregistrees
