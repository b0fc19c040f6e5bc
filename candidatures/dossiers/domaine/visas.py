"""Visas of the communes and EPCI, mandates, and the transfer after an election."""

from __future__ import annotations

import hashlib
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from candidatures.dossiers import droits, journal, notifications
from candidatures.dossiers.choix import AvisVisa
from candidatures.dossiers.domaine.commun import verifier_modification, verrouiller
from candidatures.dossiers.domaine.creation import COLLECTIVITES, SERVICES_ETAT
from candidatures.dossiers.domaine.pieces import verifier_fichier
from candidatures.dossiers.models import Candidature, Mandat, VisaPorteur
from socle.comptes.models import Organisme
from socle.erreurs import ActionInterdite, ErreurMetier, MotifRequis
from socle.journal.domaine import inscrire


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
        defaults={"avis": avis, "texte": texte.strip(), "par": par, "le": timezone.now()},
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
    if candidature.mandats.filter(mandant=mandant).exists():
        raise ErreurMetier("Ce mandat est déjà enregistré.")
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
    mandat.save()
    inscrire(journal.MANDAT_ENREGISTRE, objet=candidature, par=par, mandant=mandant.nom)
    return mandat


@transaction.atomic
def transferer(
    *, candidature: Candidature, de: Organisme, vers: Organisme, motif: str, par
) -> Candidature:
    """Another organisation takes the place of a carrier, whatever the stage of the dossier."""
    candidature = verrouiller(candidature)
    if not droits.peut_transferer(par, candidature):
        raise ActionInterdite("Seuls les porteurs et la DGALN transfèrent un dossier.")
    if not motif.strip():
        raise MotifRequis
    porteurs = {p.organisme_id for p in candidature.portages.all()}
    if vers.pk in porteurs or vers.pk == candidature.service_pilote_id:
        raise ErreurMetier(f"{vers} porte déjà la candidature.")
    pilote = de.pk == candidature.service_pilote_id
    if not pilote and de.pk not in porteurs:
        raise ErreurMetier(f"{de} ne porte pas la candidature.")
    admises = SERVICES_ETAT if pilote else (*SERVICES_ETAT, *COLLECTIVITES)
    chef = candidature.portages.filter(organisme=de, chef_de_file=True).exists()
    if vers.nature not in (COLLECTIVITES if chef else admises):
        raise ErreurMetier(
            "Un service de l’État succède à un service de l’État, une collectivité à une "
            "collectivité."
        )
    if pilote:
        candidature.service_pilote = vers
    else:
        candidature.portages.filter(organisme=de).update(organisme=vers, ajoute_par=par)
    if candidature.deposant_id and candidature.deposant.organisme_id == de.pk:
        candidature.deposant = None
    candidature.save(update_fields=["service_pilote", "deposant", "modifiee_le"])
    inscrire(
        journal.TRANSFEREE,
        objet=candidature,
        par=par,
        motif=motif.strip(),
        de=de.nom,
        vers=vers.nom,
    )
    notifications.transfert(candidature, de, vers, motif.strip(), par)
    return candidature
