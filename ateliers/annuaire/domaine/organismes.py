"""What the rooms above call to name an organisme. The rights are theirs to check."""

from __future__ import annotations

from ateliers.annuaire.models import OrganismeAnnuaire, Personne
from ateliers.annuaire.models.organisme import cle_de
from candidatures.dispositifs.choix import College
from socle.comptes.choix import NatureOrganisme
from socle.comptes.models import Organisme
from socle.territoires.texte import plier

DEBUTS = (
    (("commune ", "mairie", "ville de "), NatureOrganisme.COMMUNE),
    (("communaute ", "metropole ", "cc ", "ca "), NatureOrganisme.EPCI),
    (("syndicat ",), NatureOrganisme.SYNDICAT),
    (("petr ", "pole metropolitain"), NatureOrganisme.PETR),
    (("ddt", "direction departementale des territoires"), NatureOrganisme.DDT),
    (("dreal",), NatureOrganisme.DREAL),
    (("prefecture", "sous prefecture"), NatureOrganisme.PREFECTURE),
    (("association ", "amis ", "les amis "), NatureOrganisme.ASSOCIATION),
    (("universite ", "ecole ", "laboratoire "), NatureOrganisme.ECOLE),
)
PAR_COLLEGE = {
    College.ASSOCIATIONS: NatureOrganisme.ASSOCIATION,
    College.EQUIPE: NatureOrganisme.BUREAU_ETUDES,
}


LIEUX = ("hameau ", "lieu dit ", "lotissement ", "quartier ", "residence ", "rue ", "village ")


def est_un_lieu(nom: str) -> bool:
    """« Hameau du moulin »: where somebody lives, rather than for whom they speak."""
    return plier(nom).replace("-", " ").startswith(LIEUX)


def nature_probable(cle: str, college: str) -> str:
    for debuts, nature in DEBUTS:
        if f"{cle} ".startswith(debuts):
            return nature
    return PAR_COLLEGE.get(college, NatureOrganisme.AUTRE)


def de_ce_nom(nom: str, reserve=None) -> OrganismeAnnuaire | None:
    """Whatever its capitals, accents and « St » for « Saint »."""
    return OrganismeAnnuaire.objects.filter(cle=cle_de(nom), atelier=reserve).first()


def nommer(nom: str, *, college: str, reserve=None, service=None) -> OrganismeAnnuaire | None:
    """The organisme of this name, made if nobody knew it; none for an empty name."""
    nom = " ".join(nom.split())
    if not nom:
        return None
    cle = cle_de(nom)
    neuf = OrganismeAnnuaire(nom=nom)
    neuf.situer()
    compte = None if reserve else _compte(nom)
    organisme, _ = OrganismeAnnuaire.objects.get_or_create(
        cle=cle,
        atelier=reserve,
        defaults={
            "nom": nom,
            "college": college,
            "nature": compte.nature if compte else nature_probable(cle, college),
            "compte": compte,
            "service": service,
            "recherche": neuf.recherche,
        },
    )
    return organisme


def _compte(nom: str) -> Organisme | None:
    """The organisme with accounts that bears this very name, unless another one is it."""
    compte = Organisme.objects.filter(nom__iexact=nom).first()
    if compte and OrganismeAnnuaire.objects.filter(compte=compte, atelier=None).exists():
        return None
    return compte


def reindexer(organisme) -> None:
    """Its people are found by its new name."""
    siennes = Personne.objects.filter(mandats__organisme=organisme).distinct()
    changees = []
    for personne in siennes.prefetch_related("mandats__organisme"):
        texte = personne.texte_cherche(personne.mandats.all())
        if texte != personne.recherche:
            personne.recherche = texte
            changees.append(personne)
    Personne.objects.bulk_update(changees, ["recherche"])


def elaguer(organisme) -> None:
    """One reserved to an atelier says something of its inhabitants: it goes with the last one."""
    if organisme is None or organisme.atelier_id is None:
        return
    if not organisme.mandats.exists() and not organisme.participants.exists():
        organisme.delete()
