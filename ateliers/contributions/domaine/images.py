"""Who is on a photo, and whether it may be shown: computed at each reading, never stored.

A photo is held while somebody on it is unnamed, or has not agreed to be photographed.
"""

from __future__ import annotations

import csv
import io
import zipfile
from tempfile import SpooledTemporaryFile

from django.db import transaction
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When

from ateliers.contributions import journal
from ateliers.contributions.droits import peut_nommer, peut_voir_retenues
from ateliers.contributions.models import ApparitionPhoto, Contribution
from ateliers.parcours.droits import exiger
from ateliers.participants.choix import ObjetConsentement
from ateliers.participants.models import Consentement, Participant
from socle.erreurs import ConflitDeVersion, ErreurMetier
from socle.journal.domaine import inscrire

REFUS = "Le service pilote et l’équipe nomment les personnes qui figurent sur une photo."
EN_MEMOIRE = 5_000_000


def _accords():
    """The agreements in force, seen from an `ApparitionPhoto`."""
    return Consentement.objects.filter(
        personne=OuterRef("participant__personne"),
        atelier=OuterRef("contribution__seance__atelier"),
        objet=ObjetConsentement.IMAGE,
        retire_le__isnull=True,
    )


def avec_retenue(contributions):
    """Each with `photo_retenue`: it has a photo that is not to be shown."""
    sans_accord = ApparitionPhoto.objects.filter(~Exists(_accords()), contribution=OuterRef("pk"))
    retenue = ~Q(photo="") & (Q(photo_inconnus=True) | Exists(sans_accord))
    cas = Case(When(retenue, then=Value(True)), default=Value(False), output_field=BooleanField())
    return contributions.annotate(photo_retenue=cas)


def montrables_a(contributions, utilisateur, atelier):
    """Those whose photo this user may open."""
    contributions = avec_retenue(contributions.exclude(photo=""))
    if peut_voir_retenues(utilisateur, atelier):
        return contributions
    return contributions.filter(photo_retenue=False)


def nommables(contribution) -> list[Participant]:
    """The participants of the atelier, each with `accord` and whether they are `nomme` already."""
    atelier = contribution.seance.atelier_id
    accords = Consentement.objects.filter(
        personne=OuterRef("personne"),
        atelier=atelier,
        objet=ObjetConsentement.IMAGE,
        retire_le__isnull=True,
    )
    nommes = ApparitionPhoto.objects.filter(contribution=contribution, participant=OuterRef("pk"))
    participants = Participant.objects.filter(atelier=atelier).select_related("organisme")
    return list(participants.annotate(accord=Exists(accords), nomme=Exists(nommes)))


def partis(contribution) -> int:
    """People named on it who are no longer in the atelier."""
    return ApparitionPhoto.objects.filter(
        contribution=contribution, participant__isnull=True
    ).count()


@transaction.atomic
def nommer(
    contribution, *, participants, inconnus: bool, par, revision: int, oublier_partis: bool = False
) -> Contribution:
    """`participants`: all those on the photo; `inconnus`: others are recognisable on it."""
    contribution = (
        Contribution.objects.select_for_update(of=["self"])
        .select_related("seance__atelier")
        .get(pk=contribution.pk)
    )
    exiger(peut_nommer(par, contribution.seance.atelier), REFUS)
    if contribution.revision != revision:
        raise ConflitDeVersion(contribution)
    if not contribution.photo:
        raise ErreurMetier("Cette contribution n’a plus de photo.")
    if any(p.atelier_id != contribution.seance.atelier_id for p in participants):
        raise ErreurMetier("Cette personne n’est pas de cet atelier.")
    siennes = ApparitionPhoto.objects.filter(contribution=contribution)
    siennes.filter(participant__isnull=False).exclude(participant__in=participants).delete()
    if oublier_partis:
        siennes.filter(participant__isnull=True).delete()
    deja = set(siennes.values_list("participant", flat=True))
    ApparitionPhoto.objects.bulk_create(
        ApparitionPhoto(contribution=contribution, participant=p, nommee_par=par)
        for p in participants
        if p.pk not in deja
    )
    contribution.photo_inconnus = inconnus
    contribution.revision += 1
    contribution.save(update_fields=["photo_inconnus", "revision"])
    inscrire(journal.PHOTO_NOMMEE, objet=contribution.seance, par=par, nombre=len(participants))
    return contribution


def archive(seance) -> SpooledTemporaryFile:
    """A ZIP of the photos that may be shown, and what they are: none that is held."""
    contributions = avec_retenue(Contribution.objects.filter(seance=seance).exclude(photo=""))
    sortie = SpooledTemporaryFile(max_size=EN_MEMOIRE)  # noqa: SIM115 – the response closes it
    index = io.StringIO()
    ecrivain = csv.writer(index, delimiter=";")
    ecrivain.writerow(["Fichier", "Description", "Contribution"])
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED) as zip_:
        for contribution in contributions.filter(photo_retenue=False).order_by("pk"):
            nom = f"photo-{contribution.pk}.jpg"
            with contribution.photo.open("rb") as fichier:
                zip_.writestr(nom, fichier.read())
            ecrivain.writerow(
                [nom, _cellule(contribution.photo_legende), _cellule(str(contribution))]
            )
        zip_.writestr("photos.csv", "\ufeff" + index.getvalue())
    sortie.seek(0)
    return sortie


def _cellule(valeur: str) -> str:
    """A cell is never a formula for the spreadsheet that opens it."""
    return f"'{valeur}" if valeur[:1] in ("=", "+", "-", "@", "\t", "\r") else valeur
