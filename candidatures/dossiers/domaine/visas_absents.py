"""Who is asked for a visa, and who has not given it yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from candidatures.appels.choix import RegleVisas
from candidatures.dossiers.domaine.texte_vise import perimes
from candidatures.dossiers.models import Candidature
from socle.comptes.choix import NatureOrganisme as N
from socle.comptes.models import Organisme
from socle.interface.francais import de

VISEURS = (N.COMMUNE, N.EPCI)
PROCHES_MAX = 60
ANNONCES = {
    RegleVisas.SOUHAITES: "Cet appel souhaite, avant le dépôt, le visa de chaque commune et "
    "intercommunalité du périmètre ou porteuse du projet. Un visa absent est signalé, sans "
    "empêcher le dépôt.",
    RegleVisas.EXIGES: "Cet appel exige, avant le dépôt, le visa de chaque commune et "
    "intercommunalité du périmètre ou porteuse du projet.",
}


@dataclass(frozen=True)
class VisaAttendu:
    """`porteur`: it is invited already, so it can give its visa from the dossier."""

    nom: str
    porteur: bool

    def __str__(self):
        return self.nom


def annonce(candidature: Candidature) -> str:
    """What the call asks, told before anybody is invited."""
    return ANNONCES.get(candidature.appel.visas, "")


def visas_absents(candidature: Candidature) -> list[VisaAttendu]:
    """Communes and EPCI asked for a visa that have not given it: the carriers, then those chosen
    in the perimeter. Nobody when the call asks for none.
    """
    if candidature.appel.visas == RegleVisas.NON:
        return []
    donnes = {visa.organisme_id for visa in candidature.visas.all()}
    porteurs = [
        portage.organisme
        for portage in candidature.portages.all()
        if portage.organisme.nature in VISEURS
    ]
    absents = [VisaAttendu(o.nom, True) for o in porteurs if o.pk not in donnes]
    return absents + _non_invites(candidature, porteurs)


def a_relancer(candidature: Candidature) -> list[Organisme]:
    """Carriers asked for a visa: none given, or given on a text that has changed since."""
    if candidature.appel.visas == RegleVisas.NON:
        return []
    visas = {visa.organisme_id: visa for visa in candidature.visas.all()}
    anciens = perimes(candidature, visas.values())
    return [
        portage.organisme
        for portage in candidature.portages.select_related("organisme")
        if portage.organisme.nature in VISEURS
        and ((visa := visas.get(portage.organisme_id)) is None or visa.pk in anciens)
    ]


def territoires_a_inviter(candidature: Candidature) -> list[tuple[str, str]]:
    """(code, name) of the communes and EPCI chosen in the perimeter that carry nothing yet."""
    if candidature.perimetre_id is None:
        return []
    porteurs = [p.organisme for p in candidature.portages.select_related("organisme")]
    deja = {f"E{o.epci_id}" for o in porteurs} | {f"C{o.commune_id}" for o in porteurs}
    perimetre = candidature.perimetre
    lieux = [(f"E{e.pk}", e.nom) for e in perimetre.epcis.order_by("nom")]
    lieux += [(f"C{c.pk}", f"Commune {de(c.nom)}") for c in perimetre.communes.order_by("nom")]
    return [lieu for lieu in lieux if lieu[0] not in deja][:PROCHES_MAX]


def _non_invites(candidature, porteurs) -> list[VisaAttendu]:
    """The territories of the perimeter that no carrier represents."""
    if candidature.perimetre_id is None:
        return []
    epcis = {e.pk: e.nom for e in candidature.perimetre.epcis.all()}
    communes = {c.pk: f"Commune {de(c.nom)}" for c in candidature.perimetre.communes.all()}
    for organisme in porteurs:
        epcis.pop(organisme.epci_id, None)
        communes.pop(organisme.commune_id, None)
    connus = Organisme.objects.filter(
        Q(commune__in=list(communes), nature=N.COMMUNE) | Q(epci__in=list(epcis), nature=N.EPCI)
    )
    for organisme in connus:
        if organisme.nature == N.COMMUNE:
            communes[organisme.commune_id] = organisme.nom
        else:
            epcis[organisme.epci_id] = organisme.nom
    noms = [*sorted(epcis.values()), *sorted(communes.values())]
    return [VisaAttendu(nom, False) for nom in noms]
