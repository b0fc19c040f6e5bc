"""Verbs of the owner of a diary. Nobody acts on somebody else's: `par` is the only key."""

from __future__ import annotations

import time
from zoneinfo import ZoneInfo, available_timezones

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from ateliers.agendas.choix import Echec, EtatAgenda, EtatEcrit, Portee
from ateliers.agendas.models import AgendaDistant, CalendrierDistant, EvenementEcrit
from ateliers.synchro import journal
from ateliers.synchro.domaine import garde
from ateliers.synchro.domaine.coffre import enfermer, ouvrir
from ateliers.synchro.domaine.ecriture import Ecriture
from ateliers.synchro.domaine.garde import EchecAgenda
from ateliers.synchro.domaine.serveur import Serveur
from ateliers.synchro.domaine.taches import synchroniser_agenda
from ateliers.synchro.droits import exiger
from socle.erreurs import ErreurMetier
from socle.journal.domaine import inscrire

ESSAIS, FENETRE = 10, 900
CHAMPS_FAUTIFS = {Echec.REFUS: "mot_de_passe"}
TEMPS_DE_RETRAIT = 15  # seconds: a page waits for it


def _cle_essais(par) -> str:
    return f"agenda-essais:{par.pk}"


def _limiter(par) -> None:
    """A form that connects wherever it is told is no tool to try passwords with."""
    cle = _cle_essais(par)
    cache.add(cle, 0, FENETRE)
    if cache.incr(cle) > ESSAIS:
        raise ErreurMetier("Trop d’essais : attendez un quart d’heure avant de recommencer.")


def _normaliser(adresse: str) -> str:
    adresse = adresse.strip()
    return adresse if "://" in adresse else f"https://{adresse}"


def _essayer(adresse, identifiant, mot_de_passe) -> list[tuple[str, str]]:
    try:
        garde.verifier(adresse)
        with Serveur(adresse, identifiant, mot_de_passe) as serveur:
            return serveur.calendriers()
    except EchecAgenda as echec:
        champ = CHAMPS_FAUTIFS.get(echec.echec, "adresse")
        raise ErreurMetier(echec.echec.label, champ=champ) from None


def brancher(*, par, adresse: str, identifiant: str, mot_de_passe: str) -> AgendaDistant:
    """Try first, keep after: nothing is stored of an address or a password that does not work."""
    exiger(par)
    _limiter(par)
    adresse, identifiant = _normaliser(adresse), identifiant.strip()
    trouves = _essayer(adresse, identifiant, mot_de_passe)
    cache.delete(_cle_essais(par))
    return _enregistrer(par, adresse, identifiant, mot_de_passe, trouves)


@transaction.atomic
def _enregistrer(par, adresse, identifiant, mot_de_passe, trouves) -> AgendaDistant:
    agenda = AgendaDistant.objects.select_for_update().filter(utilisateur=par).first()
    if agenda is not None and (agenda.adresse, agenda.identifiant) != (adresse, identifiant):
        agenda.delete()  # another diary: what was known of the former one says nothing of it
        agenda = None
    if agenda is None:
        agenda = AgendaDistant(utilisateur=par, fuseau=_fuseau(par))
    agenda.adresse, agenda.identifiant = adresse, identifiant
    agenda.etat, agenda.echec, agenda.echec_le = EtatAgenda.ACTIF, "", None
    enfermer(agenda, mot_de_passe)
    agenda.save()
    CalendrierDistant.objects.filter(agenda=agenda).exclude(
        url__in=[u for u, _ in trouves]
    ).delete()
    for url, nom in trouves:
        CalendrierDistant.objects.update_or_create(agenda=agenda, url=url, defaults={"nom": nom})
    inscrire(journal.BRANCHE, objet=agenda, par=par)
    _synchroniser_apres(agenda)
    return agenda


def _fuseau(par) -> str:
    departement = par.organisme.departements.order_by("code").first() if par.organisme else None
    return departement.fuseau if departement else "Europe/Paris"


def _synchroniser_apres(agenda) -> None:
    transaction.on_commit(lambda: synchroniser_agenda.delay(agenda.pk), robust=True)


def _verrouiller(par) -> AgendaDistant:
    exiger(par)
    agenda = AgendaDistant.objects.select_for_update().filter(utilisateur=par).first()
    if agenda is None:
        raise ErreurMetier("Aucun agenda n’est branché.")
    return agenda


@transaction.atomic
def choisir(*, par, ecrit: int | None, lus, portee: str, fuseau: str) -> AgendaDistant:
    """Which calendar receives the séances (none: nothing is written), which ones are read."""
    agenda = _verrouiller(par)
    lus = {int(pk) for pk in lus}
    connus = set(agenda.calendriers.values_list("pk", flat=True))
    if (lus | ({ecrit} if ecrit else set())) - connus or portee not in Portee.values:
        raise ErreurMetier("Choisissez parmi les calendriers de votre agenda.")
    if fuseau not in available_timezones():
        raise ErreurMetier("Ce fuseau horaire n’existe pas.", champ="fuseau")
    if not lus and not ecrit:
        raise ErreurMetier("Choisissez au moins un calendrier, à lire ou à remplir.")
    agenda.calendriers.update(ecrit=False)
    agenda.calendriers.filter(pk=ecrit).update(ecrit=True)
    agenda.calendriers.update(lu=False)
    agenda.calendriers.filter(pk__in=lus).update(lu=True)
    agenda.portee, agenda.fuseau = portee, str(ZoneInfo(fuseau))
    if agenda.echec in (Echec.DISPARU, Echec.LECTURE_SEULE):
        agenda.echec, agenda.echec_le = "", None
    agenda.save(update_fields=["portee", "fuseau", "echec", "echec_le"])
    inscrire(journal.REGLE, objet=agenda, par=par)
    _synchroniser_apres(agenda)
    return agenda


@transaction.atomic
def demander(*, par) -> None:
    """Now, rather than within a quarter of an hour."""
    agenda = _verrouiller(par)
    if agenda.etat != EtatAgenda.ACTIF:
        raise ErreurMetier("La synchronisation est arrêtée : reprenez-la d’abord.")
    _synchroniser_apres(agenda)


@transaction.atomic
def suspendre(*, par) -> None:
    agenda = _verrouiller(par)
    if agenda.etat != EtatAgenda.ACTIF:
        raise ErreurMetier("La synchronisation est déjà arrêtée.")
    agenda.etat = EtatAgenda.PAUSE
    agenda.save(update_fields=["etat"])
    inscrire(journal.SUSPENDU, objet=agenda, par=par)


@transaction.atomic
def reprendre(*, par) -> None:
    agenda = _verrouiller(par)
    if agenda.etat != EtatAgenda.PAUSE:
        raise ErreurMetier("La synchronisation n’est pas en pause.")
    agenda.etat = EtatAgenda.ACTIF
    agenda.save(update_fields=["etat"])
    inscrire(journal.REPRIS, objet=agenda, par=par)
    _synchroniser_apres(agenda)


@transaction.atomic
def retablir(*, par, evenement: EvenementEcrit) -> None:
    """The owner gives up their own version of one appointment."""
    agenda = _verrouiller(par)
    ligne = agenda.evenements.select_for_update().filter(pk=evenement.pk).first()
    if ligne is None or ligne.etat not in (EtatEcrit.MODIFIE, EtatEcrit.EFFACE):
        raise ErreurMetier("Ce rendez-vous est déjà à jour.")
    ligne.etat = EtatEcrit.A_REFAIRE
    ligne.save(update_fields=["etat"])
    _synchroniser_apres(agenda)


def debrancher(*, par, retirer: bool) -> tuple[int, int]:
    """Forget the password and the intervals. (appointments taken off, those that could not be)."""
    exiger(par)
    agenda = AgendaDistant.objects.filter(utilisateur=par).first()
    if agenda is None:
        raise ErreurMetier("Aucun agenda n’est branché.")
    retires = _retirer_tous(agenda) if retirer else (0, 0)
    with transaction.atomic():
        inscrire(journal.DEBRANCHE, objet=agenda, par=par)
        agenda.delete()
    return retires


def _retirer_tous(agenda) -> tuple[int, int]:
    """Those to come. A server that does not answer never keeps the password from being erased."""
    a_venir = agenda.evenements.filter(
        seance__fin_prevu__gt=timezone.now(), etat__in=[EtatEcrit.ECRIT, EtatEcrit.A_REFAIRE]
    ).select_related("seance")
    lignes, retires, limite = list(a_venir), 0, time.monotonic() + TEMPS_DE_RETRAIT
    try:
        with ouvrir(agenda) as serveur:
            ecriture = Ecriture(agenda, serveur)
            for ligne in lignes:
                if time.monotonic() > limite:
                    break
                retires += ecriture.effacer(ligne)
    except EchecAgenda:
        pass
    return retires, len(lignes) - retires


def oublier_comptes_fermes() -> int:
    """A closed account keeps neither password nor intervals."""
    nombre, _ = AgendaDistant.objects.filter(utilisateur__is_active=False).delete()
    return nombre
