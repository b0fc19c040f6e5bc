"""The team's line of the budget: DGALN pays it whole, and it holds what the contracts come to."""

from __future__ import annotations

from decimal import Decimal

from ateliers.cadrage import journal
from ateliers.cadrage.choix import NatureDepense
from ateliers.cadrage.models import Contrat, LigneBudget
from socle.comptes.choix import NatureOrganisme
from socle.comptes.models import Organisme
from socle.journal.domaine import inscrire

DGALN = "Direction générale de l’aménagement, du logement et de la nature"
LIBELLE = NatureDepense.EQUIPE.label


def dgaln() -> Organisme | None:
    centrales = Organisme.objects.filter(nature=NatureOrganisme.ADMINISTRATION_CENTRALE)
    return centrales.filter(sigle="DGALN").first() or centrales.first()


def payeur_de_l_equipe() -> Organisme:
    return dgaln() or Organisme.objects.create(
        nom=DGALN, sigle="DGALN", nature=NatureOrganisme.ADMINISTRATION_CENTRALE
    )


def ligne_equipe(atelier) -> LigneBudget | None:
    lignes = LigneBudget.objects.filter(atelier=atelier, nature=NatureDepense.EQUIPE)
    return lignes.order_by("pk").first()


def total_des_contrats(atelier) -> Decimal:
    contrats = Contrat.objects.filter(atelier=atelier).prefetch_related("avenants")
    return sum((contrat.total_ht for contrat in contrats), Decimal(0))


def manque_au_budget(atelier) -> Decimal:
    """What the contracts come to beyond the team's line."""
    ligne = ligne_equipe(atelier)
    return total_des_contrats(atelier) - (ligne.montant_ht if ligne else Decimal(0))


def prevoir_equipe(atelier, par, *, avant: Decimal | None = None) -> LigneBudget:
    """The team's line, written or raised to its contracts; lowered too when it was just `avant`.

    Called inside a verb on the contract, that holds the lock and has checked the right.
    """
    total, ligne = total_des_contrats(atelier), ligne_equipe(atelier)
    if ligne is None:
        ligne = LigneBudget(
            atelier=atelier,
            libelle=LIBELLE,
            nature=NatureDepense.EQUIPE,
            payeur=payeur_de_l_equipe(),
            montant_ht=total,
        )
    elif ligne.montant_ht < total or ligne.montant_ht == avant != total:
        ligne.montant_ht = total
    else:
        return ligne
    ligne.save()
    inscrire(journal.BUDGET, objet=atelier, par=par, libelle=ligne.libelle)
    return ligne
