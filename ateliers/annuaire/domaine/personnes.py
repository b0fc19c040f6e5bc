"""What the rooms above call to find, write and enrich a person. The rights are theirs to check."""

from __future__ import annotations

from django.utils import timezone

from ateliers.annuaire.models import Mandat, Personne
from ateliers.annuaire.models.organisme import cle_de
from candidatures.dispositifs.choix import College

IDENTITE = ("prenom", "nom", "courriel")


def reserve_a(atelier, college: str):
    """An inhabitant never leaves their atelier; the others are known everywhere."""
    return atelier if college == College.HABITANTS else None


def a_l_adresse(courriel: str, reserve) -> Personne | None:
    """The person who has this address, or whose account has it, among those of `reserve`."""
    if not courriel:
        return None
    connues = Personne.objects.filter(atelier=reserve)
    sienne = connues.filter(courriel__iexact=courriel).first()
    if sienne is None and reserve is None:
        sienne = connues.filter(utilisateur__email__iexact=courriel).first()
    return sienne


def du_meme_nom(personnes, *, prenom: str, nom: str, organisation: str, reserve) -> Personne | None:
    """Without an address: the one person of this name who speaks for this organisation today.

    `personnes`: those whom the one who writes may see. Two of them are nobody's.
    """
    if not organisation:
        return None
    candidates = personnes.filter(
        nom__iexact=nom,
        prenom__iexact=prenom,
        atelier=reserve,
        pk__in=Mandat.objects.filter(
            au__isnull=True, organisme__cle=cle_de(organisation), organisme__atelier=reserve
        ).values("personne"),
    )[:2]
    trouvees = list(candidates)
    return trouvees[0] if len(trouvees) == 1 else None


def creer(*, prenom: str, nom: str, courriel: str = "", reserve=None) -> Personne:
    return Personne.objects.create(prenom=prenom, nom=nom, courriel=courriel, atelier=reserve)


def identifier(personne: Personne, **champs) -> bool:
    """Correct the name or the address; True when something changed."""
    changes = [cle for cle in IDENTITE if getattr(personne, cle) != champs.get(cle)]
    for cle in changes:
        setattr(personne, cle, champs[cle])
    if changes:
        personne.revision += 1
        personne.save(update_fields=[*changes, "revision"])
    return bool(changes)


def tenir_mandat(personne: Personne, *, college, organisme=None, fonction="") -> Mandat:
    """The open mandate of this quality, made if there is none."""
    qualite = {"college": college, "organisme": organisme, "fonction": fonction}
    mandat = personne.mandats.filter(au__isnull=True, **qualite).first()
    if mandat is None:
        mandat = Mandat.objects.create(personne=personne, **qualite)
    indexer(personne)
    return mandat


def clore_mandat(personne: Personne, *, college, organisme=None, fonction="") -> None:
    """This quality is over: the mandate stays, with its last day."""
    aujourdhui = timezone.localdate()
    ouverts = personne.mandats.filter(
        college=college, organisme=organisme, fonction=fonction, au__isnull=True
    )
    ouverts.filter(du__gt=aujourdhui).update(du=aujourdhui)
    ouverts.update(au=aujourdhui)


def indexer(personne: Personne) -> None:
    texte = personne.texte_cherche(personne.mandats.select_related("organisme"))
    if texte != personne.recherche:
        personne.recherche = texte
        personne.save(update_fields=["recherche"])
