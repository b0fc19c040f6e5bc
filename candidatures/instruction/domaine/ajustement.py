"""A proposed draw corrected by hand before it is kept, and what to watch in it."""

from __future__ import annotations

from collections import Counter

from django.db import transaction

from candidatures.dossiers.models import Candidature
from candidatures.instruction import journal
from candidatures.instruction.domaine.tirage import commencee, lecteurs_tires
from candidatures.instruction.droits import peut_etre_evaluateur, peut_instruire
from candidatures.instruction.models import Evaluation, Tirage
from socle.comptes.models import Utilisateur
from socle.erreurs import ActionInterdite, ErreurMetier, TransitionImpossible
from socle.interface.templatetags.interface import pluriel
from socle.journal.domaine import inscrire


def charges(proposition: dict) -> Counter:
    """Dossiers by person."""
    return Counter(p for lus in proposition.values() for p in lus)


def commencees(candidature) -> set[int]:
    """Persons whose evaluation is begun: they keep the dossier."""
    lues = Evaluation.comptees.filter(candidature=candidature)
    return {e.evaluateur_id for e in lues if commencee(e)}


def _verifier(candidature: Candidature, avant: set[int], lecteurs: list) -> None:
    voulus = {p.pk for p in lecteurs}
    retires = Utilisateur.objects.filter(pk__in=commencees(candidature) - voulus)
    if partie := retires.first():
        raise ErreurMetier(f"{partie} a commencé son évaluation : le dossier lui reste.")
    for personne in lecteurs:
        if personne.pk not in avant and not peut_etre_evaluateur(personne, candidature):
            raise ErreurMetier(f"{personne} ne peut pas évaluer ce dossier.")


@transaction.atomic
def ajuster_tirage(*, tirage: Tirage, candidature: Candidature, lecteurs: list, par) -> Tirage:
    """Who reads one dossier of a draw that is not kept yet; the computed draw is remembered."""
    if not peut_instruire(par, candidature):
        raise ActionInterdite("Seule la DGALN répartit les dossiers.")
    tirage = (
        Tirage.objects.select_for_update(of=("self",)).select_related("appel").get(pk=tirage.pk)
    )
    cle = str(candidature.pk)
    if tirage.garde_le:
        raise TransitionImpossible("Ce tirage est gardé : ouvrez le dossier pour le modifier.")
    if cle not in tirage.proposition:
        raise ErreurMetier("Ce dossier n’est pas dans ce tirage.")
    _verifier(candidature, set(tirage.proposition[cle]), lecteurs)
    tirage.parametres = {"calculee": tirage.proposition, **tirage.parametres}
    tirage.proposition = tirage.proposition | {cle: sorted(p.pk for p in lecteurs)}
    tirage.save(update_fields=["parametres", "proposition"])
    inscrire(journal.TIRAGE_AJUSTE, objet=tirage.appel, par=par, reference=candidature.reference)
    return tirage


def ajustes(tirage: Tirage) -> set[str]:
    """Keys of the dossiers that differ from the computed draw."""
    calculee = tirage.parametres.get("calculee", tirage.proposition)
    return {cle for cle, lus in tirage.proposition.items() if calculee.get(cle) != lus}


def alertes(tirage: Tirage) -> list[str]:
    """What makes the proposal unbalanced: missing readers, loads over the limit, a wide gap."""
    voulu, phrases = tirage.parametres["n"], []
    incomplets = sum(1 for lus in tirage.proposition.values() if len(lus) < voulu)
    if incomplets:
        phrases.append(
            f"{pluriel(incomplets, 'dossier')} sans le nombre voulu d’évaluateurs : les déports, "
            "les charges ou vos modifications ne le permettent pas."
        )
    lus = charges(tirage.proposition)
    lecteurs = {p.cle: p for p in lecteurs_tires(tirage.parametres["charge_max"])}
    noms = Utilisateur.objects.in_bulk({*lecteurs, *lus})
    for cle, lecteur in lecteurs.items():
        if lecteur.charge_max is not None and lus[cle] > lecteur.charge_max:
            phrases.append(
                f"{noms[cle].nom_complet} recevrait {pluriel(lus[cle], 'dossier')}, au-delà de sa "
                f"limite de {lecteur.charge_max}."
            )
    libres = [c for c, p in lecteurs.items() if p.charge_max is None or lus[c] < p.charge_max]
    if libres:
        moins, plus = min(libres, key=lambda c: lus[c]), max(lecteurs, key=lambda c: lus[c])
        if lus[plus] - lus[moins] > 1:
            phrases.append(
                f"Les charges s’écartent : {pluriel(lus[plus], 'dossier')} pour "
                f"{noms[plus].nom_complet}, {lus[moins]} pour {noms[moins].nom_complet}."
            )
    return phrases
