"""Made-up lists of programmes and zonings, and a second service across two départements."""

from __future__ import annotations

from candidatures.dispositifs.domaine.programmes import importer_laureats
from candidatures.dispositifs.domaine.zonages import importer_zonages
from candidatures.dossiers.domaine import designations, pilotage
from candidatures.dossiers.models import Candidature
from config.demo import cahiers, horloge
from socle.comptes.models import Utilisateur
from socle.territoires.models import Region

SOURCE = "Liste de démonstration, fictive"
LISTE = """programme;code_insee_ou_siren;annee
pvd;80253;2021
acv;35115;2018
pvd;50592;2021
ti;44006;2019
"""
ZONAGES = """zonage;code_insee;precision;date
frr;80253;;
frr;80071;;
ppri;80253;plan d’exemple;2012-03-15
littoral;50129;;
"""


def importer_listes(dgaln: Utilisateur) -> None:
    """Before the candidatures, whose frozen sheets then tell the overlaps."""
    with horloge.le(horloge.jour(-400)):
        importer_laureats(texte=LISTE, source=SOURCE, par=dgaln)
        importer_zonages(texte=ZONAGES, source=SOURCE, par=dgaln)


def designer_copilotes(joues: dict[str, Candidature], dgaln: Utilisateur) -> None:
    """The DDT of the second département of each perimeter that is still being examined."""
    for candidature in joues.values():
        candidature.refresh_from_db()
        if candidature.etat != "en_evaluation" or candidature.perimetre.departements.count() < 2:
            continue
        competents = [c.service for c in pilotage.services(candidature).departements if c.service]
        porteurs = {p.organisme_id for p in candidature.portages.all()}
        for service in competents:
            if service.pk not in porteurs | {candidature.service_pilote_id}:
                with horloge.le(horloge.jour(-20)):
                    pilotage.designer_copilote(
                        candidature=candidature,
                        organisme=service,
                        motif="Le périmètre s’étend sur son département.",
                        par=dgaln,
                    )


def designer_une_dreal(joues: dict[str, Candidature], dgaln: Utilisateur) -> None:
    """A lagoon of Pays de la Loire whose last communes are Breton: one DREAL follows it all."""
    candidature = joues["guerande"]
    candidature.refresh_from_db()
    principale, *autres = pilotage.services(candidature).regions
    regions = Region.objects.in_bulk([principale.code, *(c.code for c in autres)])
    dreal = cahiers.dreal_de(regions[principale.code])
    for competence in autres:
        cahiers.dreal_de(regions[competence.code])
        with horloge.le(horloge.jour(-20)):
            designations.designer_dreal(
                candidature=candidature,
                region=regions[competence.code],
                organisme=dreal,
                motif="Quelques communes seulement sont dans cette région : un seul service suit "
                "tout le périmètre.",
                par=dgaln,
            )
