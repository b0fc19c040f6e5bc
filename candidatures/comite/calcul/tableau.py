"""The screen of the committee: one read of the appel, whatever the number of rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import JSONObject

from candidatures.appels.models import Critere
from candidatures.comite.calcul import reglages as lecture_reglages
from candidatures.comite.calcul.classement import (
    Coupe,
    Dossier,
    Part,
    Place,
    classer,
    couper,
    ecart,
    equilibre,
)
from candidatures.comite.calcul.deliberes import du_comite
from candidatures.comite.calcul.deports import lire_deports
from candidatures.comite.calcul.hors import HorsClassement
from candidatures.comite.calcul.reglages import Reglages
from candidatures.comite.models import (
    Comite,
    Deliberation,
    PropositionRejetee,
)
from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine.synthese import ECART_MOYENNES, arrondir
from candidatures.instruction.models import Avis, Evaluation, NoteCritere

AUCUNE_REGION, AUCUN_THEME = "Région non précisée", "Thème non précisé"


@dataclass(frozen=True)
class Rangee:
    """One row, in plain values: the template renders 250 of them."""

    cle: int
    reference: str
    titre: str
    territoire: str
    rang: int | None
    moyenne: Decimal | None
    notes: int
    attendues: int
    detail: str
    ex_aequo: bool
    partage: bool
    place: str
    force: str
    proposition: str
    deliberee: bool
    deports: int
    masquee: bool
    vers_dessus: str
    vers_dessous: str
    vers_rang: str
    # What the closed committee proposed, where its group does not say it.
    suite: str = ""


@dataclass(frozen=True)
class Tableau:
    comite: Comite
    reglages: Reglages
    criteres: list[Critere]
    places: list[Place]
    coupe: Coupe
    retenues: list[Rangee]
    reserve: list[Rangee]
    autres: list[Rangee]
    regions: list[Part]
    themes: list[Part]
    simulation: bool
    # Of a closed committee: read from its sealed minutes, not calculated again.
    fige: bool = False
    hors: tuple[HorsClassement, ...] = ()

    @property
    def total(self) -> int:
        return len(self.places)

    @property
    def depasse(self) -> bool:
        plafond = self.reglages.plafond
        trop = plafond.places is not None and len(self.retenues) > plafond.places
        return trop or (plafond.budget is not None and self.coupe.cout > plafond.budget)


def _territoires(perimetres) -> dict[int, list[tuple[str, str, str]]]:
    """(code, département, région) of each perimeter."""
    lien = Candidature._meta.get_field("perimetre").related_model.departements.through
    lus = defaultdict(list)
    lignes = lien.objects.filter(perimetre_id__in=perimetres).order_by("departement_id")
    for perimetre, *trois in lignes.values_list(
        "perimetre_id", "departement_id", "departement__nom", "departement__region__nom"
    ):
        lus[perimetre].append(tuple(trois))
    return lus


def _themes(cles) -> dict[int, list[str]]:
    lus = defaultdict(list)
    lien = Candidature.themes.through.objects.filter(candidature_id__in=cles)
    for cle, libelle in lien.values_list("candidature_id", "theme__libelle"):
        lus[cle].append(libelle)
    return lus


def _evaluations(cles) -> dict[int, list[tuple[int, dict[int, int]]]]:
    par_evaluation: dict[int, dict] = defaultdict(dict)
    qui: dict[int, tuple[int, int]] = {}
    notes = NoteCritere.objects.filter(
        evaluation__candidature_id__in=cles,
        evaluation__depose_le__isnull=False,
        evaluation__ecartee_le__isnull=True,
        note__isnull=False,
    ).order_by("evaluation_id")
    for evaluation, candidature, personne, critere, note in notes.values_list(
        "evaluation_id",
        "evaluation__candidature_id",
        "evaluation__evaluateur_id",
        "critere_id",
        "note",
    ):
        qui[evaluation] = (candidature, personne)
        par_evaluation[evaluation][critere] = note
    lues = defaultdict(list)
    for evaluation, notes_lues in par_evaluation.items():
        candidature, personne = qui[evaluation]
        lues[candidature].append((personne, notes_lues))
    return lues


@dataclass
class Donnees:
    """What was read, before any calculation: a simulation only calculates again."""

    fiches: dict[int, dict]
    criteres: list[Critere]
    dossiers: list[Dossier]
    deports: dict[int, set[int]]
    deports_dits: dict[int, int]
    deliberations: dict[int, Deliberation]
    territoires: dict[int, list[tuple[str, str, str]]]
    themes: dict[int, list[str]]
    effectifs: dict[int, int]
    attendues: dict[int, int]
    ecarts: dict[int, Fraction | None] = field(default_factory=dict)


def _attendues():
    """How many evaluations are entrusted, in the query that reads the dossiers."""
    confiees = Evaluation.comptees.filter(candidature=OuterRef("pk")).order_by()
    return Subquery(confiees.values("candidature").annotate(n=Count("pk")).values("n"))


def _rejets(comite: Comite) -> dict:
    """The refused proposals of each dossier, in the query that reads the dossiers."""
    siens = PropositionRejetee.objects.filter(comite=comite, candidature=OuterRef("pk"))
    dits = (
        "proposition",
        "precision",
        "pour",
        "contre",
        "abstention",
        "presidence_contre",
        "rapportee",
    )
    return {
        "rejets": ArraySubquery(siens.order_by("pk").values(dit=JSONObject(**{d: d for d in dits})))
    }


def _avis_attendus():
    """How many avis were asked and never came, in the query that reads the dossiers."""
    demandes = Avis.objects.filter(candidature=OuterRef("pk"), rendu_le=None, retenu=False)
    return Subquery(demandes.order_by().values("candidature").annotate(n=Count("pk")).values("n"))


def lire(comite: Comite, *, themes: bool = True, seance: bool = False) -> Donnees:
    """`seance`: with what its deliberations show, rejected proposals and avis that never came."""
    fiches = {
        f["pk"]: f
        for f in du_comite(comite)
        .order_by("deposee_le", "pk")
        .values(
            "pk",
            "reference",
            "titre",
            "perimetre_id",
            "perimetre__nom",
            attendues=_attendues(),
            **(_rejets(comite) | {"avis_attendus": _avis_attendus()} if seance else {}),
        )
    }
    cles = list(fiches)
    evaluations, lus = _evaluations(cles), lire_deports(comite, cles)
    deports = lus.comptes
    return Donnees(
        fiches=fiches,
        criteres=list(Critere.objects.filter(grille_id=comite.appel.grille_id)),
        dossiers=[
            Dossier(
                cle=cle,
                evaluations=tuple(evaluations[cle]),
                ecartes=frozenset(deports.get(cle, ())),
                cout=comite.cout_dossier,
            )
            for cle in cles
        ],
        deports=deports,
        deports_dits=lus.dits,
        deliberations={
            d.candidature_id: d for d in comite.deliberations.select_related("vers_dispositif")
        },
        territoires=_territoires([f["perimetre_id"] for f in fiches.values()]),
        themes=_themes(cles) if themes else {},
        effectifs={
            cle: sum(personne not in deports.get(cle, ()) for personne, _ in evaluations[cle])
            for cle in cles
        },
        attendues={cle: f["attendues"] or 0 for cle, f in fiches.items()},
    )


def _detail(cle, lues: Donnees) -> str:
    """Beside the mean: how many evaluations it rests on, and whether they agree."""
    deposees, attendues = lues.effectifs[cle], lues.attendues.get(cle, 0)
    if not attendues:
        return "aucune évaluation confiée"
    phrases = [f"{deposees} évaluation{'s' if deposees > 1 else ''} sur {attendues}"]
    distance = lues.ecarts.get(cle)
    if distance is not None:
        phrases.append(f"écart {str(arrondir(distance)).replace('.', ',')}")
        phrases += ["avis partagés"] if distance >= ECART_MOYENNES else []
    return ", ".join(phrases)


def _rangee(place, lues: Donnees, coupe, reglages, comite, utilisateur, cote) -> Rangee:
    fiche, cle = lues.fiches[place.cle], place.cle
    ecartes = lues.deports.get(cle, ())
    masquee = utilisateur is not None and utilisateur.pk in ecartes
    deliberation = lues.deliberations.get(cle)
    plafond = reglages.plafond
    force = "dessus" if cle in plafond.dessus else "dessous" if cle in plafond.dessous else ""
    departements = lues.territoires.get(fiche["perimetre_id"], ())
    return Rangee(
        cle=cle,
        reference="" if masquee else fiche["reference"],
        titre="Dossier fermé par votre déport" if masquee else fiche["titre"],
        territoire="" if masquee else ", ".join(f"{nom} ({code})" for code, nom, _ in departements),
        rang=None if masquee else place.rang,
        moyenne=None if masquee or place.moyenne is None else arrondir(place.moyenne),
        notes=0 if masquee else lues.effectifs[cle],
        attendues=0 if masquee else lues.attendues.get(cle, 0),
        detail="" if masquee else _detail(cle, lues),
        ex_aequo=place.ex_aequo and not masquee,
        partage=cle in coupe.partages and not masquee,
        place=cote,
        force=force,
        proposition=deliberation.get_proposition_display() if deliberation and not masquee else "",
        deliberee=bool(deliberation and deliberation.deliberee_le),
        deports=lues.deports_dits.get(cle, 0),
        masquee=masquee,
        vers_dessus=reglages.deplacer(cle, "dessus").adresse(),
        vers_dessous=reglages.deplacer(cle, "dessous").adresse(),
        vers_rang=reglages.deplacer(cle, "").adresse() if force else "",
        suite=_rang_vote(deliberation) if not masquee else "",
    )


def _rang_vote(acte: Deliberation | None) -> str:
    """The rank of the reserve that was voted, which is not the place in this ranking."""
    if acte is None or not acte.deliberee_le or not acte.rang_reserve:
        return ""
    return f"Réserve n°\u00a0{acte.rang_reserve}"


def equilibres(lues: Donnees, coupe: Coupe) -> tuple[list[Part], list[Part]]:
    """The balance of regions, and of themes."""
    regions = {
        cle: [region for *_, region in lues.territoires.get(f["perimetre_id"], ())]
        or [AUCUNE_REGION]
        for cle, f in lues.fiches.items()
    }
    themes = {cle: lues.themes.get(cle) or [AUCUN_THEME] for cle in lues.fiches}
    return (
        equilibre(regions, coupe.retenus, coupe.reserve),
        equilibre(themes, coupe.retenus, coupe.reserve),
    )


def tableau(comite: Comite, utilisateur=None, parametres=None, *, lues=None) -> Tableau:
    """The ranking under the committee's own settings, or under those of an address."""
    lues = lues or lire(comite)
    propres = lecture_reglages.de(comite)
    reglages = lecture_reglages.lire(parametres or {}, comite, lues.criteres)
    poids = {c.pk: c.poids for c in lues.criteres} | dict(reglages.poids)
    places = classer(lues.dossiers, poids)
    lues.ecarts = {d.cle: ecart(d, poids) for d in lues.dossiers}
    couts = {d.cle: d.cout for d in lues.dossiers}
    coupe = couper(places, couts, reglages.plafond)
    par_cle = {p.cle: p for p in places}

    def rangees(cles, cote):
        return [
            _rangee(par_cle[cle], lues, coupe, reglages, comite, utilisateur, cote) for cle in cles
        ]

    regions, themes = equilibres(lues, coupe)
    return Tableau(
        comite=comite,
        reglages=reglages,
        criteres=lues.criteres,
        places=places,
        coupe=coupe,
        retenues=rangees(coupe.retenus, "retenue"),
        reserve=rangees(coupe.reserve, "reserve"),
        autres=rangees(coupe.autres, "autre"),
        regions=regions,
        themes=themes,
        simulation=reglages != propres,
    )
