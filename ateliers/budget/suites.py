"""What the cadrage asks of what was done: the acte of a contract, the lines already engaged."""

from ateliers.budget.choix import EtatPiece, GenrePiece
from ateliers.budget.models import Depense, PieceContrat
from ateliers.cadrage.choix_declare import declarer_acte, declarer_engagees


@declarer_acte
def acte_joint(contrat) -> bool:
    actes = PieceContrat.objects.filter(contrat=contrat, genre=GenrePiece.ACTE)
    return actes.exclude(etat=EtatPiece.PROJET).exists()


@declarer_engagees
def lignes_engagees(lignes) -> set[int]:
    return set(Depense.objects.filter(ligne__in=lignes).values_list("ligne", flat=True))
