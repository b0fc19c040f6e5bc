"""Which carriers asked for a visa have not given it."""

from __future__ import annotations

from candidatures.appels.choix import RegleVisas
from candidatures.dossiers.models import Candidature
from socle.comptes.choix import NatureOrganisme as N
from socle.comptes.models import Organisme

VISEURS = (N.COMMUNE, N.EPCI)


def visas_absents(candidature: Candidature) -> list[Organisme]:
    """Carriers asked for a visa that have not given it."""
    if candidature.appel.visas == RegleVisas.NON:
        return []
    donnes = {visa.organisme_id for visa in candidature.visas.all()}
    return [
        portage.organisme
        for portage in candidature.portages.all()
        if portage.organisme.nature in VISEURS and portage.organisme_id not in donnes
    ]
