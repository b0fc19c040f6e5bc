"""Verbs on what is said in a séance."""

from __future__ import annotations

from django.db import transaction

from ateliers.contributions import journal
from ateliers.contributions.choix import NatureContribution
from ateliers.contributions.domaine.photos import nettoyer
from ateliers.contributions.droits import OUVERTES, peut_modifier, peut_nommer
from ateliers.contributions.models import Contribution
from ateliers.parcours.droits import exiger, peut_contribuer
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Seance
from socle.erreurs import ConflitDeVersion, ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire

CHAMPS = (
    "texte",
    "nature",
    "table",
    "ressource",
    "college",
    "photo_legende",
    "photo_inconnus",
    "hypothese",
    "site",
)
REFUS = "Le service pilote, la collectivité et l’équipe saisissent les contributions."


def _verifier(atelier_id: int, champs: dict) -> dict:
    inconnus = set(champs) - set(CHAMPS)
    if inconnus:
        raise TypeError(f"champs inconnus : {sorted(inconnus)}")
    if not champs.get("texte", "x").strip():
        raise ErreurMetier("Écrivez la contribution.")
    for cle in ("hypothese", "site"):
        objet = champs.get(cle)
        if objet is not None and objet.atelier_id != atelier_id:
            raise ErreurMetier("Cette hypothèse ou ce site appartient à un autre atelier.")
    return {cle: v.strip() if isinstance(v, str) else v for cle, v in champs.items()}


def _exiger_description(contribution, nouvelle) -> None:
    """Whoever does not see the photo reads it. A browser does not keep a file from one try to
    the next: it says so.
    """
    if not contribution.photo_legende:
        encore = " Choisissez ensuite la photo de nouveau." if nouvelle else ""
        raise ErreurMetier(
            "Décrivez la photo en quelques mots : ce texte la remplace pour qui ne la voit pas."
            + encore,
            champ="photo_legende",
        )


def _verrouiller(contribution) -> Contribution:
    return (
        Contribution.objects.select_for_update(of=["self"])
        .select_related("seance__atelier")
        .get(pk=contribution.pk)
    )


def _effacer_apres_commit(stockage, nom: str) -> None:
    if nom:
        transaction.on_commit(lambda: stockage.delete(nom))


@transaction.atomic
def enregistrer_contribution(
    *, seance, par, texte: str, nature: str = NatureContribution.IDEE, photo=None, **champs
) -> Contribution:
    """`champs`: table, ressource, college, photo_legende, hypothese, site."""
    seance = (
        Seance.objects.select_for_update(of=["self"]).select_related("atelier").get(pk=seance.pk)
    )
    exiger(peut_contribuer(par, seance.atelier), REFUS)
    if seance.etat not in OUVERTES:
        raise TransitionImpossible("Les contributions se saisissent une fois la séance programmée.")
    champs = _verifier(seance.atelier_id, champs | {"texte": texte, "nature": nature})
    contribution = Contribution(seance=seance, saisie_par=par, **champs)
    if photo:
        _exiger_description(contribution, photo)
        contribution.photo = nettoyer(photo)
    contribution.save()
    inscrire(
        journal.SAISIE, objet=seance, par=par, nature=contribution.get_nature_display().lower()
    )
    return contribution


@transaction.atomic
def modifier_contribution(
    contribution, *, par, revision: int, photo=None, sans_photo: bool = False, **champs
) -> Contribution:
    """`photo` replaces the former one; `sans_photo` takes it away."""
    contribution = _verrouiller(contribution)
    exiger(
        peut_modifier(par, contribution),
        "Une contribution se corrige par qui l’a saisie, ou par le service pilote.",
    )
    if contribution.revision != revision:
        raise ConflitDeVersion(contribution)
    if not photo and not peut_nommer(par, contribution.seance.atelier):
        champs.pop("photo_inconnus", None)  # who may not see it held does not release it
    for cle, valeur in _verifier(contribution.seance.atelier_id, champs).items():
        setattr(contribution, cle, valeur)
    modifies = [*champs, "revision"]
    if photo or sans_photo:
        contribution.apparitions.all().delete()  # another photo shows other people
        _effacer_apres_commit(contribution.photo.storage, contribution.photo.name)
        contribution.photo = nettoyer(photo) if photo else ""
        modifies.append("photo")
    if contribution.photo:
        _exiger_description(contribution, photo)
    contribution.revision += 1
    contribution.save(update_fields=modifies)
    inscrire(journal.MODIFIEE, objet=contribution.seance, par=par)
    return contribution


@transaction.atomic
def retirer_contribution(contribution, *, par) -> None:
    """A slip of the keyboard goes away; once the séance is held, what was said stays."""
    contribution = _verrouiller(contribution)
    exiger(
        peut_modifier(par, contribution),
        "Une contribution se retire par qui l’a saisie, ou par le service pilote.",
    )
    if contribution.seance.etat == EtatSeance.TENUE:
        raise TransitionImpossible(
            "La séance est tenue : la contribution appartient au carnet. Vous pouvez la corriger."
        )
    _effacer_apres_commit(contribution.photo.storage, contribution.photo.name)
    seance = contribution.seance
    contribution.delete()
    inscrire(journal.RETIREE, objet=seance, par=par)
