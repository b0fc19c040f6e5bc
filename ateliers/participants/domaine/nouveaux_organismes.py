"""Before a name makes one more organisme: is it one that they know already?"""

from __future__ import annotations

from ateliers.annuaire.domaine.organismes import de_ce_nom, est_un_lieu
from ateliers.annuaire.domaine.proximite import parmi
from ateliers.annuaire.droits import organismes_proposes_a
from candidatures.dispositifs.choix import College
from socle.erreurs import confirmer

CLE = "organisme_nouveau"


def confirmer_organisme(champs: dict, *, par, confirmes, champ: str = "organisation") -> None:
    """Ask, when the name is new and looks like another. `confirmes` None: nobody is there."""
    nom = champs.get("organisation", "")
    if confirmes is None or not nom:
        return
    if est_un_lieu(nom) and de_ce_nom(nom) is None:
        confirmer(CLE, f"{lieu_dit(nom)} Laissez vide, ou cochez la case.", confirmes, champ=champ)
    # What inhabitants name is known in their atelier alone: nothing is compared, nothing is told.
    if champs.get("college") == College.HABITANTS:
        return
    if de_ce_nom(nom) is None and (voisins := voisins_de(nom, par)):
        confirmer(CLE, phrase(voisins), confirmes, champ=champ)


def lieu_dit(nom: str) -> str:
    return f"«\u00a0{nom}\u00a0» ressemble à un lieu plutôt qu’à un organisme."


def voisins_de(nom: str, par) -> list[str]:
    """The near names among what this user is shown; nothing of what others keep."""
    connus = organismes_proposes_a(par).order_by("nom").values_list("nom", flat=True)
    return parmi(nom, list(connus))


def phrase(voisins: list[str]) -> str:
    noms = ", ".join(f"«\u00a0{nom}\u00a0»" for nom in voisins)
    verbe = "Un organisme proche existe" if len(voisins) == 1 else "Des organismes proches existent"
    return (
        f"{verbe} déjà\u00a0: {noms}. Écrivez son nom si c’est lui, sinon cochez la case en bas "
        "du formulaire."
    )
