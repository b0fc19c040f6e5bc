"""The call « Ateliers locaux » asks a few questions more, since the day before yesterday."""

from __future__ import annotations

from candidatures.appels.choix import TypeQuestion as T
from candidatures.appels.domaine import formulaires
from candidatures.appels.models import Appel
from candidatures.dossiers.choix import CleSection
from candidatures.dossiers.domaine.formulaire import publier_revision
from config.demo import horloge

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


def jouer(appel: Appel, dgaln) -> None:
    with horloge.le(horloge.jour(-2)):
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
