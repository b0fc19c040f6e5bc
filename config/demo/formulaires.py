"""The call « Ateliers locaux » asks a few questions more, revised the day before yesterday."""

from __future__ import annotations

import json
from pathlib import Path

from candidatures.appels.choix import TypeQuestion as T
from candidatures.appels.domaine import formulaires
from candidatures.appels.domaine.versions import publiee
from candidatures.appels.models import Appel
from candidatures.dossiers.choix import CleSection
from candidatures.dossiers.domaine.formulaire import publier_revision
from candidatures.dossiers.domaine.reponses import enregistrer_reponses
from config.demo import horloge

MATIERE = json.loads(
    (Path(__file__).parent / "donnees" / "etape2.json").read_text(encoding="utf-8")
)
ENGAGEMENT = "Engagement local"
QUESTIONS = (
    {
        "libelle": "Le territoire comprend-il une friche à réhabiliter ?",
        "aide": "Une friche industrielle, commerciale ou militaire.",
        "type": T.OUI_NON,
    },
    {
        "libelle": "Surface de la friche (hectares)",
        "type": T.NOMBRE,
        "minimum": 0,
        "si": ("Le territoire comprend-il une friche à réhabiliter ?", "egal", "oui"),
    },
    {
        "libelle": "À quelle question précise l’atelier doit-il répondre ?",
        "aide": "Deux phrases suffisent.",
        "type": T.TEXTE_LONG,
        "section": CleSection.OBJET.value,
    },
    {
        "libelle": "Qui suivra l’atelier au quotidien ?",
        "type": T.CHOIX_MULTIPLES,
        "options": ["Un élu référent", "Un agent de la collectivité", "Un agent de l’État"],
        "rubrique": ENGAGEMENT,
    },
    {"libelle": "Délibération du conseil", "type": T.FICHIER, "rubrique": ENGAGEMENT},
)


REVISION = {
    "libelle": "Combien d’habitants espérez-vous associer à l’atelier ?",
    "aide": "Un ordre de grandeur suffit.",
    "type": T.NOMBRE,
    "minimum": 0,
    "rubrique": ENGAGEMENT,
}


def ouvrir(appel: Appel, dgaln) -> None:
    """The first version, before the candidatures of the season."""
    with horloge.le(horloge.jour(-95)):
        version = formulaires.ouvrir_revision(appel=appel, par=dgaln)
        cles: dict[str, str] = {}
        for question in QUESTIONS:
            champs = {nom: valeur for nom, valeur in question.items() if nom != "si"}
            if si := question.get("si"):
                champs["condition"] = {
                    "question": cles[si[0]],
                    "operateur": si[1],
                    "valeur": si[2],
                }
            posee = formulaires.ajouter_question(version=version, par=dgaln, **champs)
            cles[posee.libelle] = posee.cle
        publier_revision(version=version, par=dgaln)


def reviser(appel: Appel, dgaln) -> None:
    """A second version: one question more, another one said better."""
    with horloge.le(horloge.jour(-2)):
        version = formulaires.ouvrir_revision(appel=appel, par=dgaln)
        precise = version.questions.get(libelle=QUESTIONS[2]["libelle"])
        champs = dict(QUESTIONS[2], aide="Deux phrases suffisent. Nommez les lieux concernés.")
        formulaires.modifier_question(question=precise, par=dgaln, **champs)
        formulaires.ajouter_question(version=version, par=dgaln, **REVISION)
        publier_revision(version=version, par=dgaln)


def repondre(candidature, par) -> None:
    """The answers of one dossier, in the order of the questions; the file is left out."""
    version = publiee(candidature.appel)
    cles = [q.cle for q in version.questions.all() if q.type != T.FICHIER]
    enregistrer_reponses(
        candidature=candidature,
        reponses=dict(zip(cles, MATIERE["reponses"].values(), strict=True)),
        revisions={},
        par=par,
    )


def question(appel: Appel, rang: int):
    return list(publiee(appel).questions.all())[rang]
