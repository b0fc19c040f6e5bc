"""Who pilots for the State: proposed from the perimeter, changed by an explicit act, logged."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.db.models import Q

from candidatures.dossiers import journal, notifications
from candidatures.dossiers.cycle_de_vie import FINAUX
from candidatures.dossiers.domaine.commun import verrouiller
from candidatures.dossiers.domaine.creation import SERVICES_ETAT
from candidatures.dossiers.droits import (
    peut_actualiser_perimetre,
    peut_changer_pilote,
    peut_designer_copilote,
)
from candidatures.dossiers.models import Candidature, Copilotage
from socle.comptes.domaine.competence import (
    ServicesCompetents,
    services_competents,
    services_de_la_collectivite,
)
from socle.comptes.models import Organisme
from socle.erreurs import ActionInterdite, ErreurMetier, MotifRequis
from socle.journal.domaine import inscrire
from socle.territoires.domaine import actualiser_perimetre, remplacements


def services(candidature: Candidature) -> ServicesCompetents:
    """From the perimeter; before it is drawn, from the collectivité that leads."""
    if candidature.perimetre_id:
        return _avec_designations(candidature, services_competents(candidature.perimetre))
    chefs = [p.organisme for p in candidature.portages.all() if p.chef_de_file]
    return services_de_la_collectivite(chefs[0]) if chefs else ServicesCompetents()


def pilote_etranger(candidature: Candidature, competents: ServicesCompetents | None = None) -> str:
    """A sentence when the pilote covers none of the perimeter, or nothing. It does not block.

    `competents`: the services of the perimeter, when the page has read them.
    """
    pilote, perimetre = candidature.service_pilote, candidature.perimetre
    if pilote is None or perimetre is None or (competents and competents.contient(pilote)):
        return ""
    departements = list(perimetre.departements.all())
    if not departements or _couvre(pilote, departements):
        return ""
    noms = ", ".join(str(d) for d in departements)
    return (
        f"Le service pilote, {pilote}, n’est pas parmi les services compétents\u00a0: il ne couvre "
        f"aucun département du périmètre ({noms}). Vérifiez le périmètre, ou demandez à la DGALN "
        "de changer le service pilote."
    )


def _couvre(service: Organisme, departements) -> bool:
    """At least one of them, by itself or by its region; a service without territory covers all."""
    lieux = Q(departements__in=departements)
    lieux |= Q(regions__in=[d.region_id for d in departements])
    partout = Q(departements__isnull=True, regions__isnull=True)
    return Organisme.objects.filter(lieux | partout, pk=service.pk).exists()


def _avec_designations(candidature: Candidature, deduits: ServicesCompetents):
    """The same, with the DREAL that the DGALN put in the place of the deduced ones."""
    actes = {d.region_id: d for d in candidature.designations.all()}
    regions = [
        replace(r, designe=actes[r.code].organisme, motif=actes[r.code].motif)
        if r.code in actes
        else r
        for r in deduits.regions
    ]
    return replace(deduits, regions=regions)


def _verifier_service(candidature: Candidature, organisme: Organisme, motif: str) -> None:
    if not motif.strip():
        raise MotifRequis("Indiquez pourquoi.")
    if candidature.etat in FINAUX:
        raise ErreurMetier("La procédure est achevée\u00a0: le pilotage ne change plus.")
    if organisme.nature not in SERVICES_ETAT:
        raise ErreurMetier("Seul un service de l’État pilote une candidature.")
    if organisme.pk == candidature.service_pilote_id:
        raise ErreurMetier(f"{organisme} pilote déjà la candidature.")


def _liberer(candidature: Candidature, organisme: Organisme) -> None:
    """One organisation holds one part: pilote, co-pilot, or carrier."""
    candidature.copilotages.filter(organisme=organisme).delete()
    candidature.portages.filter(organisme=organisme, chef_de_file=False).delete()


@transaction.atomic
def designer_copilote(
    *, candidature: Candidature, organisme: Organisme, motif: str, par
) -> Copilotage:
    """A second service writes and answers with the pilote, from now on."""
    candidature = verrouiller(candidature)
    if not peut_designer_copilote(par, candidature):
        raise ActionInterdite("Le copilote est désigné par le service pilote ou par la DGALN.")
    _verifier_service(candidature, organisme, motif)
    if candidature.copilotages.filter(organisme=organisme).exists():
        raise ErreurMetier(f"{organisme} copilote déjà la candidature.")
    _liberer(candidature, organisme)
    copilotage = Copilotage.objects.create(
        candidature=candidature, organisme=organisme, motif=motif.strip(), designe_par=par
    )
    inscrire(
        journal.COPILOTE_DESIGNE,
        objet=candidature,
        par=par,
        motif=motif.strip(),
        organisme=organisme.nom,
    )
    notifications.invitation(candidature, organisme, par)
    return copilotage


@transaction.atomic
def retirer_copilote(*, copilotage: Copilotage, par, motif: str) -> Candidature:
    candidature = verrouiller(copilotage.candidature)
    if not peut_designer_copilote(par, candidature):
        raise ActionInterdite("Le copilote est retiré par le service pilote ou par la DGALN.")
    if not motif.strip():
        raise MotifRequis("Indiquez pourquoi.")
    nom = copilotage.organisme.nom
    copilotage.delete()
    inscrire(
        journal.COPILOTE_RETIRE, objet=candidature, par=par, motif=motif.strip(), organisme=nom
    )
    return candidature


@transaction.atomic
def changer_pilote(
    *, candidature: Candidature, organisme: Organisme, motif: str, garder: bool = False, par
) -> Candidature:
    """DGALN hands the piloting to another service; `garder` keeps the former one as co-pilot."""
    candidature = verrouiller(candidature)
    if not peut_changer_pilote(par, candidature):
        raise ActionInterdite("Le service pilote est changé par la DGALN.")
    _verifier_service(candidature, organisme, motif)
    ancien = candidature.service_pilote
    _liberer(candidature, organisme)
    candidature.service_pilote = organisme
    candidature.save(update_fields=["service_pilote", "modifiee_le"])
    if garder and ancien:
        Copilotage.objects.create(
            candidature=candidature, organisme=ancien, motif=motif.strip(), designe_par=par
        )
    inscrire(
        journal.PILOTE_CHANGE,
        objet=candidature,
        par=par,
        motif=motif.strip(),
        ancien=ancien.nom if ancien else "aucun service",
        organisme=organisme.nom,
        attendu=services(candidature).contient(organisme),
    )
    notifications.invitation(candidature, organisme, par)
    return candidature


@transaction.atomic
def actualiser(*, candidature: Candidature, par) -> Candidature:
    """Bring the perimeter to the vintage in force; the former one is kept and told."""
    candidature = verrouiller(candidature)
    if not peut_actualiser_perimetre(par, candidature):
        raise ActionInterdite(
            "Le périmètre est actualisé par les porteurs tant que le dossier est ouvert, "
            "ou par la DGALN."
        )
    if not perimetre_perime(candidature):
        raise ErreurMetier("Le périmètre est à jour\u00a0: aucune de ses communes n’a changé.")
    ancien = candidature.perimetre.millesime
    perimetre = actualiser_perimetre(candidature.perimetre)
    inscrire(
        journal.PERIMETRE_ACTUALISE,
        objet=candidature,
        par=par,
        ancien=ancien,
        nouveau=perimetre.millesime,
    )
    candidature.perimetre = perimetre
    return candidature


def perimetre_perime(candidature: Candidature) -> bool:
    if candidature.perimetre is None:
        return False
    epci_fini = any(not epci.actif for epci in candidature.perimetre.epcis.all())
    return epci_fini or bool(remplacements(candidature.perimetre))
