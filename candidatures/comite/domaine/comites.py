"""The sitting: prepared, its members and their presence, opened, closed with its minutes."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from candidatures.comite import journal
from candidatures.comite.calcul.deliberes import deja_deliberes, du_comite
from candidatures.comite.choix import EtatComite
from candidatures.comite.cycle_de_vie import CYCLE_COMITE
from candidatures.comite.documents import PV
from candidatures.comite.domaine.commun import ouvrir
from candidatures.comite.droits import peut_tenir
from candidatures.comite.models import Comite, Deliberation, MembreComite
from candidatures.instruction.choix import OrigineDeport
from candidatures.instruction.domaine.deports import declarer_deport
from candidatures.instruction.domaine.profils import LECTEURS
from socle.documents.domaine import demander
from socle.erreurs import (
    ActionInterdite,
    ElementsManquants,
    ErreurMetier,
    Manque,
    TransitionImpossible,
)
from socle.interface.templatetags.interface import date_longue
from socle.journal.domaine import inscrire

CHAMPS = ("tenu_le", "lieu", "presidence", "quorum", "plafond_places", "plafond_budget", "reserve")


def _verifier(comite: Comite) -> None:
    absents = []
    if comite.plafond_places is None and comite.plafond_budget is None:
        absents.append(Manque("Donnez un plafond, en places ou en budget."))
    if comite.plafond_budget is not None and not comite.cout_dossier:
        absents.append(Manque("Un plafond en budget demande le coût d’un dossier."))
    if comite.quorum < 1:
        absents.append(Manque("Le quorum est d’au moins une personne."))
    if absents:
        raise ElementsManquants(absents)


def _reprendre(comite: Comite, candidatures, motif: str, par) -> None:
    """Dossiers that a closed committee deliberated, ranked again: asked for, and said why."""
    permises = {a.candidature_id for a in deja_deliberes(comite.appel)}
    reprises = [c for c in candidatures if c.pk in permises]
    if reprises and not motif.strip():
        raise ElementsManquants(
            [Manque("Dites pourquoi ces dossiers sont repris.", "#id_motif_reprise")]
        )
    for candidature in reprises:
        comite.reprises.create(
            candidature=candidature, motif=motif.strip(), par=par, le=timezone.now()
        )
        inscrire(journal.REPRIS, objet=candidature, par=par, motif=motif.strip())
    if permises and not du_comite(comite).exists():
        raise ElementsManquants(
            [Manque("Tous les dossiers de cet appel sont délibérés : reprenez-en un au moins.")]
        )


@transaction.atomic
def preparer_comite(
    *, appel, par, cout_dossier=None, reprises=(), motif_reprise="", **champs
) -> Comite:
    """One at a time per appel; the cost of a dossier comes from the dispositif.

    `reprises`: what a closed committee deliberated is left out, unless it is taken again.
    """
    if not peut_tenir(par):
        raise ActionInterdite("Seule la DGALN prépare un comité.")
    if Comite.objects.filter(appel=appel).exclude(etat=EtatComite.CLOS).exists():
        raise ErreurMetier("Un comité est déjà en cours pour cet appel.")
    cout = cout_dossier if cout_dossier is not None else appel.dispositif.cout_indicatif or 0
    comite = Comite(appel=appel, cree_par=par, cout_dossier=cout, **champs)
    _verifier(comite)
    comite.save()
    _reprendre(comite, reprises, motif_reprise, par)
    inscrire(journal.CREE, objet=comite, par=par)
    return comite


@transaction.atomic
def supprimer_comite(*, comite: Comite, par) -> None:
    """Prepared by mistake: nothing was said in it, it goes with its members and scenarios."""
    comite = ouvrir(comite, par)
    if comite.etat != EtatComite.PREPARATION:
        raise TransitionImpossible("La séance a été ouverte : ce comité ne se supprime plus.")
    inscrire(journal.SUPPRIME, objet=comite.appel, par=par, tenu_le=date_longue(comite.tenu_le))
    comite.delete()


@transaction.atomic
def modifier_comite(*, comite: Comite, par, cout_dossier=None, **champs) -> Comite:
    comite = ouvrir(comite, par)
    for nom in CHAMPS:
        if nom in champs:
            setattr(comite, nom, champs[nom])
    if cout_dossier is not None:
        comite.cout_dossier = cout_dossier
    _verifier(comite)
    comite.revision += 1
    comite.save(update_fields=[*CHAMPS, "cout_dossier", "revision"])
    inscrire(journal.MODIFIE, objet=comite, par=par)
    return comite


@transaction.atomic
def ajouter_membre(
    *, comite: Comite, par, nom="", qualite="", utilisateur=None, votant=True
) -> MembreComite:
    comite = ouvrir(comite, par)
    nom = nom.strip() or (utilisateur.nom_complet if utilisateur else "")
    if not nom:
        raise ElementsManquants([Manque("Donnez le nom du membre, ou choisissez son compte.")])
    deja = comite.membres.filter(nom=nom)
    if utilisateur is not None:
        deja = deja | comite.membres.filter(utilisateur=utilisateur)
    if deja.exists():
        raise ErreurMetier("Cette personne est déjà membre du comité.")
    if not qualite.strip() and utilisateur is not None:
        qualite = utilisateur.fonction or str(utilisateur.organisme or "")
    membre = MembreComite.objects.create(
        comite=comite, nom=nom, qualite=qualite.strip(), utilisateur=utilisateur, votant=votant
    )
    inscrire(journal.MEMBRE_AJOUTE, objet=comite, par=par, membre=nom)
    return membre


@transaction.atomic
def retirer_membre(*, membre: MembreComite, par) -> None:
    comite = ouvrir(membre.comite, par)
    deliberees = Deliberation.objects.filter(comite=comite, deliberee_le__isnull=False)
    if deliberees.exists() or comite.rejets.exists():
        raise ErreurMetier("Des délibérations sont inscrites\u00a0: les membres ne changent plus.")
    nom = membre.nom
    membre.delete()
    inscrire(journal.MEMBRE_RETIRE, objet=comite, par=par, membre=nom)


@transaction.atomic
def noter_presences(*, comite: Comite, presents: list[int], par) -> Comite:
    """Who is in the room now; each deliberation counts those present at its time."""
    comite = ouvrir(comite, par)
    comite.membres.update(present=False)
    comite.membres.filter(pk__in=presents).update(present=True)
    noms = list(comite.membres.filter(present=True).values_list("nom", flat=True))
    inscrire(journal.PRESENCES, objet=comite, par=par, presents=noms)
    return comite


def _motif_seance(comite: Comite, motif: str) -> str:
    dit = f"Noté en séance du comité du {date_longue(timezone.localtime(comite.tenu_le))}"
    return f"{dit}\u00a0: {motif.strip()}" if motif.strip() else f"{dit}."


@transaction.atomic
def noter_deport(*, membre: MembreComite, candidature, par, motif: str = "") -> MembreComite:
    """A recusal declared in the room, for this dossier only.

    Of a person who may read or note it, it is a recusal like the others. The row of the member
    alone keeps that of somebody without such an account, who only votes.
    """
    comite = ouvrir(membre.comite, par)
    if Deliberation.objects.filter(
        comite=comite, candidature=candidature, deliberee_le__isnull=False
    ).exists():
        raise ErreurMetier("Ce dossier est délibéré\u00a0: le déport aurait dû précéder le vote.")
    if membre.utilisateur is not None and membre.utilisateur.role in LECTEURS:
        declarer_deport(
            candidature=candidature,
            personne=membre.utilisateur,
            motif=_motif_seance(comite, motif),
            origine=OrigineDeport.SEANCE,
            par=par,
        )
    else:
        membre.deporte_de.add(candidature)
    inscrire(journal.DEPORT_SEANCE, objet=comite, par=par, membre=membre.nom)
    return membre


def manques_ouverture(comite: Comite, nombre: int | None = None) -> list[Manque]:
    """`nombre`: how many dossiers it has, when they are already read."""
    absents = []
    votants = sum(m.votant for m in comite.membres.all())
    if votants < comite.quorum:
        absents.append(
            Manque(f"Le quorum est de {comite.quorum}, le comité compte {votants} votants.")
        )
    if not (du_comite(comite).exists() if nombre is None else nombre):
        absents.append(Manque("Aucune candidature de cet appel n’est en évaluation."))
    return absents


@transaction.atomic
def ouvrir_comite(*, comite: Comite, par) -> Comite:
    comite = ouvrir(comite, par)
    CYCLE_COMITE.appliquer(comite, "ouvrir")
    if absents := manques_ouverture(comite):
        raise ElementsManquants(absents)
    comite.ouvert_le = timezone.now()
    comite.save(update_fields=["etat", "ouvert_le"])
    inscrire(journal.OUVERT, objet=comite, par=par)
    return comite


def manques_cloture(comite: Comite) -> list[Manque]:
    """Every candidature of the table has its deliberation."""
    faites = comite.deliberations.filter(deliberee_le__isnull=False).values("candidature_id")
    restantes = du_comite(comite).exclude(pk__in=faites).order_by("reference")
    return en_attente(restantes.values_list("reference", flat=True))


def en_attente(references) -> list[Manque]:
    return [Manque(f"{reference} attend sa délibération.") for reference in references]


@transaction.atomic
def clore_comite(*, comite: Comite, par) -> Comite:
    """Freeze the minutes: their context and its hash, made into a PDF after the commit."""
    comite = ouvrir(comite, par)
    CYCLE_COMITE.appliquer(comite, "clore")
    if absents := manques_cloture(comite):
        raise ElementsManquants(absents)
    comite.clos_le, comite.clos_par = timezone.now(), par
    comite.pv_sha256 = demander(PV, objet=comite, par=par).contexte_sha256
    comite.save(update_fields=["etat", "clos_le", "clos_par", "pv_sha256"])
    inscrire(journal.CLOS, objet=comite, par=par, empreinte=comite.pv_sha256)
    return comite
