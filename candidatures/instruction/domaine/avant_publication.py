"""What to know before the act: dossiers without a decision, decisions against the committee."""

from __future__ import annotations

from dataclasses import dataclass

from candidatures.appels.models import Appel
from candidatures.dossiers.cycle_de_vie import EN_DECISION
from candidatures.dossiers.droits import visibles_par
from candidatures.dossiers.models import Candidature
from candidatures.instruction.droits import decisions_visibles_par
from candidatures.instruction.gardes import Ecart, ecarts
from candidatures.instruction.models import Decision


@dataclass(frozen=True)
class AvantPublication:
    sans_decision: list[Candidature]
    ecarts: list[Ecart]

    @property
    def bloquants(self) -> list[Ecart]:
        return [e for e in self.ecarts if e.bloque]

    @property
    def justifies(self) -> list[Ecart]:
        return [e for e in self.ecarts if e.contredit and not e.bloque]


def avant_publication(utilisateur, appel: Appel) -> AvantPublication:
    """Three queries, whatever the number of dossiers."""
    pendantes = Decision.objects.filter(publication=None)
    attente = visibles_par(utilisateur).filter(appel=appel, etat__in=EN_DECISION)
    preparees = decisions_visibles_par(utilisateur).filter(
        publication=None, candidature__appel=appel
    )
    return AvantPublication(
        sans_decision=list(
            attente.exclude(pk__in=pendantes.values("candidature_id")).order_by("reference")
        ),
        ecarts=ecarts(preparees.select_related("candidature", "vers_dispositif")),
    )
