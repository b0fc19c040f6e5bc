"""What changed between two states of a déroulé, in words, and whom it concerns. Pure functions.

A state is a list of dicts (see `photographie`); `cle` tells a séquence from another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time

from ateliers.seances.choix import FormatSequence, PublicSequence
from socle.interface.templatetags.interface import duree, heure

POUR_TOUS = (PublicSequence.INVITES, PublicSequence.OUVERT)
# What only those who prepare read: no guest is written to about it.
INTERNES = ("materiel", "animateur_courriel")


@dataclass
class Concernes:
    """Everybody invited, or nobody but the facilitators named."""

    invites: bool = False
    courriels: set[str] = field(default_factory=set)


def comparer(avant: list[dict], apres: list[dict]) -> list[dict]:
    """Removed first, then what was changed or added, in the order of the new state."""
    anciennes = {s["cle"]: s for s in avant}
    nouvelles = {s["cle"]: s for s in apres}
    retirees = [_changement(s, None) for s in avant if s["cle"] not in nouvelles]
    autres = [
        _changement(anciennes.get(s["cle"]), s) for s in apres if anciennes.get(s["cle"]) != s
    ]
    return retirees + autres


def appliquer(avant: list[dict], changements: list[dict]) -> list[dict]:
    """The new state, from the old one and its changes (by day and hour)."""
    etat = {s["cle"]: s for s in avant}
    for changement in changements:
        if changement["apres"] is None:
            del etat[changement["avant"]["cle"]]
        else:
            etat[changement["apres"]["cle"]] = changement["apres"]
    return ranger(list(etat.values()))


def ranger(sequences: list[dict]) -> list[dict]:
    return sorted(sequences, key=lambda s: (s["jour"], s["debut"], s["cle"]))


def _changement(avant, apres) -> dict:
    genre = "ajoutee" if avant is None else "retiree" if apres is None else "modifiee"
    return {"genre": genre, "avant": avant, "apres": apres, "phrases": _phrases(avant, apres)}


def _quand(s) -> str:
    jour = f"jour {s['jour']}, " if s["jour"] > 1 else ""
    return f"{jour}{heure(time.fromisoformat(s['debut']))}"


def _phrases(avant, apres) -> list[str]:
    if avant is None:
        return [f"« {apres['titre']} » est ajoutée ({_quand(apres)}, {duree(apres['duree_min'])})."]
    if apres is None:
        return [f"« {avant['titre']} » ({_quand(avant)}) est retirée."]
    return _horaires(avant, apres) + _reste(avant, apres)


def _horaires(avant, apres) -> list[str]:
    nom, phrases = f"« {apres['titre']} »", []
    if avant["titre"] != apres["titre"]:
        phrases.append(f"« {avant['titre']} » s’appelle désormais {nom}.")
    if (avant["jour"], avant["debut"]) != (apres["jour"], apres["debut"]):
        phrases.append(f"{nom} commence à {_quand(apres)} au lieu de {_quand(avant)}.")
    if avant["duree_min"] != apres["duree_min"]:
        phrases.append(
            f"{nom} dure {duree(apres['duree_min'])} au lieu de {duree(avant['duree_min'])}."
        )
    return phrases


def _reste(avant, apres) -> list[str]:
    nom, phrases = f"« {apres['titre']} »", []
    for champ, mot in (("lieu", "lieu"), ("animateur", "animation"), ("materiel", "matériel")):
        if avant[champ] != apres[champ]:
            phrases.append(f"{nom}, {mot} : {_passage(avant[champ], apres[champ])}.")
    for champ, choix in (("format", FormatSequence), ("public", PublicSequence)):
        if avant[champ] != apres[champ]:
            ancien, nouveau = choix(avant[champ]).label, choix(apres[champ]).label
            phrases.append(f"{nom}, {champ} : {_passage(ancien, nouveau)}.")
    if avant["animateur_courriel"] != apres["animateur_courriel"]:
        phrases.append(_adresse(apres))
    if avant["visite"] != apres["visite"]:
        phrases.append(f"{nom} : l’itinéraire de la visite change.")
    return phrases


def _adresse(apres) -> str:
    return f"« {apres['titre']} » : l’adresse de la personne qui anime change."


def _passage(avant, apres) -> str:
    return f"{apres or 'rien'} au lieu de {avant}" if avant else apres


def visible_des_invites(changement) -> bool:
    """True when the change shows on the programme that guests hold."""
    avant, apres = changement["avant"], changement["apres"]
    if not any(s and s["public"] in POUR_TOUS for s in (avant, apres)):
        return False
    if avant is None or apres is None:
        return True
    return any(avant[c] != apres[c] for c in apres if c not in INTERNES)


def lignes_d_agenda(sequences: list[dict]) -> list[tuple]:
    """What the diary of a guest shows of it."""
    return [(s["jour"], s["debut"], s["titre"]) for s in sequences if s["public"] in POUR_TOUS]


def concernes(changements: list[dict]) -> Concernes:
    resultat = Concernes()
    for changement in changements:
        resultat.invites |= visible_des_invites(changement)
        for etat in (changement["avant"], changement["apres"]):
            if etat and etat["animateur_courriel"]:
                resultat.courriels.add(etat["animateur_courriel"].lower())
    return resultat


def pour_les_invites(changements: list[dict]) -> list[str]:
    """Sentences that a guest may read: nothing of a restricted séquence, nothing internal."""
    phrases = []
    for changement in filter(visible_des_invites, changements):
        avant, apres = (_public(changement[c]) for c in ("avant", "apres"))
        if avant or apres:
            phrases += _phrases(avant, apres)
    return phrases


def deroule_dit(sequences: list[dict], *, invite: bool = True, courriel: str = "") -> list[str]:
    """A first publication is no change: the programme itself, hour by hour.

    What guests read (`invite`), and what the person at this address leads.
    """
    lues = (
        s
        for s in ranger(sequences)
        if (invite and s["public"] in POUR_TOUS)
        or (courriel and s["animateur_courriel"].lower() == courriel)
    )
    return [f"{_quand(s)}\u00a0: {s['titre']} ({duree(s['duree_min'])})." for s in lues]


def pour_l_animateur(changements: list[dict], courriel: str) -> list[str]:
    phrases = []
    for changement in changements:
        etats = (changement["avant"], changement["apres"])
        if any(_anime(s, courriel) for s in etats):
            dites = dict.fromkeys(changement["phrases"])
            if all(etats) and dites.pop(_adresse(etats[1]), 0) is None:
                dites[_pour_lui(*etats, courriel)] = None
            phrases += dites
    return phrases


def _anime(sequence, courriel: str) -> bool:
    return bool(sequence) and sequence["animateur_courriel"].lower() == courriel


def _pour_lui(avant, apres, courriel: str) -> str:
    """The address that changed is this reader's: they lead it from now on, or no longer, or are
    only written to elsewhere."""
    nom, avait, aura = f"« {apres['titre']} »", _anime(avant, courriel), _anime(apres, courriel)
    if avait and aura:
        return f"Vous animez toujours {nom}."
    if avant["animateur"] and avant["animateur"] == apres["animateur"]:
        ou = "à cette adresse" if aura else "à une autre adresse"
        return f"{nom} : vous recevez désormais {ou} ce qui concerne son animation."
    return f"Vous animez désormais {nom}." if aura else f"Vous n’animez plus {nom}."


def _public(sequence):
    """As guests see it: a restricted séquence does not exist, nor what prepares it."""
    if sequence is None or sequence["public"] not in POUR_TOUS:
        return None
    return sequence | dict.fromkeys(INTERNES, "")
