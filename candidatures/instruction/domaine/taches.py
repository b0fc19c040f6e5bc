"""What waits on the DGALN, the evaluators and the consulted organisations."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, F, Min
from django.urls import reverse
from django.utils import timezone

from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.cycle_de_vie import DECIDABLES
from candidatures.dossiers.domaine.taches import autres
from candidatures.dossiers.droits import confiees_a, est_instructeur, portees_par, visibles_par
from candidatures.instruction.domaine.aveugle import etiquettes, lit_a_l_aveugle
from candidatures.instruction.domaine.avis import ETATS_AVIS
from candidatures.instruction.droits import avis_visibles_par, decisions_visibles_par
from candidatures.instruction.models import DemandeComplement, Evaluation
from socle.interface.taches import Tache, plafonner

HORIZON = timedelta(days=30)


def _evaluations(utilisateur) -> list[Tache]:
    a_rendre = Evaluation.objects.filter(
        evaluateur=utilisateur,
        depose_le__isnull=True,
        ecartee_le__isnull=True,
        candidature__in=confiees_a(utilisateur),
    )
    a_rendre = list(
        a_rendre.select_related("candidature__appel").prefetch_related("candidature__appel__phases")
    )
    masquees = [e.candidature for e in a_rendre if lit_a_l_aveugle(utilisateur, e.candidature)]
    noms = etiquettes({c.appel_id for c in masquees}) if masquees else {}
    return [
        Tache(
            verbe="Évaluer",
            objet=noms.get(e.candidature_id, e.candidature.titre),
            url=reverse("candidatures:lire", args=[e.candidature.reference]),
            depuis=e.confiee_le,
            echeance=e.echeance,
        )
        for e in a_rendre
    ]


def _avis(utilisateur) -> list[Tache]:
    if est_instructeur(utilisateur):
        return []
    attendus = avis_visibles_par(utilisateur).filter(
        rendu_le__isnull=True, candidature__etat__in=ETATS_AVIS
    )
    return [
        Tache(
            verbe="Rendre l’avis",
            objet=a.candidature.titre,
            url=reverse("candidatures:avis_rendre", args=[a.pk]),
            depuis=a.demande_le,
            echeance=a.echeance,
        )
        for a in attendus.select_related("candidature")
    ]


def _autres(verbe: str, nombre: int, filtre: str, echeance=None) -> Tache:
    """The others, in the list that shows them all."""
    return Tache(
        verbe=verbe,
        objet=autres(nombre),
        url=f"{reverse('candidatures:instruction')}?{filtre}",
        echeance=echeance,
        nombre=nombre,
    )


def _instruction(utilisateur) -> list[Tache]:
    recevables = visibles_par(utilisateur).filter(etat=E.RECEVABLE).order_by("deposee_le", "pk")
    taches = plafonner(
        recevables,
        lambda c: Tache(
            verbe="Mettre en évaluation",
            objet=c.titre,
            url=reverse("candidatures:instruire", args=[c.reference]),
            depuis=c.deposee_le,
        ),
        lambda nombre: _autres("Mettre en évaluation", nombre, f"etat={E.RECEVABLE}"),
    )
    preparees = decisions_visibles_par(utilisateur).filter(
        publication=None, candidature__etat__in=DECIDABLES
    )
    lues = preparees.aggregate(nombre=Count("pk"), depuis=Min("preparee_le"))
    if nombre := lues["nombre"]:
        taches.append(
            Tache(
                verbe="Relire et publier",
                objet=f"{nombre} décision{'s' if nombre > 1 else ''} préparée"
                f"{'s' if nombre > 1 else ''}",
                url=reverse("candidatures:decisions"),
                depuis=lues["depuis"],
            )
        )
    return taches


def _a_reprendre(utilisateur) -> list[Tache]:
    portees = portees_par(utilisateur).filter(
        etat=E.REORIENTEE, reorientation__nouvelle__isnull=True
    )
    return [
        Tache(
            verbe="Reprendre dans un autre dispositif",
            objet=c.titre,
            url=reverse("candidatures:reprendre", args=[c.reference]),
            depuis=c.reorientation.le,
        )
        for c in portees.select_related("reorientation").order_by("pk")
    ]


def a_traiter(utilisateur) -> list[Tache]:
    taches = _evaluations(utilisateur) + _avis(utilisateur)
    if est_instructeur(utilisateur):
        return taches + _instruction(utilisateur)
    return taches + _a_reprendre(utilisateur)


def a_venir(utilisateur) -> list[Tache]:
    """For the DGALN: what it waits for from others, within thirty days."""
    if not est_instructeur(utilisateur):
        return []
    limite = timezone.localdate() + HORIZON
    demandes = DemandeComplement.objects.filter(
        candidature__in=visibles_par(utilisateur),
        repondue_le__isnull=True,
        echeance__lte=limite,
        candidature__etat=E.A_COMPLETER,
    ).select_related("candidature")
    avis = (
        avis_visibles_par(utilisateur)
        .filter(rendu_le__isnull=True, echeance__lte=limite, candidature__etat__in=ETATS_AVIS)
        .select_related("candidature", "organisme")
    )
    return plafonner(
        demandes,
        lambda d: Tache(
            verbe="Compléments attendus",
            objet=d.candidature.titre,
            url=reverse("candidatures:instruire", args=[d.candidature.reference]),
            echeance=d.echeance,
            qui="les porteurs",
        ),
        lambda n: _autres("Compléments attendus", n, f"etat={E.A_COMPLETER}", limite),
    ) + plafonner(
        avis.order_by(F("echeance"), "pk"),
        lambda a: Tache(
            verbe="Avis attendu",
            objet=a.candidature.titre,
            url=reverse("candidatures:instruire", args=[a.candidature.reference]),
            echeance=a.echeance,
            qui=str(a.organisme),
        ),
        lambda n: _autres("Avis attendu", n, "avis=attente", limite),
    )
