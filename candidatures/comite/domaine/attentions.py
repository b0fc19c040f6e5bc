"""What a vote asks to confirm before it is written.

It is allowed, the committee is sovereign; it is seldom meant.
"""

from __future__ import annotations

from candidatures.comite.calcul.plafond import depassement, retenues
from candidatures.comite.choix import Proposition
from candidatures.comite.models import Comite, Deliberation
from socle.erreurs import confirmer
from socle.interface.templatetags.interface import pluriel

RAPPORTER, PLAFOND, HORS_RESERVE = "rapporter", "plafond", "hors_reserve"


def depassement_par(comite: Comite, candidature) -> str:
    """What retaining this one too would make."""
    autres = comite.deliberations.exclude(candidature=candidature)
    return depassement(comite, retenues(autres) + 1)


def contenu(acte: Deliberation) -> dict:
    """All that an adopted deliberation says, for what replaces or withdraws it to keep."""
    return {
        "proposition": acte.get_proposition_display(),
        "rang_reserve": acte.rang_reserve,
        "vers_dispositif": str(acte.vers_dispositif or ""),
        "pour": acte.pour,
        "contre": acte.contre,
        "abstention": acte.abstention,
        "preponderante": acte.preponderante,
        "votes": [[v.membre.nom, v.sens] for v in acte.votes.select_related("membre")],
        "motif": acte.motif,
        "dissidence": acte.dissidence,
        "deliberee_le": acte.deliberee_le.isoformat(),
    }


def dire(acte: Deliberation) -> str:
    """« retenir, 3 pour, 0 contre, 0 abstention »."""
    return (
        f"{acte.get_proposition_display().lower()}, {acte.pour} pour, {acte.contre} contre, "
        f"{pluriel(acte.abstention, 'abstention')}"
    )


def confirmer_rapport(acte: Deliberation, confirmes) -> None:
    confirmer(
        RAPPORTER,
        f"Ce dossier a déjà une délibération adoptée ({dire(acte)}). Ce vote la rapporte\u00a0: "
        "elle reste au procès-verbal comme délibération rapportée, et le dossier attend une "
        "autre proposition.",
        confirmes,
    )


def confirmer_adoption(comite: Comite, candidature, proposition, rang, confirmes) -> None:
    if proposition == Proposition.RETENIR and (trop := depassement_par(comite, candidature)):
        confirmer(
            PLAFOND,
            f"Le plafond du comité est dépassé\u00a0: {trop}. Le procès-verbal le dira.",
            confirmes,
            champ="proposition",
        )
    if proposition == Proposition.RESERVE and rang > comite.reserve:
        taille = f"La liste de réserve compte {pluriel(comite.reserve, 'place')}"
        if not comite.reserve:
            taille = "Ce comité n’a pas de liste de réserve"
        confirmer(
            HORS_RESERVE,
            f"{taille}\u00a0: ce dossier y aurait le rang {rang}.",
            confirmes,
            champ="rang_reserve",
        )
