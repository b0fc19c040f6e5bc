"""Reads of the instruction: lists, one dossier, its neighbours, what is ready to publish."""

from __future__ import annotations

from django.db.models import CharField, Count, F, FloatField, Func, Max, Min, Q, Value
from django.db.models.functions import Cast, Concat, LPad

from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.cycle_de_vie import CYCLE_CANDIDATURE, EN_DECISION
from candidatures.dossiers.droits import deports_actifs, visibles_par
from candidatures.dossiers.models import Candidature
from candidatures.instruction.choix import VERBES_DECISION, SensDecision
from candidatures.instruction.droits import decisions_visibles_par
from candidatures.instruction.gardes import ordre_de_la_liste, sans_deliberees
from candidatures.instruction.models import Decision, Evaluation
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur
from socle.groupage import Partie, RequeteGardee, remplir

A_INSTRUIRE = (E.DEPOSEE, E.A_COMPLETER, E.RECEVABLE, *EN_DECISION)


PARTIES = (
    Partie("evaluations", avec=("evaluateur",)),
    Partie("evaluations__notes", avec=("critere",)),
    Partie("avis", avec=("organisme", "auteur")),
    Partie("decisions", avec=("vers_dispositif", "publication", "publication__par")),
    Partie("deports"),
    Partie("etiquettes", avec=("etiquette",)),
    Partie("demandes_complement"),
    Partie("demandes_complement__elements", avec=("piece_requise",)),
)


def completer(candidature: Candidature) -> Candidature:
    """With evaluations, avis, decisions and requests, in two more queries where a page did not
    bring them along."""
    deja = getattr(candidature, "_prefetched_objects_cache", {})
    if restantes := [p for p in PARTIES if p.chemin.partition("__")[0] not in deja]:
        remplir([candidature], restantes)
    decisions = list(candidature.decisions.all())
    candidature.decisions_en_preparation = [d for d in decisions if d.publication_id is None]
    candidature.decisions_publiees = sorted(
        (d for d in decisions if d.publication_id), key=lambda d: d.publication.publiee_le
    )
    return candidature


def decision_en_preparation(candidature) -> Decision | None:
    preparees = getattr(candidature, "decisions_en_preparation", None)
    if preparees is None:
        preparees = candidature.decisions.filter(publication=None).select_related("vers_dispositif")
    return preparees[0] if preparees else None


def voisines(references: list[str], reference: str) -> tuple[str | None, str | None, int, int]:
    """(previous, next, position from 1, total) of a reference in an ordered list."""
    if reference not in references:
        return None, None, 0, len(references)
    i = references.index(reference)
    precedente = references[i - 1] if i else None
    suivante = references[i + 1] if i + 1 < len(references) else None
    return precedente, suivante, i + 1, len(references)


def voisinage_dans_la_liste(
    instructeur, candidature, requete: str | None
) -> tuple[str | None, str | None, int, int]:
    """In the list that one comes from; in the appel without one, or once the dossier left it."""
    if requete is not None:
        lues = voisines(ordre_de_la_liste(instructeur, requete), candidature.reference)
        if lues[2]:
            return lues
    return voisinage_dans_l_appel(instructeur, candidature)


def voisinage(candidatures, candidature) -> tuple[str | None, str | None, int, int]:
    """The same in a queryset, by appel then reference, without reading it."""
    cle = Concat(LPad(Cast("appel_id", CharField()), 12, Value("0")), "reference")
    ici = f"{candidature.appel_id:0>12}{candidature.reference}"
    lues = (
        candidatures.order_by()
        .annotate(cle=cle)
        .aggregate(
            avant=Max("cle", filter=Q(cle__lt=ici)),
            apres=Min("cle", filter=Q(cle__gt=ici)),
            rang=Count("pk", filter=Q(cle__lte=ici)),
            present=Count("pk", filter=Q(cle=ici)),
            total=Count("pk"),
        )
    )
    if not lues["present"]:
        return None, None, 0, lues["total"]
    avant, apres = (lues[c][12:] if lues[c] else None for c in ("avant", "apres"))
    return avant, apres, lues["rang"], lues["total"]


def _dans_l_appel(*, personne, appel, ici):
    """The same among those of one appel that an instructeur sees, in one row."""
    qui = Utilisateur(pk=personne, role=Role.DGALN)
    lues = visibles_par(qui).filter(appel=appel, etat__in=A_INSTRUIRE).order_by()
    comptes = {
        "avant": Max("reference", filter=Q(reference__lt=ici)),
        "apres": Min("reference", filter=Q(reference__gt=ici)),
        "rang": Count("pk", filter=Q(reference__lte=ici)),
        "present": Count("pk", filter=Q(reference=ici)),
        "total": Count("pk"),
    }
    return lues.values("appel_id").annotate(**comptes).values_list(*comptes)


DANS_L_APPEL = RequeteGardee(_dans_l_appel)


def voisinage_dans_l_appel(instructeur, candidature) -> tuple[str | None, str | None, int, int]:
    """(previous, next, rank, total) for the page where one instructs dossier after dossier."""
    lues = DANS_L_APPEL.lire(
        personne=instructeur.pk, appel=candidature.appel_id, ici=candidature.reference
    )
    avant, apres, rang, present, total = lues[0] if lues else (None, None, 0, 0, 0)
    return (avant, apres, rang, total) if present else (None, None, 0, total)


ORDRE_PILE = (
    F("depose_le").desc(nulls_first=True),
    "candidature__appel__titre",
    "candidature__reference",
)


def pile(evaluateur):
    """The evaluations entrusted to someone, those of `confiees_a`, and those that they filed,
    whatever became of the dossier: to file first, then by appel and reference."""
    siennes = Evaluation.comptees.filter(evaluateur=evaluateur)
    siennes = siennes.filter(Q(candidature__etat__in=EN_DECISION) | Q(depose_le__isnull=False))
    ouvertes = siennes.exclude(candidature__in=deports_actifs(evaluateur).values("candidature"))
    ouvertes = sans_deliberees(ouvertes, si=Q(depose_le__isnull=True))
    return ouvertes.order_by(*ORDRE_PILE)


class _Secondes(Func):
    """A moment as seconds: read ten times faster than a date, which most rows do not show."""

    template = "extract(epoch from %(expressions)s)::float8"
    output_field = FloatField()


def _pile_entiere(*, personne):
    siennes = pile(Utilisateur(pk=personne, role=Role.EVALUATEUR))
    return siennes.values_list("pk", "candidature__appel__titre", _Secondes("depose_le"))


PILE_ENTIERE = RequeteGardee(_pile_entiere)


def pile_entiere(evaluateur) -> list[tuple[int, str, float | None]]:
    """(key, appel, filed on: seconds since the epoch) of all of it, in its order."""
    return PILE_ENTIERE.lire(personne=evaluateur.pk)


def lire_pile(cles) -> list[Evaluation]:
    """These of the pile, with all that a row says: the keys are chosen first, on narrow rows."""
    return list(
        Evaluation.objects.filter(pk__in=cles)
        .select_related("candidature__appel__dispositif", "candidature__perimetre")
        .only(
            *("candidature__reference", "candidature__titre", "candidature__etat"),
            *("candidature__appel__dispositif__nom", "candidature__perimetre__population"),
            *("evaluateur", "echeance", "modifiee_le", "depose_le"),
        )
        .prefetch_related("candidature__perimetre__departements", "candidature__appel__phases")
        .order_by(*ORDRE_PILE)
    )


def decisions_a_publier(utilisateur) -> dict[str, list[Decision]]:
    """Three columns of pending decisions whose candidature still can receive them."""
    colonnes: dict[str, list[Decision]] = {"favorables": [], "reorientees": [], "defavorables": []}
    preparees = (
        decisions_visibles_par(utilisateur)
        .filter(publication=None)
        .select_related(
            "candidature__appel__dispositif", "candidature__perimetre", "vers_dispositif"
        )
        .prefetch_related("candidature__perimetre__departements")
        .order_by("candidature__titre", "pk")
    )
    for decision in preparees:
        sens = SensDecision(decision.sens)
        if not CYCLE_CANDIDATURE.possible(VERBES_DECISION[sens], decision.candidature.etat):
            continue
        if sens in (SensDecision.RETENUE, SensDecision.PRESELECTIONNEE, SensDecision.RESERVE):
            colonnes["favorables"].append(decision)
        elif sens == SensDecision.REORIENTEE:
            colonnes["reorientees"].append(decision)
        else:
            colonnes["defavorables"].append(decision)
    return colonnes


def demande_ouverte(candidature):
    """The open request for compléments, with its items, or None."""
    if candidature.etat != E.A_COMPLETER:
        return None
    return (
        candidature.demandes_complement.filter(repondue_le__isnull=True)
        .prefetch_related("elements__piece_requise")
        .first()
    )


def demandes_repondues(candidature):
    """The past requests, latest first: the carriers read them again."""
    repondues = candidature.demandes_complement.filter(repondue_le__isnull=False)
    return list(
        repondues.select_related("repondue_par").prefetch_related("elements__piece_requise")
    )


def decision_publiee(candidature) -> Decision | None:
    """The last decision that its carriers know."""
    if (lues := getattr(candidature, "decisions_publiees", None)) is not None:
        return lues[-1] if lues else None
    return (
        candidature.decisions.filter(publication__isnull=False)
        .select_related("publication__par", "vers_dispositif")
        .order_by("-publication__publiee_le")
        .first()
    )
