"""Verbs on rooms. A room is never erased: séances were held there."""

from django.db import transaction

from ateliers.lieux import journal
from ateliers.lieux.droits import exiger, peut_gerer
from ateliers.lieux.models import Lieu
from socle.erreurs import ConflitDeVersion, ErreurMetier
from socle.journal.domaine import inscrire

CHAMPS = (
    "nom",
    "adresse",
    "commune",
    "departement",
    "capacite",
    "acces_pmr",
    "transports",
    "contact",
)


def _verifier(champs, sauf=None) -> None:
    commune = champs["commune"]
    if commune is not None and commune.departement_id != champs["departement"].pk:
        raise ErreurMetier("Cette commune n’est pas dans ce département.", champ="commune")
    meme = Lieu.objects.filter(
        departement=champs["departement"], nom=champs["nom"], adresse=champs["adresse"]
    )
    if meme.exclude(pk=sauf).exists():
        raise ErreurMetier("Ce lieu est déjà dans la liste.", champ="nom")


@transaction.atomic
def ajouter_lieu(*, par, **champs) -> Lieu:
    """`champs`: those of CHAMPS."""
    exiger(peut_gerer(par, champs["departement"]))
    _verifier(champs)
    lieu = Lieu.objects.create(**{cle: champs[cle] for cle in CHAMPS})
    inscrire(journal.AJOUTE, objet=lieu, par=par, lieu=lieu.nom)
    return lieu


@transaction.atomic
def modifier_lieu(*, lieu, par, revision, **champs) -> Lieu:
    lieu = Lieu.objects.select_for_update(of=["self"]).get(pk=lieu.pk)
    exiger(peut_gerer(par, lieu.departement) and peut_gerer(par, champs["departement"]))
    if lieu.revision != int(revision):
        raise ConflitDeVersion(lieu)
    _verifier(champs, sauf=lieu.pk)
    for cle in CHAMPS:
        setattr(lieu, cle, champs[cle])
    lieu.revision += 1
    lieu.save(update_fields=[*CHAMPS, "revision"])
    inscrire(journal.MODIFIE, objet=lieu, par=par, lieu=lieu.nom)
    return lieu


@transaction.atomic
def fermer_lieu(*, lieu, par, ferme: bool) -> Lieu:
    """No longer offered, or offered again; the séances that have it keep it."""
    lieu = Lieu.objects.select_for_update(of=["self"]).get(pk=lieu.pk)
    exiger(peut_gerer(par, lieu.departement))
    lieu.ferme = ferme
    lieu.save(update_fields=["ferme"])
    inscrire(journal.FERME if ferme else journal.ROUVERT, objet=lieu, par=par, lieu=lieu.nom)
    return lieu


def lieux_proposes(departements):
    """What the form of a séance offers."""
    return Lieu.objects.filter(departement__in=departements, ferme=False).select_related("commune")
