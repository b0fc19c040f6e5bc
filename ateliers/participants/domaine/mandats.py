"""The mandates of a person of the directory: opened, closed, never erased."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from ateliers.annuaire import journal
from ateliers.annuaire.domaine import organismes, personnes
from ateliers.annuaire.models import Mandat, Personne
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.droits import exiger
from ateliers.participants.domaine.corrections import REFUS as REFUS_CORRIGER
from ateliers.participants.domaine.corrections import peut_corriger
from ateliers.participants.domaine.nouveaux_organismes import confirmer_organisme
from ateliers.participants.droits import peut_gerer
from ateliers.participants.models import Participant
from candidatures.dispositifs.choix import College
from socle.erreurs import ConflitDeVersion, ErreurMetier
from socle.journal.domaine import inscrire

FINIS = (EtatAtelier.CLOS, EtatAtelier.ABANDONNE)
REFUS = "Tient ces mandats qui tient la liste d’un atelier de cette personne."


def peut_tenir(utilisateur, personne) -> bool:
    """Whoever keeps the list of one of their ateliers."""
    siens = Participant.objects.filter(personne=personne).select_related("atelier")
    return any(peut_gerer(utilisateur, participant.atelier) for participant in siens)


@transaction.atomic
def ajouter_mandat(
    *, personne, par, college, organisation="", fonction="", du=None, au=None, confirmes=None
):
    """`organisation`: the name of an organisme; a new one is made, told from its neighbours."""
    personne = Personne.objects.select_for_update(of=["self"]).get(pk=personne.pk)
    exiger(peut_tenir(par, personne), REFUS)
    if personne.atelier_id and college != College.HABITANTS:
        raise ErreurMetier(
            "Un habitant reste dans son atelier : changez d’abord le collège de sa fiche.",
            champ="college",
        )
    if du and au and au < du:
        raise ErreurMetier("Un mandat ne peut pas finir avant d’avoir commencé.", champ="au")
    champs = {"college": college, "organisation": organisation.strip()}
    confirmer_organisme(champs, par=par, confirmes=confirmes)
    organisme = organismes.nommer(
        organisation, college=college, reserve=personne.atelier, service=par.organisme
    )
    qualite = {"college": college, "organisme": organisme, "fonction": fonction.strip()}
    if au:  # over already: one more period, never the end of the mandate that runs
        mandat = personne.mandats.filter(du=du, au=au, **qualite).first()
        mandat = mandat or Mandat.objects.create(personne=personne, du=du, au=au, **qualite)
        personnes.indexer(personne)
    else:
        mandat = personnes.tenir_mandat(personne, **qualite)
        mandat.du = du
        mandat.save(update_fields=["du"])
    inscrire(journal.MANDAT_OUVERT, objet=personne, par=par, college=mandat.get_college_display())
    return mandat


@transaction.atomic
def corriger_mandat(
    *, mandat, par, revision, organisation="", fonction="", du=None, au=None, confirmes=None
):
    """What was written wrong. The ateliers that go on follow; what is closed keeps its words."""
    personne = Personne.objects.select_for_update(of=["self"]).get(pk=mandat.personne_id)
    exiger(peut_corriger(par, personne), REFUS_CORRIGER)
    mandat = Mandat.objects.select_related("organisme").get(pk=mandat.pk)
    if personne.revision != revision:
        mandat.revision = personne.revision
        raise ConflitDeVersion(mandat)
    if du and au and au < du:
        raise ErreurMetier("Un mandat ne peut pas finir avant d’avoir commencé.", champ="au")
    champs = {"college": mandat.college, "organisation": organisation.strip()}
    confirmer_organisme(champs, par=par, confirmes=confirmes)
    organisme = organismes.nommer(
        organisation, college=mandat.college, reserve=personne.atelier, service=par.organisme
    )
    ancien = {"college": mandat.college, "organisme": mandat.organisme, "fonction": mandat.fonction}
    nouveau = ancien | {"organisme": organisme, "fonction": fonction.strip()}
    memes = personne.mandats.filter(du=du, au=au, **nouveau).exclude(pk=mandat.pk)
    if memes.exists():
        raise ErreurMetier("Cette personne a déjà ce mandat.", champ="organisation")
    _suivre_qualite(personne, ancien, nouveau)
    for cle, valeur in (nouveau | {"du": du, "au": au}).items():
        setattr(mandat, cle, valeur)
    mandat.save(update_fields=["organisme", "fonction", "du", "au"])
    personne.revision += 1
    personne.save(update_fields=["revision"])
    organismes.elaguer(ancien["organisme"])
    personnes.indexer(personne)
    inscrire(journal.MANDAT_CORRIGE, objet=personne, par=par, college=mandat.get_college_display())
    return mandat


def _suivre_qualite(personne, ancien: dict, nouveau: dict) -> None:
    siens = Participant.objects.select_for_update(of=["self"]).filter(personne=personne, **ancien)
    for participant in siens.exclude(atelier__etat__in=FINIS):
        participant.organisme, participant.fonction = nouveau["organisme"], nouveau["fonction"]
        participant.revision += 1
        participant.save(update_fields=["organisme", "fonction", "revision"])


@transaction.atomic
def terminer_mandat(*, mandat, par, le: date | None = None) -> Mandat:
    mandat = (
        Mandat.objects.select_for_update(of=["self"]).select_related("personne").get(pk=mandat.pk)
    )
    exiger(peut_tenir(par, mandat.personne), REFUS)
    le = le or timezone.localdate()
    if mandat.au:
        raise ErreurMetier("Ce mandat est déjà terminé.")
    mandat.du = min(mandat.du, le) if mandat.du else None
    mandat.au = le
    mandat.save(update_fields=["du", "au"])
    inscrire(
        journal.MANDAT_TERMINE,
        objet=mandat.personne,
        par=par,
        college=mandat.get_college_display(),
    )
    return mandat
