"""The DREAL that answers for a candidature when it is not the one that its perimeter gives."""

from __future__ import annotations

from django.db import transaction

from candidatures.dossiers import journal, notifications
from candidatures.dossiers.domaine.commun import verrouiller
from candidatures.dossiers.domaine.pilotage import services
from candidatures.dossiers.droits import est_deporte, peut_designer_dreal
from candidatures.dossiers.models import Candidature, Designation
from socle.comptes.domaine.competence import REGIONAUX, Competence
from socle.comptes.models import Organisme
from socle.erreurs import ActionInterdite, ErreurMetier, MotifRequis
from socle.journal.domaine import inscrire
from socle.territoires.models import Region


def competence(candidature: Candidature, region: Region) -> Competence | None:
    """What its perimeter holds of this region, and who answers for it; None: nothing."""
    return next((c for c in services(candidature).regions if c.code == region.pk), None)


def _ouvrir(candidature: Candidature, region: Region, motif: str, par) -> Competence:
    if not peut_designer_dreal(par, candidature) or est_deporte(par, candidature):
        raise ActionInterdite(
            "La DREAL compétente est changée par la DGALN, tant que la procédure court."
        )
    if not motif.strip():
        raise MotifRequis("Indiquez pourquoi.")
    lue = competence(candidature, region)
    if lue is None:
        raise ErreurMetier(f"Le périmètre ne touche pas la région {region.nom}.")
    return lue


@transaction.atomic
def designer_dreal(
    *, candidature: Candidature, region: Region, organisme: Organisme, motif: str, par
) -> Candidature:
    """Another regional service answers for this region of the perimeter; the former one is told
    and no longer reads, unless something else gives it the right."""
    candidature = verrouiller(candidature)
    lue = _ouvrir(candidature, region, motif, par)
    if organisme.nature not in REGIONAUX:
        raise ErreurMetier("Choisissez une DREAL, une DEAL ou une DTAM.")
    if organisme == lue.competent:
        raise ErreurMetier(f"{organisme} est déjà compétente pour la région {region.nom}.")
    if organisme == lue.service:
        candidature.designations.filter(region=region).delete()
    else:
        Designation.objects.update_or_create(
            candidature=candidature,
            region=region,
            defaults={"organisme": organisme, "motif": motif.strip(), "designee_par": par},
        )
    _dire(candidature, region, lue.competent, organisme, motif.strip(), par)
    return candidature


@transaction.atomic
def revenir_a_la_deduite(
    *, candidature: Candidature, region: Region, motif: str, par
) -> Candidature:
    """Give the region back to the service that the perimeter gives."""
    candidature = verrouiller(candidature)
    lue = _ouvrir(candidature, region, motif, par)
    if not candidature.designations.filter(region=region).delete()[0]:
        raise ErreurMetier("Aucune DREAL n’est désignée pour cette région.")
    _dire(candidature, region, lue.designe, lue.service, motif.strip(), par)
    return candidature


def _dire(candidature, region, ancien, nouveau, motif, par) -> None:
    inscrire(
        journal.DREAL_CHANGEE,
        objet=candidature,
        par=par,
        motif=motif,
        region=region.nom,
        ancien=ancien.nom if ancien else "aucun service",
        organisme=nouveau.nom if nouveau else "aucun service",
    )
    notifications.dreal_changee(candidature, region, ancien, nouveau, motif, par)
