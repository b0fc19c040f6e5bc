"""What is ready to publish, appel by appel, and how many letters leave."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from candidatures.appels.models import Appel
from candidatures.dossiers.cycle_de_vie import CYCLE_CANDIDATURE
from candidatures.dossiers.models import Portage
from candidatures.instruction.choix import VERBES_DECISION, SensDecision
from candidatures.instruction.droits import decisions_visibles_par
from candidatures.instruction.models import Decision

COLONNES = (
    ("Retenues", (SensDecision.RETENUE, SensDecision.PRESELECTIONNEE), "Aucune à retenir."),
    ("Réserve", (SensDecision.RESERVE,), "Aucune en réserve."),
    ("Non retenues", (SensDecision.NON_RETENUE,), "Aucun refus."),
    ("Réorientées", (SensDecision.REORIENTEE,), "Aucune réorientation."),
)


@dataclass(frozen=True)
class Colonne:
    titre: str
    vide: str
    decisions: list[Decision]


@dataclass(frozen=True)
class Relecture:
    """`lettres`: one per organisation addressed, carriers and pilot service."""

    colonnes: list[Colonne]
    bloquees: list[Decision]
    lettres: int

    @property
    def total(self) -> int:
        return sum(len(c.decisions) for c in self.colonnes)

    @property
    def ids(self) -> list[int]:
        return [d.pk for c in self.colonnes for d in c.decisions]

    @property
    def libelle(self) -> str:
        """What the button says."""
        d, n = self.total, self.lettres
        decisions = f"{d} décision{'s' if d > 1 else ''}"
        return f"Publier {decisions} et envoyer {n} lettre{'s' if n > 1 else ''}"


def appels_a_publier(utilisateur) -> list[Appel]:
    """With `preparees`, the number of decisions that wait."""
    pendantes = decisions_visibles_par(utilisateur).filter(publication=None)
    comptes = dict(
        pendantes.order_by()
        .values_list("candidature__appel_id")
        .annotate(nombre=Count("pk"))
        .values_list("candidature__appel_id", "nombre")
    )
    appels = list(Appel.objects.filter(pk__in=comptes).order_by("titre"))
    for appel in appels:
        appel.preparees = comptes[appel.pk]
    return appels


def _possible(decision: Decision) -> bool:
    verbe = VERBES_DECISION[SensDecision(decision.sens)]
    return CYCLE_CANDIDATURE.possible(verbe, decision.candidature.etat)


def _lettres(decisions: list[Decision]) -> int:
    par_dossier = {d.candidature_id: {d.candidature.service_pilote_id} - {None} for d in decisions}
    portages = Portage.objects.filter(candidature_id__in=list(par_dossier))
    for candidature, organisme in portages.values_list("candidature_id", "organisme_id"):
        par_dossier[candidature].add(organisme)
    return sum(len(organismes) for organismes in par_dossier.values())


def relire(utilisateur, appel: Appel) -> Relecture:
    preparees = list(
        decisions_visibles_par(utilisateur)
        .filter(publication=None, candidature__appel=appel)
        .select_related("candidature__perimetre", "vers_dispositif", "signataire", "remplace")
        .order_by("rang_reserve", "candidature__titre", "pk")
    )
    prets = [d for d in preparees if _possible(d)]
    colonnes = [
        Colonne(titre, vide, [d for d in prets if d.sens in sens]) for titre, sens, vide in COLONNES
    ]
    return Relecture(colonnes, [d for d in preparees if not _possible(d)], _lettres(prets))
