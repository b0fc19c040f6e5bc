"""Accords-cadres of the programme, and what is ordered against each."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from ateliers.cadrage import journal
from ateliers.cadrage.choix import NatureContrat
from ateliers.cadrage.models import AccordCadre, Avenant, Contrat
from ateliers.parcours.droits import exiger
from socle.comptes.choix import Role
from socle.erreurs import ErreurMetier
from socle.journal.domaine import inscrire


def peut_tenir_accords(utilisateur) -> bool:
    return utilisateur.is_authenticated and utilisateur.is_active and utilisateur.role == Role.DGALN


@transaction.atomic
def inscrire_accord(*, par, numero, titulaire, du, au, objet="", plafond_ht=None):
    """Record a framework and its holder."""
    exiger(peut_tenir_accords(par), "Les accords-cadres sont tenus par la DGALN.")
    numero = " ".join(numero.split())
    if AccordCadre.objects.filter(numero=numero).exists():
        raise ErreurMetier("Cet accord-cadre est déjà inscrit.", champ="numero")
    if au < du:
        raise ErreurMetier("La fin de l’accord-cadre ne précède pas son début.", champ="au")
    accord = AccordCadre.objects.create(
        numero=numero, objet=objet, titulaire=titulaire, du=du, au=au, plafond_ht=plafond_ht
    )
    inscrire(journal.ACCORD, objet=accord, par=par, numero=numero)
    return accord


def commande(accord) -> Decimal:
    """What is ordered against it, avenants counted."""
    contrats = Contrat.objects.filter(accord_cadre=accord)
    bons = contrats.aggregate(t=Sum("montant_ht"))["t"] or 0
    avenants = Avenant.objects.filter(contrat__in=contrats).aggregate(t=Sum("montant_ht"))["t"]
    return bons + (avenants or 0)


def verifier_plafond(accord, supplement) -> None:
    """Nothing is added beyond what the framework allows."""
    if accord is None or accord.plafond_ht is None or supplement <= 0:
        return
    accord = AccordCadre.objects.select_for_update().get(pk=accord.pk)
    if commande(accord) + supplement > accord.plafond_ht:
        raise ErreurMetier(
            f"Le plafond de l’accord-cadre {accord.numero} serait dépassé.", champ="montant_ht"
        )


def titulaires_en_vigueur() -> list[int]:
    """Whom a bon de commande may be placed with today."""
    jour = timezone.localdate()
    return list(
        AccordCadre.objects.filter(du__lte=jour, au__gte=jour).values_list("titulaire", flat=True)
    )


def accord_pour(nature, titulaire, montant_ht) -> AccordCadre | None:
    """The framework that a bon de commande is placed against; none for the other contracts."""
    if nature != NatureContrat.BON_DE_COMMANDE:
        return None
    jour = timezone.localdate()
    accords = AccordCadre.objects.select_for_update().filter(
        titulaire=titulaire, du__lte=jour, au__gte=jour
    )
    for accord in accords:
        if accord.plafond_ht is None or commande(accord) + montant_ht <= accord.plafond_ht:
            return accord
    if accords:
        raise ErreurMetier(
            f"Le plafond de l’accord-cadre {accords[0].numero} est atteint : ce bon de commande "
            "le dépasse.",
            champ="montant_ht",
        )
    raise ErreurMetier(
        f"{titulaire} n’est titulaire d’aucun accord-cadre en vigueur : "
        "un bon de commande se passe à un titulaire."
    )
