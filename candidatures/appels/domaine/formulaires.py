"""Verbs of the form of a call. Only the draft of a revision changes; publishing freezes it."""

from __future__ import annotations

import re

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from candidatures.appels import journal
from candidatures.appels.choix import EtatAppel, EtatVersion, NatureFichier, TypeQuestion
from candidatures.appels.domaine.conditions import Condition, defauts
from candidatures.appels.domaine.valeurs import jamais_tenue
from candidatures.appels.domaine.versions import changements, publiee, regle
from candidatures.appels.droits import peut_gerer
from candidatures.appels.models import Appel, Question, ReglagePiece, VersionFormulaire
from socle.erreurs import (
    ActionInterdite,
    ConflitDeVersion,
    ElementsManquants,
    ErreurMetier,
    Manque,
    TransitionImpossible,
)
from socle.interface.adresses import en_adresse
from socle.journal.domaine import inscrire

CHAMPS_QUESTION = (
    "section",
    "rubrique",
    "type",
    "libelle",
    "aide",
    "obligatoire",
    "options",
    "sous_questions",
    "minimum",
    "maximum",
    "condition",
)
QUESTIONS_MAX = 80


def _verifier_droit(par) -> None:
    if not peut_gerer(par):
        raise ActionInterdite("Seule la DGALN prépare et publie les appels.")


def _appel_verrouille(appel: Appel, par) -> Appel:
    _verifier_droit(par)
    return (
        Appel.objects.select_for_update(of=("self",)).select_related("dispositif").get(pk=appel.pk)
    )


def _brouillon_verrouille(version: VersionFormulaire, par) -> VersionFormulaire:
    _verifier_droit(par)
    version = (
        VersionFormulaire.objects.select_for_update(of=("self",))
        .select_related("appel__dispositif")
        .get(pk=version.pk)
    )
    if not version.en_preparation:
        raise TransitionImpossible("Cette version est publiée : ouvrez une révision pour changer.")
    return version


@transaction.atomic
def ouvrir_revision(*, appel: Appel, par, source: VersionFormulaire | None = None):
    """A draft that starts from the published version (or from `source`, another call's)."""
    appel = _appel_verrouille(appel, par)
    if appel.etat == EtatAppel.CLOS:
        raise TransitionImpossible("L’appel est clos : rouvrez-le pour réviser son formulaire.")
    if existante := appel.versions_formulaire.filter(etat=EtatVersion.BROUILLON).first():
        return existante
    modele = source or publiee(appel)
    derniere = appel.versions_formulaire.order_by("-numero").first()
    version = VersionFormulaire.objects.create(
        appel=appel,
        numero=derniere.numero + 1 if derniere else 1,
        aides=dict(modele.aides) if modele else {},
    )
    if modele:
        _copier(modele, version)
    inscrire(journal.FORMULAIRE_OUVERT, objet=appel, par=par, numero=version.numero)
    return version


def _copier(modele: VersionFormulaire, version: VersionFormulaire) -> None:
    Question.objects.bulk_create(
        Question(
            version=version,
            cle=q.cle,
            ordre=q.ordre,
            **{champ: getattr(q, champ) for champ in CHAMPS_QUESTION},
        )
        for q in modele.questions.order_by("ordre", "pk")
    )
    if modele.appel.dispositif_id == version.appel.dispositif_id:
        ReglagePiece.objects.bulk_create(
            ReglagePiece(
                version=version, piece_requise_id=r.piece_requise_id, usage=r.usage, aide=r.aide
            )
            for r in modele.pieces.all()
        )


def _cle_libre(version: VersionFormulaire, libelle: str) -> str:
    """A key never used by another version of the call: an old answer must not come back."""
    base = (
        re.sub(r"[^a-z0-9]+", "_", en_adresse(libelle.replace("’", " "))).strip("_")[:48].strip("_")
        or "question"
    )
    base = base if base[0].isalpha() else f"q_{base}"
    prises = set(
        Question.objects.filter(version__appel_id=version.appel_id).values_list("cle", flat=True)
    )
    cle, rang = base, 1
    while cle in prises:
        rang += 1
        cle = f"{base}_{rang}"
    return cle


def _compter(version: VersionFormulaire) -> None:
    version.revision += 1
    version.save(update_fields=["revision"])


def _nettoyer(champs: dict) -> dict:
    """Options belong to lists and files, bounds to numbers and blocks."""
    propres = {cle: champs[cle] for cle in CHAMPS_QUESTION if cle in champs}
    if propres.get("type") == TypeQuestion.FICHIER:
        propres["options"] = [n for n in NatureFichier.values if n in propres.get("options", ())]
    elif propres.get("type") not in (TypeQuestion.CHOIX, TypeQuestion.CHOIX_MULTIPLES):
        propres["options"] = []
    elif not propres.get("options"):
        raise ErreurMetier("Donnez au moins un choix à proposer.")
    if propres.get("type") != TypeQuestion.BLOC:
        propres["sous_questions"] = []
    elif not propres.get("sous_questions"):
        raise ErreurMetier("Donnez au moins une sous-question.")
    if propres.get("type") not in (TypeQuestion.NOMBRE, TypeQuestion.BLOC):
        propres |= {"minimum": None, "maximum": None}
    if Condition.lire(propres.get("condition")) is None:
        propres["condition"] = {}
    return propres


@transaction.atomic
def ajouter_question(*, version: VersionFormulaire, par, **champs) -> Question:
    version = _brouillon_verrouille(version, par)
    if version.questions.count() >= QUESTIONS_MAX:
        raise ErreurMetier(f"Un appel pose {QUESTIONS_MAX}\u00a0questions au plus.")
    derniere = version.questions.order_by("-ordre").first()
    question = Question.objects.create(
        version=version,
        cle=_cle_libre(version, champs["libelle"]),
        ordre=derniere.ordre + 1 if derniere else 1,
        **_nettoyer(champs),
    )
    _compter(version)
    return question


@transaction.atomic
def modifier_question(
    *, question: Question, par, revision: int | None = None, **champs
) -> Question:
    version = _brouillon_verrouille(question.version, par)
    if revision is not None and version.revision != revision:
        raise ConflitDeVersion(version)
    question = version.questions.get(pk=question.pk)
    propres = _nettoyer(champs)
    for champ, valeur in propres.items():
        setattr(question, champ, valeur)
    question.save(update_fields=list(propres))
    _compter(version)
    return question


@transaction.atomic
def retirer_question(*, question: Question, par) -> VersionFormulaire:
    """Out of this draft; refused while another question looks at its answer."""
    version = _brouillon_verrouille(question.version, par)
    liees = [
        q.libelle for q in version.questions.all() if q.condition.get("question") == question.cle
    ]
    if liees:
        raise ErreurMetier(
            f"La question «\u00a0{liees[0]}\u00a0» dépend de celle-ci\u00a0: "
            "changez d’abord sa condition."
        )
    version.questions.filter(pk=question.pk).delete()
    _compter(version)
    return version


@transaction.atomic
def deplacer_question(*, question: Question, vers_le_haut: bool, par) -> VersionFormulaire:
    """One place up or down. Positions are numbered again: they never collide."""
    version = _brouillon_verrouille(question.version, par)
    ordre = list(version.questions.order_by("ordre", "pk"))
    rang = next(i for i, q in enumerate(ordre) if q.pk == question.pk)
    autre = rang - 1 if vers_le_haut else rang + 1
    if 0 <= autre < len(ordre):
        ordre[rang], ordre[autre] = ordre[autre], ordre[rang]
    for position, q in enumerate(ordre, start=1):
        q.ordre = position
    Question.objects.bulk_update(ordre, ["ordre"])
    _compter(version)
    return version


@transaction.atomic
def regler(
    *, version: VersionFormulaire, aides: dict, pieces: dict, par, revision: int
) -> VersionFormulaire:
    """Help texts {section: text}, pieces {PieceRequise: (usage, aide)}."""
    version = _brouillon_verrouille(version, par)
    if version.revision != revision:
        raise ConflitDeVersion(version)
    version.aides = {cle: texte.strip() for cle, texte in aides.items() if texte.strip()}
    version.save(update_fields=["aides"])
    version.pieces.all().delete()
    ReglagePiece.objects.bulk_create(
        ReglagePiece(version=version, piece_requise=requise, usage=usage, aide=aide.strip())
        for requise, (usage, aide) in pieces.items()
    )
    _compter(version)
    return version


@transaction.atomic
def abandonner_revision(*, version: VersionFormulaire, par) -> Appel:
    version = _brouillon_verrouille(version, par)
    appel = version.appel
    version.delete()
    inscrire(journal.FORMULAIRE_ABANDONNE, objet=appel, par=par)
    return appel


def manques_publication(version: VersionFormulaire) -> list[Manque]:
    """What prevents the draft from being published."""
    questions = list(version.questions.order_by("ordre", "pk"))
    par_cle = {q.cle: q for q in questions}
    raisons = {
        "absente": "dépend d’une question qui n’existe plus",
        "apres": "dépend d’une question placée après elle",
    }
    dits = [
        (par_cle[cle], raisons[raison]) for cle, raison in defauts([regle(q) for q in questions])
    ]
    dits += [(q, _impossible(q, par_cle)) for q in questions if _impossible(q, par_cle)]
    return [
        Manque(
            f"La question «\u00a0{question.libelle}\u00a0» {raison}.",
            reverse("candidatures:question_modifier", args=[version.appel.slug, question.pk]),
        )
        for question, raison in dits
    ]


def _impossible(question: Question, par_cle: dict) -> str:
    """Why a condition that looks at a present question can never hold; empty when it can."""
    condition = Condition.lire(question.condition)
    regardee = par_cle.get(condition.question) if condition else None
    if regardee is None or not jamais_tenue(condition, regardee):
        return ""
    return (
        f"ne pourra plus se montrer\u00a0: elle attend la réponse «\u00a0{condition.valeur}\u00a0» "
        f"à «\u00a0{regardee.libelle}\u00a0», qui ne se donne plus. Changez sa condition, ou "
        "remettez ce choix"
    )


@transaction.atomic
def figer_revision(*, version: VersionFormulaire, par) -> VersionFormulaire:
    """Publish the draft. The room above tells the candidates (`dossiers.domaine.formulaire`)."""
    version = _brouillon_verrouille(version, par)
    if absents := manques_publication(version):
        raise ElementsManquants(absents)
    dits = changements(version)
    if not dits:
        raise ErreurMetier("Rien n’a changé depuis la version publiée.")
    version.changements = [c.en_json() for c in dits]
    version.etat = EtatVersion.PUBLIEE
    version.publiee_le = timezone.now()
    version.publiee_par = par
    version.save(update_fields=["changements", "etat", "publiee_le", "publiee_par"])
    inscrire(journal.FORMULAIRE_PUBLIE, objet=version.appel, par=par, numero=version.numero)
    return version
