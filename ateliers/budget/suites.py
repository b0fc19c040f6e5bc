"""What the cadrage asks of what was done: the acte of a contract, its schedule, lines engaged."""

from decimal import Decimal

from ateliers.budget.choix import EtatPiece, GenrePiece
from ateliers.budget.models import Depense, Jalon, PieceContrat
from ateliers.cadrage.choix_declare import (
    declarer_a_repartir,
    declarer_acte,
    declarer_engagees,
)


@declarer_acte
def acte_joint(contrat) -> bool:
    actes = PieceContrat.objects.filter(contrat=contrat, genre=GenrePiece.ACTE)
    return actes.exclude(etat=EtatPiece.PROJET).exists()


@declarer_engagees
def lignes_engagees(lignes) -> set[int]:
    return set(Depense.objects.filter(ligne__in=lignes).values_list("ligne", flat=True))


@declarer_a_repartir
def reste_a_repartir(contrat) -> Decimal:
    montants = list(Jalon.objects.filter(contrat=contrat).values_list("montant_ht", flat=True))
    return contrat.total_ht - sum(montants) if montants else Decimal(0)
