"""What to know before the act: dossiers without a decision, decisions against the committee."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from candidatures.dossiers.cycle_de_vie import EN_DECISION
from candidatures.dossiers.droits import visibles_par
from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine.lettres import autrement_datees
from candidatures.instruction.gardes import Ecart, ecarts
from candidatures.instruction.models import Decision
from socle.interface.templatetags.interface import date_longue, pluriel


@dataclass(frozen=True)
class AvantPublication:
    sans_decision: list[Candidature]
    ecarts: list[Ecart]
    autrement_datees: list[Decision]
    # While the appel still takes deposits, what is decided leaves out who deposits tomorrow.
    depots: str = ""
    # « 2 avis demandés et 1 évaluation confiée », that nobody will read once it is published.
    inacheves: str = ""

    @property
    def bloquee(self) -> bool:
        return bool(self.bloquants or self.autrement_datees)

    @property
    def bloquants(self) -> list[Ecart]:
        return [e for e in self.ecarts if e.bloque]

    @property
    def justifies(self) -> list[Ecart]:
        return [e for e in self.ecarts if e.contredit and not e.bloque]


def depots_ouverts(appel) -> str:
    """« L’appel reçoit encore des dépôts », and until when; nothing once it is closed."""
    if not appel.est_ouvert():
        return ""
    fin = "sans date de fin"
    if appel.ferme_le:
        fin = f"jusqu’au {date_longue(timezone.localtime(appel.ferme_le))}"
    return f"L’appel reçoit encore des dépôts, {fin}\u00a0: les dossiers à venir n’en seront pas."


def _inacheves(preparees) -> str:
    lues = Decision.objects.filter(pk__in=[d.pk for d in preparees]).aggregate(
        avis=Count(
            "candidature__avis",
            filter=Q(candidature__avis__rendu_le__isnull=True, candidature__avis__retenu=False),
            distinct=True,
        ),
        evaluations=Count(
            "candidature__evaluations",
            filter=Q(
                candidature__evaluations__depose_le__isnull=True,
                candidature__evaluations__ecartee_le__isnull=True,
            ),
            distinct=True,
        ),
    )
    mots = {"avis": "avis demandé,avis demandés"}
    mots["evaluations"] = "évaluation confiée,évaluations confiées"
    return " et ".join(pluriel(n, mots[cle]) for cle, n in lues.items() if n)


def avant_publication(utilisateur, appel, preparees: list[Decision]) -> AvantPublication:
    """Three queries, whatever the number of dossiers. `preparees`: as `relire` read them."""
    pendantes = Decision.objects.filter(publication=None)
    attente = visibles_par(utilisateur).filter(appel=appel.pk, etat__in=EN_DECISION)
    return AvantPublication(
        sans_decision=list(
            attente.exclude(pk__in=pendantes.values("candidature_id")).order_by("reference")
        ),
        ecarts=ecarts(preparees),
        autrement_datees=autrement_datees(preparees),
        depots=depots_ouverts(appel),
        inacheves=_inacheves(preparees),
    )
