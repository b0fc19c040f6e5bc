"""Any commune or EPCI of the découpage may act: its organisme is made the first time."""

from django.db import transaction

from socle.comptes.choix import NatureOrganisme
from socle.comptes.models import Organisme
from socle.erreurs import ErreurMetier
from socle.interface.francais import de
from socle.territoires.domaine.saisie import Lecture, lire_codes
from socle.territoires.domaine.siret import Identite
from socle.territoires.models import Commune, Epci

# Catégories juridiques of the Insee: syndicats intercommunaux and mixtes.
SYNDICATS = ("735",)


@transaction.atomic
def organisme_de_commune(commune: Commune) -> Organisme:
    """The organisme of this commune, made if nobody acted for it before."""
    existant = Organisme.objects.filter(commune=commune, nature=NatureOrganisme.COMMUNE).first()
    if existant:
        return existant
    nom = f"Commune {de(commune.nom)} ({commune.departement.nom})"
    if Organisme.objects.filter(nom=nom).exists():
        nom = f"Commune {de(commune.nom)} ({commune.code})"
    return Organisme.objects.create(nom=nom, nature=NatureOrganisme.COMMUNE, commune=commune)


@transaction.atomic
def organisme_d_epci(epci: Epci) -> Organisme:
    """The organisme of this EPCI, made if nobody acted for it before."""
    existant = Organisme.objects.filter(epci=epci, nature=NatureOrganisme.EPCI).first()
    if existant:
        return existant
    nom = epci.nom if not Organisme.objects.filter(nom=epci.nom).exists() else f"{epci} ({epci.pk})"
    return Organisme.objects.create(nom=nom, nature=NatureOrganisme.EPCI, epci=epci)


@transaction.atomic
def organisme_d_identite(identite: Identite) -> Organisme:
    """The organisme behind a SIREN: a commune, an EPCI, one that is known, or a new syndicat."""
    lecture = lire_codes([identite.code]) if identite.code else Lecture()
    if lecture.communes:
        return organisme_de_commune(lecture.communes[0])
    if lecture.epcis:
        return organisme_d_epci(lecture.epcis[0])
    existant = Organisme.objects.filter(siret__startswith=identite.siren).order_by("pk").first()
    existant = existant or Organisme.objects.filter(nom__iexact=identite.nom).first()
    if existant:
        return existant
    if not identite.nature_juridique.startswith(SYNDICATS):
        raise ErreurMetier(
            f"{identite.phrase} n’est ni une collectivité ni un syndicat : cet organisme ne porte "
            "pas de candidature. Vous pouvez inviter une personne à écrire le dossier."
        )
    return Organisme.objects.create(
        nom=identite.nom, nature=NatureOrganisme.SYNDICAT, siret=identite.siren
    )


@transaction.atomic
def organisme_nomme(*, nom: str, nature: str) -> Organisme:
    """The organisme of this name whatever its case, made with this nature when unknown."""
    nom = " ".join(nom.split())
    existant = Organisme.objects.filter(nom__iexact=nom).first()
    return existant or Organisme.objects.create(nom=nom, nature=nature)
