"""Read a page of a list: as many queries for one row as for fifty, never a text nor a JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Avg, Exists, OuterRef
from django.db.models.functions import Round
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from candidatures.dossiers.choix import EtatCandidature
from candidatures.dossiers.domaine import orthographe as orthographe_proche
from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine.requetes import A_INSTRUIRE
from candidatures.instruction.domaine.synthese import Synthese, classer, exacte
from candidatures.instruction.models import Avis, Evaluation
from candidatures.listes.domaine.colonnes import Colonne, cellule_html, colonnes, ordre
from candidatures.listes.domaine.etat import TOUT, EtatListe

PAR_PAGE = 50
PLAFOND = 1_000  # counting more helps nobody: filters do
PORTEE = 5_000  # page after page, one never goes further
ORDRE = ("-deposee_le", "-pk")
DECIDES = {*EtatCandidature.values} - {*A_INSTRUIRE, EtatCandidature.BROUILLON}


@dataclass(frozen=True)
class Comptes:
    demandes: int = 0
    recus: int = 0
    en_retard: int = 0


@dataclass(frozen=True)
class Ligne:
    """One row: its cells are ready to print."""

    pk: int
    reference: str
    titre: str
    cellules: SafeString


def tout(etat: EtatListe) -> bool:
    """Beyond what is to instruct: asked for, or a state that is no longer to instruct is."""
    voulus = {v for groupe in etat.groupes for v in groupe.valeurs.get("etat", ())}
    return etat.portee == TOUT or not voulus.isdisjoint(DECIDES)


def a_instruire(base, etat: EtatListe):
    return base if tout(etat) else base.filter(etat__in=A_INSTRUIRE)


def filtrees(base, etat: EtatListe, *, instructeur: bool):
    """`base`: `Repere` rows, as all that chooses and counts."""
    condition = etat.condition(instructeur=instructeur)
    return base.filter(condition) if condition else base


def triees(lignes, etat: EtatListe, *, instructeur: bool, depuis: str = ""):
    """`depuis`: the path from these rows to their `Repere`."""
    permises = colonnes(instructeur=instructeur)
    champs = ordre(etat.tri, permises, instructeur=instructeur, depuis=depuis)
    return lignes.order_by(*(champs or ORDRE))


def plafond(page: int = 1) -> int:
    """How far one counts: always one page beyond the one asked for, so that it can be turned."""
    return min(PORTEE, max(PLAFOND, (page + 1) * PAR_PAGE))


def compter(reperes, page: int = 1) -> int:
    """Up to the ceiling, plus one when there are more."""
    return reperes.order_by()[: plafond(page) + 1].count()


def orthographe(base, etat: EtatListe, *, instructeur: bool) -> tuple[str, str] | None:
    """For a search that finds nothing: (text, address) of a near one that finds something here."""
    for texte in orthographe_proche.propositions(etat.texte) if etat.texte else []:
        corrige = etat.avec_texte(texte)
        if filtrees(base, corrige, instructeur=instructeur).exists():
            return texte, corrige.url()
    return None


def valeurs(candidatures, choisies: Iterable[Colonne]):
    """One dict per candidature, with what these columns read."""
    annotations, champs = {}, {"pk", "reference", "titre"}
    for colonne in choisies:
        annotations |= colonne.annotations()
        champs |= set(colonne.lit)
    return candidatures.annotate(**annotations).values(*sorted(champs), *annotations)


def _avis(pks) -> dict[int, Comptes]:
    comptes, aujourdhui = defaultdict(lambda: [0, 0, 0]), timezone.localdate()
    lignes = Avis.objects.filter(candidature__in=pks, retenu=False).order_by()
    for pk, rendu_le, echeance in lignes.values_list("candidature_id", "rendu_le", "echeance"):
        comptes[pk][0] += 1
        comptes[pk][1] += rendu_le is not None
        comptes[pk][2] += rendu_le is None and echeance < aujourdhui
    return defaultdict(Comptes, {pk: Comptes(*c) for pk, c in comptes.items()})


def _notes(pks, utilisateur) -> dict[int, Synthese]:
    """Means of the counted evaluations; the counts alone where one’s own opinion is due."""
    attendues, deposees, moyennes = defaultdict(int), defaultdict(int), defaultdict(list)
    dus = set()
    lignes = Evaluation.comptees.filter(candidature__in=pks).order_by()
    lues = lignes.values_list("candidature_id", "depose_le", "moyenne", "evaluateur_id")
    for pk, depose_le, moyenne, evaluateur in lues:
        attendues[pk] += 1
        deposees[pk] += depose_le is not None
        if depose_le and moyenne is not None:
            moyennes[pk].append(exacte(moyenne))
        elif utilisateur is not None and evaluateur == utilisateur.pk:
            dus.add(pk)
    syntheses = {}
    for pk, nombre in attendues.items():
        m = () if pk in dus else tuple(moyennes[pk])
        syntheses[pk] = Synthese(attendues=nombre, deposees=deposees[pk], moyennes=m)
    return defaultdict(lambda: Synthese(attendues=0, deposees=0), syntheses)


# Two different means of one grid differ before this decimal, and equal ones agree up to it.
DECIMALES_RANG = 10


def _rangs(appel_slug: str, utilisateur) -> dict[int, int]:
    """Rank among all of the same appel; without one appel chosen there is no rank.

    Nor as long as this person owes an opinion there: a hole would tell that dossier’s rank.
    """
    if not appel_slug:
        return {}
    notees = Evaluation.comptees.filter(
        candidature__appel__slug=appel_slug, depose_le__isnull=False, moyenne__isnull=False
    )
    groupes = notees.order_by().values("candidature_id")
    moyennes = groupes.annotate(
        m=Round(Avg("moyenne"), DECIMALES_RANG), du=Exists(_avis_du(utilisateur))
    )
    lues = list(moyennes)
    if any(m["du"] for m in lues):
        return {}
    return classer({m["candidature_id"]: m["m"] for m in lues})


def _avis_du(utilisateur):
    """The opinion that this person still owes on a candidature of the outer query."""
    return Evaluation.comptees.filter(
        candidature=OuterRef("candidature_id"), evaluateur=utilisateur, depose_le__isnull=True
    )


PAR_NOTES = ("note_min", "note_max")
TRIS_NOTES = ("notes", "mediane", "moyenne", "rang", "dispersion")


def par_notes(etat: EtatListe) -> bool:
    """Sorted or filtered by notes, in whatever group of conditions."""
    demandes = {cle for groupe in etat.groupes for cle in groupe.valeurs}
    return etat.tri.lstrip("-") in TRIS_NOTES or not demandes.isdisjoint(PAR_NOTES)


def _dus_par(utilisateur):
    return Evaluation.comptees.filter(evaluateur=utilisateur, depose_le__isnull=True)


def mises_de_cote(base, etat: EtatListe, utilisateur, *, instructeur: bool) -> int:
    """How many of the list `sans_avis_dus` leaves aside, whatever their notes."""
    if not par_notes(etat):
        return 0
    groupes = tuple(
        replace(g, valeurs={c: v for c, v in g.valeurs.items() if c not in PAR_NOTES})
        for g in etat.groupes
    )
    lues = filtrees(base, replace(etat, groupes=groupes), instructeur=instructeur)
    return lues.filter(pk__in=_dus_par(utilisateur).values("candidature_id")).count()


def sans_avis_dus(base, etat: EtatListe, utilisateur):
    """One’s own opinion first: a sort or a filter on notes leaves those dossiers aside."""
    if not par_notes(etat):
        return base
    return base.exclude(pk__in=_dus_par(utilisateur).values("candidature_id"))


def completer(
    lignes: list[dict],
    choisies: Iterable[Colonne],
    *,
    vers="dossier",
    suite="",
    appel="",
    utilisateur,
):
    """Add to the rows what is read for all of them at once, as this person may read it."""
    voulus = {a for colonne in choisies for a in colonne.agregats}
    pks = [ligne["pk"] for ligne in lignes]
    agregats = {
        "avis": _avis(pks) if "avis" in voulus else {},
        "notes": _notes(pks, utilisateur) if "notes" in voulus else {},
    }
    communs = {
        "vers": vers,
        "suite": suite,
        "rangs": _rangs(appel, utilisateur) if "rangs" in voulus else {},
    }
    for ligne in lignes:
        ligne |= communs
        ligne |= {nom: a[ligne["pk"]] for nom, a in agregats.items() if nom in voulus}


def lignes(
    base, etat: EtatListe, choisies, *, instructeur, vers, utilisateur, debut: int = 0
) -> list[Ligne]:
    """The rows of one page, in order. `vers` names the page that a title leads to; to instruct,
    it takes the list along, so that the next dossier is the next row.

    The page is chosen first, on keys alone: what the columns say is only read for its rows.
    """
    page = triees(base, etat, instructeur=instructeur).values("pk")[debut : debut + PAR_PAGE]
    siennes = Candidature.objects.filter(pk__in=page)
    ordonnees = triees(siennes, etat, instructeur=instructeur, depuis="repere__")
    lues = list(valeurs(ordonnees, choisies))
    completer(
        lues,
        choisies,
        vers=vers,
        suite=f"?{urlencode({'liste': etat.requete()})}" if vers == "instruire" else "",
        appel=etat.seul("appel"),
        utilisateur=utilisateur,
    )
    return [
        Ligne(
            pk=ligne["pk"],
            reference=ligne["reference"],
            titre=ligne["titre"],
            cellules=mark_safe("".join(cellule_html(c, ligne) for c in choisies)),
        )
        for ligne in lues
    ]


TOUTES_MAX = 150  # their references hold in one address


def toutes(filtrees) -> list[str]:
    """The references of a whole list, for an act on all of it."""
    pks = filtrees.order_by().values("pk")
    lues = Candidature.objects.filter(pk__in=pks).order_by("reference")
    return list(lues.values_list("reference", flat=True)[:TOUTES_MAX])
