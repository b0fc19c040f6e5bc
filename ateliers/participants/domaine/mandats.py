"""The mandates of a person of the directory: opened, closed, never erased."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from ateliers.annuaire import journal
from ateliers.annuaire.domaine import organismes, personnes
from ateliers.annuaire.models import Mandat, Personne
from ateliers.parcours.droits import exiger
from ateliers.participants.domaine.nouveaux_organismes import confirmer_organisme
from ateliers.participants.droits import peut_gerer
from ateliers.participants.models import Participant
from candidatures.dispositifs.choix import College
from socle.erreurs import ErreurMetier
from socle.journal.domaine import inscrire

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
