"""What the pieces of a contract say when it is notified."""

from ateliers.budget.choix import EtatPiece, GenrePiece
from ateliers.budget.models import PieceContrat
from ateliers.cadrage.choix_declare import declarer_acte


@declarer_acte
def acte_joint(contrat) -> bool:
    actes = PieceContrat.objects.filter(contrat=contrat, genre=GenrePiece.ACTE)
    return actes.exclude(etat=EtatPiece.PROJET).exists()
