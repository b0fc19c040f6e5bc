"""Avis: asked from organisations, rendered by one of their people."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from candidatures.dossiers.models import Candidature
from candidatures.instruction import journal, notifications
from candidatures.instruction.choix import GenrePhase, SensAvis
from candidatures.instruction.domaine.commun import ouvrir
from candidatures.instruction.domaine.phases import exiger_phase
from candidatures.instruction.droits import evalue_a_l_aveugle, peut_rendre_avis
from candidatures.instruction.models import Avis, BrouillonAvis
from candidatures.instruction.models.avis import ETATS_AVIS
from socle.erreurs import (
    ActionInterdite,
    ConflitDeVersion,
    ElementsManquants,
    ErreurMetier,
    Manque,
    TransitionImpossible,
)
from socle.interface.saisie import ValeurEnVigueur
from socle.journal.domaine import inscrire

CLOS = "L’instruction est close\u00a0: cet avis n’est plus attendu."


def fermeture(avis: Avis) -> str:
    """Why this avis cannot be rendered, or not now: what the verbs below would refuse."""
    if avis.clos:
        return CLOS
    try:
        _verifier_etat(avis.candidature)
        exiger_phase(avis.candidature.appel, GenrePhase.AVIS)
    except TransitionImpossible as refus:
        return refus.message
    return ""


def _verifier_etat(candidature: Candidature) -> None:
    if candidature.etat not in ETATS_AVIS:
        raise TransitionImpossible("Les avis se recueillent pendant l’instruction du dossier.")


def _manques_demande(candidature, organisme, auteur, echeance) -> list[Manque]:
    absents = []
    porteurs = {p.organisme_id for p in candidature.portages.all()}
    if organisme.pk in porteurs | {candidature.service_pilote_id}:
        absents.append(Manque(f"{organisme} porte la candidature : son avis n’est pas demandé."))
    if candidature.avis.filter(organisme=organisme).exists():
        absents.append(Manque(f"L’avis de {organisme} a déjà été demandé."))
    if auteur is not None and auteur.organisme_id != organisme.pk:
        absents.append(Manque(f"{auteur} n’appartient pas à cet organisme."))
    elif auteur is not None and evalue_a_l_aveugle(auteur, candidature):
        absents.append(Manque(f"{auteur} évalue cet appel à l’aveugle : demandez à un collègue."))
    if echeance is None or echeance <= timezone.localdate():
        absents.append(Manque("Donnez une échéance à venir."))
    return absents


@transaction.atomic
def demander_avis(
    *, candidature: Candidature, organisme, echeance, par, auteur=None, question: str = ""
) -> Avis:
    """Ask an organisation (or one person of it); it may read the dossier from now on."""
    candidature = ouvrir(candidature, par)
    _verifier_etat(candidature)
    if absents := _manques_demande(candidature, organisme, auteur, echeance):
        raise ElementsManquants(absents)
    avis = Avis.objects.create(
        candidature=candidature,
        organisme=organisme,
        auteur=auteur,
        question=question.strip(),
        echeance=echeance,
        demande_le=timezone.now(),
        demande_par=par,
    )
    candidature.consultes.add(organisme)
    inscrire(journal.AVIS_DEMANDE, objet=candidature, par=par, organisme=organisme.nom)
    notifications.avis_demande(avis, par)
    return avis


def _ouvrir_attendu(avis: Avis, par) -> Avis:
    """The locked row, still to be rendered by this person."""
    avis = (
        Avis.objects.select_for_update(of=("self",))
        .select_related("candidature__appel", "organisme")
        .get(pk=avis.pk)
    )
    if not peut_rendre_avis(par, avis):
        raise ActionInterdite("Cet avis est demandé à quelqu’un d’autre.")
    if avis.rendu_le:
        raise TransitionImpossible("Cet avis est déjà rendu.")
    _verifier_etat(avis.candidature)
    exiger_phase(avis.candidature.appel, GenrePhase.AVIS)
    return avis


CHAMPS_BROUILLON = ("sens", "texte")


@transaction.atomic
def enregistrer_brouillon(*, avis: Avis, champ: str, valeur: str, revision: int, par) -> int:
    """One field as it is typed, under its own revision. Returns the new one."""
    avis = _ouvrir_attendu(avis, par)
    if champ not in CHAMPS_BROUILLON or (champ == "sens" and valeur not in ("", *SensAvis.values)):
        raise ErreurMetier("Ce champ n’existe pas.")
    brouillon = BrouillonAvis.objects.filter(avis=avis).select_related("par").first()
    brouillon = brouillon or BrouillonAvis(avis=avis)
    actuelle = getattr(brouillon, f"revision_{champ}")
    if revision != actuelle:
        gardee = getattr(brouillon, champ)
        auteur = brouillon.par if brouillon.pk else None
        raise ConflitDeVersion(ValeurEnVigueur(gardee, actuelle, auteur, brouillon.modifie_le))
    setattr(brouillon, champ, valeur)
    setattr(brouillon, f"revision_{champ}", revision + 1)
    brouillon.par, brouillon.modifie_le = par, timezone.now()
    brouillon.save()
    return revision + 1


@transaction.atomic
def rendre_avis(*, avis: Avis, sens: str, texte: str, par) -> Avis:
    """Render it once; what is rendered does not change."""
    avis = _ouvrir_attendu(avis, par)
    absents = []
    if sens not in SensAvis.values:
        absents.append(Manque("Indiquez le sens de l’avis."))
    if not texte.strip():
        absents.append(Manque("Rédigez l’avis : il éclaire la décision."))
    if absents:
        raise ElementsManquants(absents)
    avis.sens, avis.texte = sens, texte.strip()
    avis.auteur, avis.rendu_le = par, timezone.now()
    avis.save(update_fields=["sens", "texte", "auteur", "rendu_le"])
    BrouillonAvis.objects.filter(avis=avis).delete()
    inscrire(journal.AVIS_RENDU, objet=avis.candidature, par=par, organisme=avis.organisme.nom)
    notifications.avis_rendu(avis, par)
    return avis
