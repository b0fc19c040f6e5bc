"""What is ready to publish, appel by appel, and how many letters leave."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef

from candidatures.appels.models import Appel
from candidatures.dossiers.cycle_de_vie import CYCLE_CANDIDATURE, EN_DECISION
from candidatures.dossiers.droits import visibles_par
from candidatures.dossiers.models import Portage
from candidatures.instruction.choix import VERBES_DECISION, SensDecision, compter_rendues
from candidatures.instruction.droits import decisions_visibles_par
from candidatures.instruction.models import Decision
from socle.comptes.models import Organisme

COLONNES = (
    ("Retenues", (SensDecision.RETENUE, SensDecision.PRESELECTIONNEE), "Aucune à retenir."),
    ("Réserve", (SensDecision.RESERVE,), "Aucune en réserve."),
    ("Non retenues", (SensDecision.NON_RETENUE,), "Aucun refus."),
    ("Réorientées", (SensDecision.REORIENTEE,), "Aucune réorientation."),
)


PAR_PAGE = 50


@dataclass(frozen=True)
class Colonne:
    """`nombre`: in all; `decisions`: those of the page that is read."""

    titre: str
    vide: str
    nombre: int
    decisions: list[Decision]


@dataclass(frozen=True)
class Relecture:
    """`preparees`: all of them; `lettres`: one per organisation addressed, carriers and pilot."""

    preparees: list[Decision]
    colonnes: list[Colonne]
    bloquees: list[Decision]
    lettres: int
    page: Page

    @property
    def total(self) -> int:
        return sum(c.nombre for c in self.colonnes)

    @property
    def ids(self) -> list[int]:
        """All that the act publishes, whatever the page."""
        return [d.pk for d in self.preparees if _possible(d)]

    @property
    def libelle(self) -> str:
        """What the button says."""
        d, n = self.total, self.lettres
        decisions = f"{d} décision{'s' if d > 1 else ''}"
        return f"Publier {decisions} et envoyer {n} lettre{'s' if n > 1 else ''}"


@dataclass(frozen=True)
class AppelCompte:
    """An appel, and how many of its decisions wait, or are published."""

    pk: int
    titre: str
    slug: str
    nombre: int
    dates: Appel  # its state and its dates alone

    def est_ouvert(self) -> bool:
        return self.dates.est_ouvert()

    @property
    def ferme_le(self) -> datetime | None:
        return self.dates.ferme_le


def appels_a_publier(utilisateur) -> list[AppelCompte]:
    return _par_appel(decisions_visibles_par(utilisateur).filter(publication=None))


def appels_publies(utilisateur) -> list[AppelCompte]:
    return _par_appel(decisions_visibles_par(utilisateur).exclude(publication=None))


def _par_appel(decisions) -> list[AppelCompte]:
    appel = "candidature__appel"
    champs = ("etat", "ouvre_le", "ferme_le")
    lus = decisions.order_by(f"{appel}__titre", f"{appel}_id").values_list(
        f"{appel}_id", f"{appel}__titre", f"{appel}__slug", *(f"{appel}__{c}" for c in champs)
    )
    return [
        AppelCompte(pk, titre, slug, nombre, Appel(**dict(zip(champs, dates, strict=True))))
        for pk, titre, slug, *dates, nombre in lus.annotate(n=Count("pk"))
    ]


def _possible(decision: Decision) -> bool:
    verbe = VERBES_DECISION[SensDecision(decision.sens)]
    return CYCLE_CANDIDATURE.possible(verbe, decision.candidature.etat)


def _lettres(decisions: list[Decision]) -> int:
    """A carrier that is also the pilot gets one letter."""
    return sum(len({*d.porteurs, d.candidature.service_pilote_id} - {None}) for d in decisions)


def nommer_destinataires(decisions: list[Decision]) -> None:
    """On each, `destinataires`: who its letters are addressed to, the carriers first."""
    adresses = {
        d.pk: list(dict.fromkeys([*d.porteurs, d.candidature.service_pilote_id])) for d in decisions
    }
    noms = Organisme.objects.in_bulk({pk for pks in adresses.values() for pk in pks if pk})
    for decision in decisions:
        decision.destinataires = [str(noms[pk]) for pk in adresses[decision.pk] if pk]


def _preparees(utilisateur, appel) -> list[Decision]:
    portages = Portage.objects.filter(candidature_id=OuterRef("candidature_id")).order_by()
    return list(
        decisions_visibles_par(utilisateur)
        .filter(publication=None, candidature__appel_id=appel.pk)
        .select_related("candidature", "vers_dispositif", "remplace")
        .annotate(porteurs=ArraySubquery(portages.values("organisme_id")))
        .order_by("rang_reserve", "candidature__titre", "pk")
    )


def relire(utilisateur, appel, numero=1, par_page: int | None = None) -> Relecture:
    """One query: all is read, since the act publishes all; a page shows fifty at most."""
    preparees = _preparees(utilisateur, appel)
    prets = [d for d in preparees if _possible(d)]
    colonnes = [[d for d in prets if d.sens in sens] for _, sens, _ in COLONNES]
    rangees = [d for colonne in colonnes for d in colonne]
    page = Paginator(rangees, par_page or max(len(rangees), 1)).get_page(numero)
    ici = {d.pk for d in page.object_list}
    return Relecture(
        preparees=preparees,
        colonnes=[
            Colonne(titre, vide, len(colonne), [d for d in colonne if d.pk in ici])
            for (titre, _, vide), colonne in zip(COLONNES, colonnes, strict=True)
        ],
        bloquees=[d for d in preparees if not _possible(d)],
        lettres=_lettres(prets),
        page=page,
    )


@dataclass(frozen=True)
class Bilan:
    """What was published of an appel, and how many of its dossiers still wait for a decision."""

    total: int
    comptes: str
    le: datetime
    en_attente: int


def bilan(utilisateur, appel) -> Bilan | None:
    """Of the dossiers that this person sees; none when nothing is published."""
    publiees = decisions_visibles_par(utilisateur).filter(
        publication__isnull=False, candidature__appel=appel.pk
    )
    lues = publiees.order_by("-publication__publiee_le").values_list(
        "sens", "publication__publiee_le"
    )
    comptes = Counter(sens for sens, _ in lues)
    if not comptes:
        return None
    attente = visibles_par(utilisateur).filter(appel=appel.pk, etat__in=EN_DECISION)
    return Bilan(
        total=comptes.total(),
        comptes=compter_rendues(comptes),
        le=lues[0][1],
        en_attente=attente.count(),
    )
