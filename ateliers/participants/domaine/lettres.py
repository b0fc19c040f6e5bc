"""Convocation by letter: written for all, read, then sent in one act; on paper for the others."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import JSONObject
from django.utils import timezone

from ateliers.parcours.droits import exiger
from ateliers.participants import journal, notifications
from ateliers.participants.choix import Reponse
from ateliers.participants.documents import (
    FEUILLE,
    LETTRE,
    LETTRES_PAPIER,
    LETTRES_TOUTES,
    invites_attendus,
)
from ateliers.participants.domaine.envois import ENVOYES
from ateliers.participants.domaine.invitations import (
    TOUS_CONVOQUES,
    manques_convoquer,
    verrouiller_seance,
)
from ateliers.participants.domaine.requetes import (
    a_convoquer,
    a_ecrire,
    dernier_report,
    sans_adresse,
)
from ateliers.participants.droits import peut_convoquer, peut_emarger, peut_gerer
from ateliers.participants.models import Invitation, SignatureConvocation, TexteConvocation
from ateliers.programme.models import VersionProgramme
from ateliers.seances.cycle_de_vie import CYCLE_SEANCE
from ateliers.seances.domaine.numeros import renumeroter
from candidatures.dispositifs.choix import College
from socle.courriels.choix import EtatCourriel
from socle.courriels.lots import PiecePrevue, declarer_lot, ouvrir_lot
from socle.courriels.models import LotCourriels, PieceJointe
from socle.documents.domaine import demander, dernier
from socle.documents.models import Document
from socle.erreurs import ElementsManquants, ErreurMetier, Manque, TransitionImpossible
from socle.journal.domaine import inscrire

REFUS = "Le service pilote envoie les convocations."
SANS_SIGNATURE = Manque(
    "La lettre n’a pas de signataire : complétez son nom et sa qualité, puis enregistrez."
)


def signature_de(seance) -> SignatureConvocation | None:
    return SignatureConvocation.objects.filter(seance=seance).first()


def avec_signature(seances):
    """`signature_lue`: that of the séance (its `seance` says so), else the last of the service."""
    service = OuterRef("atelier__service_pilote")
    sienne = Case(When(seance=OuterRef("pk"), then=0), default=1)
    signatures = (
        SignatureConvocation.objects.filter(seance__atelier__service_pilote=service)
        .annotate(sienne=sienne)
        .order_by("sienne", "-pk")
        .values(lue=JSONObject(signataire="nom", qualite="qualite", seance="seance"))
    )
    versions = VersionProgramme.objects.filter(seance=OuterRef("pk"))
    return seances.annotate(signature_lue=Subquery(signatures[:1]), deroule_publie=Exists(versions))


@transaction.atomic
def ecrire_textes(*, seance, textes: dict[str, str], signataire: str, qualite: str, par) -> None:
    """`textes`: by college, and under "" for the others. An empty text is given up."""
    seance = verrouiller_seance(seance)
    exiger(peut_convoquer(par, seance.atelier), REFUS)
    nom, qualite = signataire.strip()[:160], qualite.strip()[:200]
    if not (nom and qualite):
        raise ErreurMetier("Une lettre porte le nom et la qualité de qui la signe.")
    SignatureConvocation.objects.update_or_create(
        seance=seance, defaults={"nom": nom, "qualite": qualite}
    )
    for college in ("", *College.values):
        texte = textes.get(college, "").strip()[:3000]
        lignes = TexteConvocation.objects.filter(seance=seance, college=college)
        if not texte:
            lignes.delete()
        elif not lignes.update(texte=texte):
            TexteConvocation.objects.create(seance=seance, college=college, texte=texte)
    inscrire(journal.TEXTES, objet=seance.atelier, par=par, seance=seance.titre)


def manques_lettres(seance, *, signee: bool, deja=False, **lus) -> list[Manque]:
    """What stands between the séance and its letters. `deja`: to people convoked without one."""
    manques = manques_convoquer(seance, **lus)
    if deja:
        manques = [m for m in manques if m != TOUS_CONVOQUES]
    return manques if signee else [*manques, SANS_SIGNATURE]


@transaction.atomic
def preparer_lettres(*, seance, par, deja=False) -> LotCourriels:
    """One held mail per invited person, and its letter being made: somebody reads, then sends.

    `deja`: to those whom a plain mail convoked (a poll does), who have no letter in hand.
    """
    seance = verrouiller_seance(seance)
    exiger(peut_convoquer(par, seance.atelier), REFUS)
    CYCLE_SEANCE.verifier(seance, "convoquer")
    signee = signature_de(seance) is not None
    if manques := manques_lettres(seance, signee=signee, deja=deja):
        raise ElementsManquants(manques)
    choisies = a_ecrire(seance) if deja else a_convoquer(seance)
    invitations = list(choisies.select_related("participant__personne"))
    if not invitations:
        raise ErreurMetier("Toutes les personnes convoquées ont déjà leur lettre.")
    titre = f"Convocations : {seance.titre}, {seance.atelier.nom}"
    lot = ouvrir_lot(LOT, titre=titre, par=par)
    for invitation in invitations:
        invitation.seance = seance
        demander(LETTRE, objet=invitation, par=par)
        notifications.lettre(invitation, par=par, lot=lot, deja=deja)
    inscrire(
        journal.LETTRES,
        objet=seance.atelier,
        par=par,
        seance=seance.titre,
        nombre=len(invitations),
    )
    return lot


def _partir(lot, par) -> None:
    """The lot leaves: each letter is joined, and the séance is convoked."""
    courriels = list(lot.courriels.filter(etat=EtatCourriel.RETENU))
    invitations = {
        i.pk: i
        for i in Invitation.objects.select_for_update(of=["self"])
        .select_related("participant__personne")
        .filter(pk__in=[int(c.objet_id) for c in courriels])
    }
    if not invitations:
        raise TransitionImpossible("Les invités de cet envoi ne sont plus sur la liste.")
    seance = verrouiller_seance(next(iter(invitations.values())).seance)
    exiger(peut_convoquer(par, seance.atelier), REFUS)
    CYCLE_SEANCE.appliquer(seance, "convoquer")
    seance.save(update_fields=["etat"])
    renumeroter(seance)
    report, maintenant = dernier_report(seance), timezone.now()
    for courriel in courriels:
        invitation = invitations.get(int(courriel.objet_id))
        if invitation is None:
            courriel.etat = EtatCourriel.ANNULE
            courriel.save(update_fields=["etat"])
            continue
        invitation.seance = seance
        _joindre(courriel, invitation)
        _marquer(invitation, report, maintenant)
    nombre = len(invitations)
    inscrire(journal.CONVOQUES, objet=seance.atelier, par=par, seance=seance.titre, nombre=nombre)


def _joindre(courriel, invitation) -> None:
    PieceJointe.objects.bulk_create(
        PieceJointe(courriel=courriel, nom=nom, mime=mime, contenu=octets)
        for nom, mime, octets in (
            (PIECE.nom, PIECE.mime, _contenu(invitation)),
            notifications.rendez_vous(invitation),
        )
    )


def _contenu(invitation) -> bytes:
    document = dernier(LETTRE, invitation)
    if document is None or not document.est_pret:
        raise ErreurMetier("Les lettres sont encore en cours de fabrication : patientez un peu.")
    with Document.objects.get(pk=document.pk).fichier.open("rb") as fichier:
        return fichier.read()


def _a_relire(courriel) -> bytes:
    invitation = Invitation.objects.filter(pk=int(courriel.objet_id)).first()
    if invitation is None:
        raise TransitionImpossible("Cet invité n’est plus sur la liste.")
    return _contenu(invitation)


def _marquer(invitation, report, maintenant) -> None:
    deja = invitation.convoque_le
    nouvelle = deja is None or (report is not None and deja < report)
    invitation.convoque_le = invitation.lettre_le = maintenant
    invitation.sequence_recue = invitation.seance.sequence_ical
    if nouvelle and invitation.reponse != Reponse.DELEGUE:
        invitation.reponse, invitation.repondu_le = Reponse.ATTENDUE, None
    invitation.save(update_fields=[*ENVOYES, "lettre_le"])


PIECE = PiecePrevue("convocation.pdf", "application/pdf", _a_relire)
LOT = declarer_lot("convocations", a_l_envoi=_partir, piece=PIECE)


def documents_faits(seance, invitations) -> dict:
    """`document`: the last PDF for the post; `fabriquees`: (invitation, its last letter) of those
    who have one. One query."""
    connues = {str(i.pk): i for i in invitations}
    lettres = Q(cle=LETTRE, objet_type=Invitation._meta.label_lower, objet_id__in=connues)
    papier = Q(
        cle__in=(LETTRES_PAPIER, LETTRES_TOUTES),
        objet_type=seance._meta.label_lower,
        objet_id=str(seance.pk),
    )
    faits = reversed(Document.objects.filter(lettres | papier).defer("contexte"))
    derniers = {(d.cle, d.objet_id): d for d in faits}
    return {
        "document": derniers.get((LETTRES_PAPIER, str(seance.pk))),
        "document_de_tous": derniers.get((LETTRES_TOUTES, str(seance.pk))),
        "fabriquees": [
            (i, derniers[LETTRE, cle]) for cle, i in connues.items() if (LETTRE, cle) in derniers
        ],
    }


def _imprimable(seance, par):
    """At any time, whatever has been sent: a letter is read, handed out, filed."""
    seance = verrouiller_seance(seance)
    exiger(peut_gerer(par, seance.atelier), REFUS)
    if not seance.debut_prevu:
        raise ErreurMetier("La date de la séance n’est pas fixée.")
    if signature_de(seance) is None:
        raise ElementsManquants([SANS_SIGNATURE])
    return seance


@transaction.atomic
def imprimer_lettres(*, seance, par, toutes=False) -> Document:
    """One PDF of the letters of those who have no electronic address, or of everybody."""
    seance = _imprimable(seance, par)
    if toutes:
        if not invites_attendus(seance).exists():
            raise ErreurMetier("Personne n’est encore invité à cette séance.")
        return demander(LETTRES_TOUTES, objet=seance, par=par)
    if not sans_adresse(seance).exists():
        raise ErreurMetier("Tous les invités ont une adresse électronique.")
    return demander(LETTRES_PAPIER, objet=seance, par=par)


@transaction.atomic
def imprimer_lettre(invitation, *, par) -> Document:
    """That of one person."""
    invitation.seance = _imprimable(invitation.seance, par)
    return demander(LETTRE, objet=invitation, par=par)


@transaction.atomic
def imprimer_feuille(*, seance, par) -> Document:
    seance = verrouiller_seance(seance)
    exiger(
        peut_emarger(par, seance.atelier),
        "Le service pilote, la collectivité et l’équipe tiennent la feuille de présence.",
    )
    return demander(FEUILLE, objet=seance, par=par)
