"""Open, close on a date in one act, cancel, open again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from ateliers.parcours.droits import exiger
from ateliers.participants.domaine.dates import annoncee, prevenir_les_comptes
from ateliers.participants.models import Invitation, Participant
from ateliers.seances.choix import EtatSeance
from ateliers.seances.domaine import agenda
from ateliers.seances.domaine.agenda import verrouiller_seance
from ateliers.seances.domaine.conditions import OUVERTS
from ateliers.sondages import journal, notifications
from ateliers.sondages.choix import EtatSondage
from ateliers.sondages.cycle_de_vie import CYCLE_SONDAGE
from ateliers.sondages.domaine.attendus import Attendu, attendus_par_compte
from ateliers.sondages.domaine.classement import compter
from ateliers.sondages.domaine.convier import convier, dater
from ateliers.sondages.domaine.creneaux import normaliser
from ateliers.sondages.domaine.relances import ecrivables, verrouiller
from ateliers.sondages.domaine.requetes import quorums_dits, repondants_de
from ateliers.sondages.droits import peut_sonder
from ateliers.sondages.models import Creneau, Sondage, Sonde
from candidatures.dispositifs.choix import College
from socle.erreurs import ErreurMetier, TransitionImpossible, confirmations_reunies, confirmer
from socle.interface.templatetags.interface import date_courte
from socle.journal.domaine import inscrire

REFUS = "Le service pilote sonde les participants et retient la date."
SONDABLES = (EtatSeance.A_PROGRAMMER, EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE)


def refus_de_sonder(seance) -> str:
    if seance.etat not in SONDABLES or seance.atelier.etat not in OUVERTS:
        return "Cette séance n’attend plus de date."
    if Sondage.objects.filter(seance=seance, etat=EtatSondage.OUVERT).exists():
        return "Un sondage est déjà ouvert pour cette séance."
    return ""


def _verifier_limite(clot_le, premier) -> None:
    if clot_le < timezone.localdate():
        raise ErreurMetier("Ce jour est passé : choisissez-en un à venir.", champ="clot_le")
    if clot_le >= premier.date():
        raise ErreurMetier(
            f"Choisissez un jour avant la première date proposée, le {date_courte(premier)}.",
            champ="clot_le",
        )


@transaction.atomic
def ouvrir(
    *,
    seance,
    par,
    creneaux,
    sondes,
    clot_le,
    obligatoires=(),
    comptes=(),
    comptes_obligatoires=(),
    message="",
    quorums=None,
) -> Sondage:
    """Ask people which day suits them. `creneaux`: (début, fin), wall clock of the site or aware.

    `sondes`: participants; `comptes`: accounts of the team or of a service, among those expected.
    `obligatoires`, `comptes_obligatoires`: keys of those without whom no date is kept. One mail
    leaves to each.
    """
    seance = verrouiller_seance(seance)
    exiger(peut_sonder(par, seance.atelier), REFUS)
    if phrase := refus_de_sonder(seance):
        raise TransitionImpossible(phrase)
    plages = normaliser(creneaux, seance.zone)
    _verifier_limite(clot_le, plages[0][0].astimezone(seance.zone))
    gens = list(Participant.objects.filter(atelier=seance.atelier, pk__in=[p.pk for p in sondes]))
    attendus = _attendus(seance, par, comptes)
    if not gens and not attendus:
        raise ErreurMetier("Choisissez au moins une personne à sonder.")
    sondage = Sondage.objects.create(
        seance=seance,
        par=par,
        clot_le=clot_le,
        message=message.strip(),
        quorums=quorums or {},
        ouvert_le=timezone.now(),
    )
    _composer(sondage, plages, gens, set(obligatoires))
    _ajouter_comptes(sondage, attendus, set(comptes_obligatoires))
    _demander(sondage, par)
    inscrire(
        journal.OUVERT,
        objet=seance.atelier,
        par=par,
        seance=seance.titre,
        personnes=len(gens) + len(attendus),
        creneaux=len(plages),
    )
    return sondage


def _composer(sondage, plages, gens, indispensables) -> None:
    Creneau.objects.bulk_create(
        Creneau(sondage=sondage, ordre=ordre, debut=debut, fin=fin)
        for ordre, (debut, fin) in enumerate(plages, start=1)
    )
    Sonde.objects.bulk_create(
        Sonde(sondage=sondage, participant=p, obligatoire=p.pk in indispensables) for p in gens
    )


def _attendus(seance, par, comptes) -> list[Attendu]:
    """The accounts chosen, each with its role; anybody else is refused."""
    connus = {a.compte.pk: a for a in attendus_par_compte(seance, par)}
    voulus = {c.pk for c in comptes}
    if voulus - set(connus):
        raise ErreurMetier("Cette personne n’est ni de l’équipe ni d’un service de l’atelier.")
    return [a for pk, a in connus.items() if pk in voulus]


def _ajouter_comptes(sondage, attendus, indispensables) -> None:
    Sonde.objects.bulk_create(
        Sonde(
            sondage=sondage,
            compte=a.compte,
            role=a.role,
            obligatoire=a.compte.pk in indispensables,
        )
        for a in attendus
    )


def _ecrivables(sondage) -> list[Sonde]:
    sondes = list(ecrivables(sondage))
    for sonde in sondes:
        sonde.sondage = sondage
    return sondes


def _demander(sondage, par) -> None:
    creneaux = list(sondage.creneaux.all())
    for sonde in _ecrivables(sondage):
        notifications.question(sonde, creneaux, par=par)


@transaction.atomic
def cloturer(*, creneau, par, lieu="", adresse="", salle=agenda.GARDER, confirmes=()) -> Sondage:
    """Keep this date: the séance is programmed and its people convoked, or nothing happens.

    `confirmes`: « obligatoire_muet » when a mandatory person has not answered for this date,
    « sous_quorum » when a college is short of people, and those of the conflicts.
    """
    sondage = verrouiller(creneau.sondage)
    seance = sondage.seance
    exiger(peut_sonder(par, seance.atelier), REFUS)
    CYCLE_SONDAGE.verifier(sondage, "cloturer")
    creneau = sondage.creneaux.get(pk=creneau.pk)
    if phrase := refus_de_retenir(sondage, creneau):
        raise ErreurMetier(phrase)
    CYCLE_SONDAGE.appliquer(sondage, "cloturer")
    creneau.retenu = True
    creneau.save(update_fields=["retenu"])
    sondage.clos_le = timezone.now()
    sondage.save(update_fields=["etat", "clos_le"])
    reportee = seance.debut_prevu not in (None, creneau.debut) and annoncee(seance)
    with confirmations_reunies():
        _verifier_retenable(sondage, creneau, confirmes)
        dater(seance, creneau, par, confirmes, lieu=lieu, adresse=adresse, salle=salle)
    convier(sondage, creneau, seance, par, confirmes)
    seance.refresh_from_db(fields=["sequence_ical", "lieu", "adresse"])
    _prevenir_les_comptes(sondage, creneau, par, seance.glissements.last() if reportee else None)
    if reportee:
        _prevenir_les_autres_comptes(sondage, par)
    _confirmer_aux_convoques(sondage, creneau, par)
    jour = creneau.debut.astimezone(seance.zone)
    inscrire(
        journal.CLOS, objet=seance.atelier, par=par, seance=seance.titre, date=f"{jour:%d/%m/%Y}"
    )
    return sondage


def _prevenir_les_comptes(sondage, creneau, par, glissement) -> None:
    """Whoever answered for the team or a service; `glissement`: when another date is given up."""
    for sonde in ecrivables(sondage).filter(compte__isnull=False):
        sonde.sondage = sondage
        notifications.retenue(sonde, creneau, par=par, glissement=glissement)


def _prevenir_les_autres_comptes(sondage, par) -> None:
    """Those that the poll did not ask, as after any slip."""
    prevenir_les_comptes(sondage.seance, par, {s.courriel for s in ecrivables(sondage)})


def _confirmer_aux_convoques(sondage, creneau, par) -> None:
    """The same date again: no convocation leaves to whoever holds it, yet they were asked anew."""
    deja = Invitation.objects.filter(seance=sondage.seance, convoque_le__lt=sondage.clos_le)
    for sonde in ecrivables(sondage).filter(participant__in=deja.values("participant")):
        sonde.sondage = sondage
        notifications.confirmee(sonde, creneau, par=par)


def refus_de_retenir(sondage, creneau) -> str:
    """Why nobody can retain this date, confirmations aside; nothing when one may."""
    if creneau.debut <= timezone.now():
        return "Ce créneau est déjà passé."
    refus = compter(creneau.pk, repondants_de(sondage), {}).refus
    if not refus:
        return ""
    ont = "a" if len(refus) == 1 else "ont"
    return f"Cette date ne peut pas être retenue : {_et(refus)} {ont} répondu « non »."


def _verifier_retenable(sondage, creneau, confirmes) -> None:
    """Who is silent or missing was read by the pilot."""
    bilan = compter(creneau.pk, repondants_de(sondage), quorums_dits(sondage))
    if bilan.attendus:
        confirmer(
            "obligatoire_muet",
            "Sans réponse pour cette date, alors que la présence est indispensable : "
            f"{_et(bilan.attendus)}. Cochez si vous vous en êtes assuré autrement.",
            confirmes,
        )
    if bilan.sous_quorum:
        comptes = ", ".join(f"{College(c).label} : {n} sur {m}" for c, n, m in bilan.sous_quorum)
        confirmer(
            "sous_quorum",
            f"Le quorum n’est pas atteint à cette date ({comptes}). Cochez pour la retenir "
            "malgré tout.",
            confirmes,
        )


def _et(noms) -> str:
    *debut, dernier = noms
    return f"{', '.join(debut)} et {dernier}" if debut else dernier


@transaction.atomic
def annuler(*, sondage, par, motif) -> Sondage:
    """Stop asking, and say so to everybody who was asked."""
    sondage = verrouiller(sondage)
    seance = sondage.seance
    exiger(peut_sonder(par, seance.atelier), REFUS)
    CYCLE_SONDAGE.appliquer(sondage, "annuler", motif=motif)
    sondage.save(update_fields=["etat"])
    for sonde in _ecrivables(sondage):
        notifications.annulation(sonde, par=par, motif=motif)
    inscrire(journal.ANNULE, objet=seance.atelier, par=par, motif=motif, seance=seance.titre)
    return sondage


@transaction.atomic
def prolonger(*, sondage, par, clot_le) -> Sondage:
    """Another last day; who was asked keeps the same link. A closed poll opens again and says so.

    The séance keeps the date it has until another one is retained.
    """
    sondage = verrouiller(sondage)
    seance = sondage.seance
    exiger(peut_sonder(par, seance.atelier), REFUS)
    rouvre = sondage.etat != EtatSondage.OUVERT
    CYCLE_SONDAGE.verifier(sondage, "rouvrir" if rouvre else "prolonger")
    if rouvre and (phrase := refus_de_sonder(seance)):
        raise TransitionImpossible(phrase)
    _verifier_limite(clot_le, _prochain(sondage).astimezone(seance.zone))
    CYCLE_SONDAGE.appliquer(sondage, "rouvrir" if rouvre else "prolonger")
    sondage.clot_le, sondage.clos_le = clot_le, None
    sondage.save(update_fields=["etat", "clot_le", "clos_le"])
    sondage.creneaux.filter(retenu=True).update(retenu=False)
    Sonde.objects.filter(sondage=sondage).update(rappel_j7_le=None, rappel_j2_le=None)
    if rouvre:
        for sonde in _ecrivables(sondage):
            notifications.reouverture(sonde, par=par)
    inscrire(
        journal.ROUVERT if rouvre else journal.PROLONGE,
        objet=seance.atelier,
        par=par,
        seance=seance.titre,
        date=f"{clot_le:%d/%m/%Y}",
    )
    return sondage


def _prochain(sondage):
    """Start of the last créneau still to come: beyond it there is nothing to choose."""
    dernier = sondage.creneaux.filter(debut__gt=timezone.now()).order_by("-debut").first()
    if dernier is None:
        raise ErreurMetier("Toutes les dates proposées sont passées : ouvrez un autre sondage.")
    return dernier.debut
