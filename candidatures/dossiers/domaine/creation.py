"""Open a candidature, and choose who carries it."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from candidatures.appels.models import Appel
from candidatures.dossiers import journal, notifications
from candidatures.dossiers.choix import CleRubrique, CleSection
from candidatures.dossiers.domaine.commun import PORTEURS, exiger_champ_ouvert, verrouiller
from candidatures.dossiers.domaine.recherche import indexer
from candidatures.dossiers.domaine.retraits import detacher
from candidatures.dossiers.droits import peut_creer, peut_inviter
from candidatures.dossiers.models import Candidature, Portage, Rubrique, SectionNote
from socle.comptes.choix import NatureOrganisme as N
from socle.comptes.choix import Role
from socle.comptes.domaine.collectivites import (
    organisme_d_epci,
    organisme_d_identite,
    organisme_de_commune,
)
from socle.comptes.models import Organisme
from socle.erreurs import ActionInterdite, ElementsManquants, ErreurMetier, Manque
from socle.journal.domaine import inscrire

VERROU_REFERENCE = 20_260_001
SERVICES_ETAT = (N.DDT, N.DREAL, N.DEAL, N.DTAM, N.PREFECTURE)
COLLECTIVITES = (N.COMMUNE, N.EPCI, N.SYNDICAT, N.PETR)


def _nouvelle_reference() -> str:
    """Next CAN-<year>-<number>; an advisory lock keeps two creations apart."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU_REFERENCE])
    prefixe = f"CAN-{timezone.localdate().year}-"
    derniere = (
        Candidature.objects.filter(reference__startswith=prefixe)
        .order_by("-reference")
        .values_list("reference", flat=True)
        .first()
    )
    return f"{prefixe}{int(derniere.removeprefix(prefixe)) + 1 if derniere else 1:04d}"


def _verifier_appel(appel: Appel) -> None:
    if not appel.est_ouvert():
        raise ElementsManquants([Manque("Cet appel n’est pas ouvert aux candidatures.")])


@transaction.atomic
def creer(*, appel: Appel, titre: str, par) -> Candidature:
    """Open a brouillon. The author’s organisation is pilote (State) or chef de file."""
    if not peut_creer(par):
        raise ActionInterdite(
            "Une candidature s’ouvre par un service de l’État ou par une collectivité."
        )
    _verifier_appel(appel)
    candidature = Candidature.objects.create(
        reference=_nouvelle_reference(),
        appel=appel,
        titre=titre.strip(),
        cree_par=par,
        service_pilote=par.organisme if par.role == Role.SERVICE_ETAT else None,
    )
    if par.role == Role.COLLECTIVITE:
        Portage.objects.create(
            candidature=candidature, organisme=par.organisme, chef_de_file=True, ajoute_par=par
        )
    SectionNote.objects.bulk_create(
        SectionNote(candidature=candidature, cle=cle) for cle in CleSection
    )
    Rubrique.objects.bulk_create(Rubrique(candidature=candidature, cle=cle) for cle in CleRubrique)
    inscrire(journal.CREEE, objet=candidature, par=par)
    indexer(candidature)
    return candidature


def _verifier_choix_des_porteurs(candidature: Candidature, par) -> None:
    """Those who carry it choose who else does; a person whom they invited only writes."""
    if not peut_inviter(par, candidature):
        raise ActionInterdite("Seuls les porteurs choisissent qui porte la candidature.")
    exiger_champ_ouvert(candidature, PORTEURS)


@transaction.atomic
def inviter(*, candidature: Candidature, organisme: Organisme, par) -> Candidature:
    """Add an organisation that carries it; it reads and writes from now on, and is told so.

    The first State service becomes pilote; the first collectivité becomes chef de file.
    """
    candidature = verrouiller(candidature)
    _verifier_choix_des_porteurs(candidature, par)
    deja = candidature.portages.filter(organisme=organisme).exists()
    if deja or candidature.service_pilote_id == organisme.pk:
        raise ErreurMetier(f"{organisme} porte déjà la candidature.")
    if organisme.nature in SERVICES_ETAT and candidature.service_pilote_id is None:
        candidature.service_pilote = organisme
        candidature.save(update_fields=["service_pilote", "modifiee_le"])
    elif organisme.nature in (*SERVICES_ETAT, *COLLECTIVITES):
        premier = organisme.nature in COLLECTIVITES and not candidature.portages.filter(
            chef_de_file=True
        )
        Portage.objects.create(
            candidature=candidature,
            organisme=organisme,
            chef_de_file=bool(premier),
            ajoute_par=par,
        )
    else:
        raise ErreurMetier("Seuls un service de l’État ou une collectivité portent un dossier.")
    inscrire(journal.INVITE, objet=candidature, par=par, organisme=organisme.nom)
    notifications.invitation(candidature, organisme, par)
    return candidature


@transaction.atomic
def inviter_plusieurs(
    *, candidature, par, organisme=None, identite=None, communes=(), epcis=()
) -> Candidature:
    """Invite a known organisation, one known by its SIRET, any commune or EPCI of the découpage."""
    invites = [organisme] if organisme else []
    invites += [organisme_d_identite(identite)] if identite else []
    invites += [organisme_de_commune(commune) for commune in communes]
    invites += [organisme_d_epci(epci) for epci in epcis]
    if not invites:
        raise ErreurMetier("Choisissez un organisme, une commune ou une intercommunalité.")
    for invite in dict.fromkeys(invites):
        candidature = inviter(candidature=candidature, organisme=invite, par=par)
    return candidature


@transaction.atomic
def retirer_porteur(*, candidature: Candidature, organisme: Organisme, par) -> Candidature:
    """Remove a carrier; nobody removes their own organisation, nor the service pilote."""
    candidature = verrouiller(candidature)
    _verifier_choix_des_porteurs(candidature, par)
    if organisme.pk == par.organisme_id:
        raise ErreurMetier("Vous ne pouvez pas retirer votre propre organisme.")
    supprimes, _ = candidature.portages.filter(organisme=organisme, chef_de_file=False).delete()
    if not supprimes:
        raise ErreurMetier("Cet organisme pilote le dossier : il ne peut pas être retiré.")
    detacher(candidature, organisme, motif="Organisme retiré des porteurs.", par=par)
    inscrire(journal.PORTEUR_RETIRE, objet=candidature, par=par, organisme=organisme.nom)
    return candidature
