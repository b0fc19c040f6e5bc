"""Who may pay a line of the budget: the partners of the atelier first, anybody else by name."""

from __future__ import annotations

from django.db.models import Q

from ateliers.cadrage.models import LigneBudget
from socle.comptes.choix import NatureOrganisme
from socle.comptes.domaine.collectivites import organisme_d_epci, organisme_de_commune
from socle.comptes.models import Organisme
from socle.interface.francais import de
from socle.territoires.domaine.perimetres import communes_du_perimetre
from socle.territoires.models import Commune, Epci

PROCHES = 12
LETTRES_AU_MOINS = 3
COMMUNES_AU_PLUS = 80


def financeurs():
    """Whoever may pay; never the team itself."""
    return Organisme.objects.exclude(nature=NatureOrganisme.BUREAU_ETUDES)


def partenaires(atelier):
    """Porteurs, communes and EPCI of the perimeter, State services of its départements, DGALN,
    and those who already pay here."""
    communes = communes_du_perimetre(atelier.perimetre)
    departements = atelier.perimetre.departements.all()
    return financeurs().filter(
        Q(pk__in=atelier.porteurs.values("pk"))
        | Q(pk=atelier.service_pilote_id)
        | Q(nature=NatureOrganisme.ADMINISTRATION_CENTRALE)
        | Q(commune__in=communes.values("pk"))
        | Q(epci__in=communes.values("epci"))
        | Q(epci__in=atelier.perimetre.epcis.values("pk"))
        | Q(pk__in=Organisme.objects.filter(departements__in=departements).values("pk"))
        | Q(pk__in=Organisme.objects.filter(regions__departements__in=departements).values("pk"))
        | Q(pk__in=LigneBudget.objects.filter(atelier=atelier).values("payeur"))
    )


def collectivites_sans_organisme(atelier) -> list[tuple[str, str]]:
    """(key, name) of the communes and EPCI of the perimeter for whom nobody acted yet."""
    connus = Organisme.objects.filter(nature=NatureOrganisme.COMMUNE).values("commune")
    communes = communes_du_perimetre(atelier.perimetre)
    epcis = Epci.objects.filter(
        Q(pk__in=communes.values("epci")) | Q(pk__in=atelier.perimetre.epcis.values("pk"))
    ).exclude(pk__in=Organisme.objects.filter(epci__isnull=False).values("epci"))
    absentes = communes.exclude(pk__in=connus.filter(commune__isnull=False))[:COMMUNES_AU_PLUS]
    return [(f"epci:{epci.pk}", epci.nom) for epci in epcis] + [
        (f"commune:{commune.pk}", f"Commune {de(commune.nom)}") for commune in absentes
    ]


def organisme_de(financeur) -> Organisme:
    """The organisme of a commune or an EPCI is made the first time."""
    if isinstance(financeur, Commune):
        return organisme_de_commune(financeur)
    return organisme_d_epci(financeur) if isinstance(financeur, Epci) else financeur


def nomme(nom: str) -> Organisme | None:
    """The organisme of this very name or sigle."""
    return financeurs().filter(Q(nom__iexact=nom) | Q(sigle__iexact=nom)).first()


def proches(nom: str) -> list[Organisme]:
    """Known organismes whose name holds what was typed; too short a text finds nothing."""
    if len(nom) < LETTRES_AU_MOINS:
        return []
    return list(financeurs().filter(nom__icontains=nom)[:PROCHES])
