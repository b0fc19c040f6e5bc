"""The grid of a call. Each change makes a new version; the first filed evaluation freezes it."""

from __future__ import annotations

from django.db import transaction

from candidatures.appels.choix import EtatAppel
from candidatures.appels.droits import peut_gerer
from candidatures.appels.models import Appel, Critere, Grille
from candidatures.instruction import journal
from candidatures.instruction.models import Evaluation, NoteCritere
from socle.erreurs import (
    ActionInterdite,
    ElementsManquants,
    ErreurMetier,
    Manque,
    TransitionImpossible,
)
from socle.journal.domaine import inscrire

CRITERES_MAX = 20
NIVEAUX = 6


def figee(appel: Appel) -> bool:
    """One evaluation at least is filed for this call: its weights and its words no longer move."""
    return Evaluation.objects.filter(candidature__appel=appel, depose_le__isnull=False).exists()


def formule(grille: Grille | None) -> str:
    """« (2 × A + 1 × B) ÷ 3 », as shown to all those who note."""
    criteres = list(grille.criteres.all()) if grille else []
    if not criteres:
        return ""
    termes = " + ".join(f"{c.poids}\u00a0×\u00a0«\u00a0{c.libelle}\u00a0»" for c in criteres)
    total = sum(c.poids for c in criteres)
    return f"({termes})\u00a0÷\u00a0{total}"


def manques_grille(criteres: list[dict]) -> list[Manque]:
    absents = []
    if not criteres:
        absents.append(Manque("Une grille porte au moins un critère."))
    if len(criteres) > CRITERES_MAX:
        absents.append(Manque(f"Une grille porte {CRITERES_MAX}\u00a0critères au plus."))
    libelles = [c["libelle"].strip().casefold() for c in criteres]
    if len(set(libelles)) < len(libelles):
        absents.append(Manque("Deux critères ne peuvent pas porter le même nom."))
    for critere in criteres:
        dits = [a for a in critere["ancres"] if a.strip()]
        if dits and len(dits) != NIVEAUX:
            nom = f"«\u00a0{critere['libelle']}\u00a0»"
            absents.append(Manque(f"{nom}\u00a0: dites les six niveaux, ou aucun."))
    return absents


def _attributs(critere: dict, ordre: int) -> dict:
    ancres = [a.strip() for a in critere["ancres"]]
    return {
        "libelle": critere["libelle"].strip(),
        "aide": critere["aide"].strip(),
        "poids": critere["poids"],
        "ordre": ordre,
        "ancres": ancres if all(ancres) else [],
    }


def _nom(appel: Appel, numero: int) -> str:
    suffixe = f", grille {numero} ({appel.pk})"
    return f"{appel.titre[: 120 - len(suffixe)]}{suffixe}"


def _inchangee(grille: Grille, voulus: list[dict]) -> bool:
    actuels = list(grille.criteres.all()) if grille else []
    champs = ("libelle", "aide", "poids", "ancres")
    return [[getattr(c, champ) for champ in champs] for c in actuels] == [
        [v[champ] for champ in champs] for v in voulus
    ]


@transaction.atomic
def modifier_grille(*, appel: Appel, criteres: list[dict], grille_lue: int | None, par) -> Grille:
    """`criteres` in order: id (or None), libelle, aide, poids, ancres (six texts or none).

    Drafts of evaluation follow: a note goes with its criterion into the new version.
    """
    if not peut_gerer(par):
        raise ActionInterdite("Seule la DGALN prépare la grille d’évaluation.")
    appel = Appel.objects.select_for_update(of=("self",)).select_related("grille").get(pk=appel.pk)
    if appel.etat == EtatAppel.CLOS:
        raise TransitionImpossible("L’appel est clos : sa grille ne change plus.")
    if figee(appel):
        raise TransitionImpossible(
            "Une évaluation est déjà déposée : les critères, les poids et les niveaux sont figés."
        )
    if appel.grille_id != grille_lue:
        raise ErreurMetier(
            "Une autre version de la grille a été enregistrée pendant votre saisie. La vôtre n’est "
            "pas enregistrée, elle reste ci-dessous\u00a0: ouvrez la grille dans un autre onglet "
            "pour comparer, et reportez-y ce que vous gardez."
        )
    if absents := manques_grille(criteres):
        raise ElementsManquants(absents)
    voulus = [_attributs(c, ordre) for ordre, c in enumerate(criteres, start=1)]
    ancienne = appel.grille
    if ancienne and _inchangee(ancienne, voulus):
        return ancienne
    numero = ancienne.numero + 1 if ancienne else 1
    grille = Grille.objects.create(
        nom=_nom(appel, numero),
        note_max=ancienne.note_max if ancienne else NIVEAUX - 1,
        numero=numero,
        precedente=ancienne,
    )
    _poser(grille, appel, criteres, voulus)
    appel.grille = grille
    appel.save(update_fields=["grille"])
    inscrire(journal.GRILLE_MODIFIEE, objet=appel, par=par, numero=numero)
    return grille


def _poser(grille, appel, criteres, voulus) -> None:
    """Create the criteria, and carry the notes of the drafts to them."""
    brouillons = NoteCritere.objects.filter(evaluation__candidature__appel=appel)
    gardes = set()
    for lu, attributs in zip(criteres, voulus, strict=True):
        nouveau = Critere.objects.create(grille=grille, **attributs)
        if lu.get("id"):
            gardes.add(lu["id"])
            brouillons.filter(critere_id=lu["id"]).update(critere=nouveau)
    retires = brouillons.exclude(critere__grille=grille)
    if retires.filter(note__isnull=False).exists():
        raise ErreurMetier(
            "Un critère que vous retirez est déjà noté dans une évaluation\u00a0: gardez-le."
        )
    retires.delete()
