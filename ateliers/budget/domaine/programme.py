"""The budget of the programme: every atelier, filtered."""

from __future__ import annotations

from ateliers.budget.domaine import lecture
from ateliers.budget.domaine.lecture import Somme
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.models import Atelier


def ateliers():
    return Atelier.objects.exclude(etat=EtatAtelier.ABANDONNE).order_by("-ouvert_le", "-pk")


def tableau(queryset) -> tuple[list[Somme], Somme, dict[int, Somme]]:
    """By payer, the whole, and by atelier."""
    lignes = lecture.lire(queryset.order_by().values("pk"))
    par_atelier: dict[int, list] = {}
    for ligne in lignes:
        par_atelier.setdefault(ligne.atelier, []).append(ligne)
    sommes = {pk: lecture.sommer("", ls, pk) for pk, ls in par_atelier.items()}
    return lecture.par_payeur(lignes), lecture.sommer("Ensemble", lignes), sommes
