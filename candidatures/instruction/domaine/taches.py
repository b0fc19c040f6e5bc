"""What waits on the DGALN, the evaluators and the consulted organisations."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Exists, F, Min, OuterRef, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.cycle_de_vie import DECIDABLES
from candidatures.dossiers.domaine.taches import autres
from candidatures.dossiers.droits import (
    confiees_a,
    est_instructeur,
    reperes_visibles_par,
    visibles_par,
)
from candidatures.instruction.domaine.aveugle import etiquettes, lit_a_l_aveugle
from candidatures.instruction.domaine.avis import ETATS_AVIS
from candidatures.instruction.droits import avis_visibles_par, decisions_visibles_par
from candidatures.instruction.gardes import sans_deliberees
from candidatures.instruction.models import DemandeComplement, Evaluation
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur
from socle.groupage import RequeteGardee
from socle.interface.taches import Tache, dire_plafonnes, plafonner, plafonnes

HORIZON = timedelta(days=30)


CANDIDATURE = ("candidature__reference", "candidature__titre")


def _instructeur(personne) -> Utilisateur:
    return Utilisateur(pk=personne, role=Role.DGALN)


def _a_rendre(*, personne):
    confiees = confiees_a(Utilisateur(pk=personne, role=Role.EVALUATEUR))
    a_rendre = Evaluation.objects.filter(
        evaluateur=personne,
        depose_le__isnull=True,
        ecartee_le__isnull=True,
        candidature__in=confiees,
    )
    a_rendre = sans_deliberees(a_rendre).order_by(F("echeance").asc(nulls_last=True), "pk")
    return plafonnes(a_rendre.select_related("candidature__appel").defer("synthese"))


def _recevables(*, personne):
    qui, confiees = _instructeur(personne), Evaluation.comptees.filter(candidature=OuterRef("pk"))
    recevables = visibles_par(qui).filter(etat=E.RECEVABLE).order_by("deposee_le", "pk")
    recevables = recevables.only("reference", "titre", "deposee_le")
    comptes = reperes_visibles_par(qui).filter(etat=E.RECEVABLE)
    return plafonnes(recevables.annotate(confiee=Exists(confiees)), comptes)


def _preparees(*, personne):
    preparees = decisions_visibles_par(_instructeur(personne)).filter(
        publication=None, candidature__etat__in=DECIDABLES
    )
    comptes = {"nombre": Count("pk"), "depuis": Min("preparee_le")}
    return preparees.order_by().values("publication_id").annotate(**comptes).values_list(*comptes)


def _complements(*, personne, limite):
    demandes = DemandeComplement.objects.filter(
        candidature__in=reperes_visibles_par(_instructeur(personne)).values("pk"),
        repondue_le__isnull=True,
        echeance__lte=limite,
        candidature__etat=E.A_COMPLETER,
    ).select_related("candidature")
    return plafonnes(demandes.only("echeance", *CANDIDATURE).order_by("echeance", "pk"))


def _avis_attendus(*, personne, limite):
    avis = (
        avis_visibles_par(_instructeur(personne))
        .filter(rendu_le__isnull=True, echeance__lte=limite, candidature__etat__in=ETATS_AVIS)
        .select_related("candidature", "organisme")
    )
    return plafonnes(avis.only("echeance", "organisme", *CANDIDATURE).order_by("echeance", "pk"))


# Asked at each opening of the dashboard: Django writes their SQL once.
A_RENDRE, RECEVABLES = RequeteGardee(_a_rendre), RequeteGardee(_recevables)
PREPAREES, COMPLEMENTS = RequeteGardee(_preparees), RequeteGardee(_complements)
AVIS_ATTENDUS = RequeteGardee(_avis_attendus)


def _evaluations(utilisateur) -> list[Tache]:
    """Those that one has not filed, the nearest deadline first."""
    if utilisateur.role not in (Role.EVALUATEUR, Role.DGALN):
        return []
    lues = dire_plafonnes(
        A_RENDRE.objets(personne=utilisateur.pk),
        lambda evaluation: evaluation,
        lambda nombre: Tache(
            verbe="Évaluer",
            objet=autres(nombre),
            url=reverse("candidatures:evaluations"),
            nombre=nombre,
        ),
    )
    confiees = [e for e in lues if isinstance(e, Evaluation)]
    candidatures = [e.candidature for e in confiees]
    prefetch_related_objects(candidatures, "appel__phases")
    masquees = [c for c in candidatures if lit_a_l_aveugle(utilisateur, c)]
    noms = etiquettes({c.pk for c in masquees}) if masquees else {}
    return [_evaluer(e, noms) if isinstance(e, Evaluation) else e for e in lues]


def _evaluer(evaluation, noms) -> Tache:
    return Tache(
        verbe="Évaluer",
        objet=noms.get(evaluation.candidature_id, evaluation.candidature.titre),
        url=reverse("candidatures:lire", args=[evaluation.candidature.reference]),
        depuis=evaluation.confiee_le,
        echeance=evaluation.echeance,
    )


def _avis(utilisateur) -> list[Tache]:
    if est_instructeur(utilisateur):
        return []
    attendus = avis_visibles_par(utilisateur).filter(
        rendu_le__isnull=True, candidature__etat__in=ETATS_AVIS
    )
    return plafonner(
        attendus.select_related("candidature")
        .only("demande_le", "echeance", *CANDIDATURE)
        .order_by("echeance", "pk"),
        lambda a: Tache(
            verbe="Rendre l’avis",
            objet=a.candidature.titre,
            url=reverse("candidatures:avis_rendre", args=[a.pk]),
            depuis=a.demande_le,
            echeance=a.echeance,
        ),
        lambda nombre: Tache(
            verbe="Rendre l’avis",
            objet=autres(nombre),
            url=reverse("candidatures:avis"),
            nombre=nombre,
        ),
    )


def _autres(verbe: str, nombre: int, filtre: str, echeance=None) -> Tache:
    """The others, in the list that shows them all."""
    return Tache(
        verbe=verbe,
        objet=autres(nombre),
        url=f"{reverse('candidatures:instruction')}?{filtre}",
        echeance=echeance,
        nombre=nombre,
    )


def _recevable(c) -> Tache:
    """Entrusted to nobody, it cannot be evaluated yet."""
    page = "instruire" if c.confiee else "confier"
    return Tache(
        verbe="Mettre en évaluation" if c.confiee else "Confier à des évaluateurs",
        objet=c.titre,
        url=reverse(f"candidatures:{page}", args=[c.reference]),
        depuis=c.deposee_le,
    )


def _instruction(utilisateur) -> list[Tache]:
    taches = dire_plafonnes(
        RECEVABLES.objets(personne=utilisateur.pk),
        _recevable,
        lambda nombre: _autres("Confier ou mettre en évaluation", nombre, f"etat={E.RECEVABLE}"),
    )
    for nombre, depuis in PREPAREES.lire(personne=utilisateur.pk):
        taches.append(
            Tache(
                verbe="Relire et publier",
                objet=f"{nombre} décision{'s' if nombre > 1 else ''} préparée"
                f"{'s' if nombre > 1 else ''}",
                url=reverse("candidatures:decisions"),
                depuis=depuis,
            )
        )
    return taches


def a_traiter(utilisateur) -> list[Tache]:
    taches = _evaluations(utilisateur) + _avis(utilisateur)
    return taches + _instruction(utilisateur) if est_instructeur(utilisateur) else taches


def a_venir(utilisateur) -> list[Tache]:
    """For the DGALN: what it waits for from others, within thirty days."""
    if not est_instructeur(utilisateur):
        return []
    limite = timezone.localdate() + HORIZON
    return dire_plafonnes(
        COMPLEMENTS.objets(personne=utilisateur.pk, limite=limite),
        lambda d: Tache(
            verbe="Compléments attendus",
            objet=d.candidature.titre,
            url=reverse("candidatures:instruire", args=[d.candidature.reference]),
            echeance=d.echeance,
            qui="les porteurs",
        ),
        lambda n: _autres("Compléments attendus", n, f"etat={E.A_COMPLETER}", limite),
    ) + dire_plafonnes(
        AVIS_ATTENDUS.objets(personne=utilisateur.pk, limite=limite),
        lambda a: Tache(
            verbe="Avis attendu",
            objet=a.candidature.titre,
            url=reverse("candidatures:instruire", args=[a.candidature.reference]),
            echeance=a.echeance,
            qui=str(a.organisme),
        ),
        lambda n: _autres("Avis attendu", n, "avis=attente", limite),
    )
