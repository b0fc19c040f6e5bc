"""Visas of the communes and EPCI, and mandates."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from candidatures.dossiers import droits, journal, notifications
from candidatures.dossiers.choix import AvisVisa
from candidatures.dossiers.domaine import analyse
from candidatures.dossiers.domaine.commun import verifier_modification, verrouiller
from candidatures.dossiers.domaine.pieces import verifier_fichier
from candidatures.dossiers.domaine.retraits import retirer_mandats
from candidatures.dossiers.domaine.texte_vise import empreinte_lue
from candidatures.dossiers.domaine.visas_absents import a_relancer
from candidatures.dossiers.models import Candidature, Mandat, VisaPorteur
from socle.comptes.models import Organisme
from socle.erreurs import ActionInterdite, ErreurMetier, MotifRequis
from socle.journal.domaine import historique, inscrire

ATTENTE = timedelta(days=1)


@transaction.atomic
def viser(*, candidature: Candidature, avis: str, texte: str, par) -> VisaPorteur:
    """The visa of the user’s commune or EPCI; a later one takes its place."""
    candidature = verrouiller(candidature)
    if not droits.peut_viser(par, candidature):
        raise ActionInterdite("Seuls les communes et EPCI porteurs donnent leur visa.")
    if avis == AvisVisa.RESERVE and not texte.strip():
        raise ErreurMetier("Dites vos réserves.")
    visa, _ = VisaPorteur.objects.update_or_create(
        candidature=candidature,
        organisme=par.organisme,
        defaults={
            "avis": avis,
            "texte": texte.strip(),
            "empreinte": empreinte_lue(candidature),
            "par": par,
            "le": timezone.now(),
        },
    )
    inscrire(
        journal.VISA_DONNE,
        objet=candidature,
        par=par,
        organisme=par.organisme.nom,
        avis=visa.get_avis_display().lower(),
    )
    return visa


@transaction.atomic
def demander_visas(*, candidature: Candidature, par) -> list[Organisme]:
    """Write to the carriers that the call asks and that have not given theirs on this text."""
    candidature = verrouiller(candidature)
    if not droits.peut_inviter(par, candidature):
        raise ActionInterdite("Seuls les porteurs demandent les visas, avant le dépôt.")
    organismes = a_relancer(candidature)
    if not organismes:
        raise ErreurMetier("Aucun porteur n’a de visa à donner : invitez d’abord les organismes.")
    recentes = [e for e, _ in historique(candidature) if e.action == journal.VISAS_DEMANDES]
    if any(e.quand > timezone.now() - ATTENTE for e in recentes):
        raise ErreurMetier("Les visas ont déjà été demandés depuis moins d’un jour.")
    noms = ", ".join(o.nom for o in organismes)
    inscrire(journal.VISAS_DEMANDES, objet=candidature, par=par, organismes=noms)
    for organisme in organismes:
        notifications.visa_demande(candidature, organisme, par)
    return organismes


@transaction.atomic
def enregistrer_mandat(
    *, candidature: Candidature, mandant: Organisme, signe_le, nom: str, octets: bytes, par
) -> Mandat:
    """Keep the signed mandate by which the user’s organisation files for a carrier."""
    candidature = verrouiller(candidature)
    verifier_modification(candidature, par)
    if not droits.represente(par, candidature):
        raise ActionInterdite("Seul un organisme porteur reçoit un mandat.")
    if mandant.pk == par.organisme_id:
        raise ErreurMetier("Un organisme ne se donne pas mandat à lui-même.")
    if not candidature.portages.filter(organisme=mandant).exists():
        raise ErreurMetier(f"{mandant} ne porte pas la candidature : invitez-le d’abord.")
    if signe_le > timezone.localdate():
        raise ErreurMetier("La date de signature est à venir.")
    if candidature.mandats.filter(mandant=mandant, retire_le=None).exists():
        raise ErreurMetier("Ce mandat est déjà enregistré : retirez-le pour le corriger.")
    nom, mime = verifier_fichier(nom, octets)
    mandat = Mandat(
        candidature=candidature,
        mandant=mandant,
        mandataire=par.organisme,
        signe_le=signe_le,
        nom=nom,
        mime=mime,
        sha256=hashlib.sha256(octets).hexdigest(),
        enregistre_par=par,
    )
    mandat.fichier.save(uuid4().hex, ContentFile(octets), save=False)
    analyse.mettre_en_quarantaine(mandat)
    mandat.save()
    analyse.demander_mandat(mandat)
    inscrire(journal.MANDAT_ENREGISTRE, objet=candidature, par=par, mandant=mandant.nom)
    return mandat


@transaction.atomic
def retirer_mandat(*, mandat: Mandat, motif: str, par) -> Mandat:
    """Recorded by mistake, or revoked: kept with its reason, no longer named by the receipt."""
    candidature = verrouiller(mandat.candidature)
    if not droits.peut_inviter(par, candidature):
        raise ActionInterdite("Seuls les porteurs retirent un mandat, avant le dépôt.")
    if not motif.strip():
        raise MotifRequis
    mandat = candidature.mandats.select_for_update(of=("self",)).get(pk=mandat.pk)
    if mandat.retire_le is None:
        retirer_mandats(candidature, Q(pk=mandat.pk), motif=motif.strip(), par=par)
        mandat.refresh_from_db()
    return mandat
