"""Loading through the rights: what one may not see does not exist."""

from django.shortcuts import get_object_or_404

from ateliers.parcours import droits as droits_ateliers
from restitution.feuilles import droits
from restitution.feuilles.models import Action, Axe
from socle.erreurs import ActionInterdite


def charger_atelier(utilisateur, slug: str):
    return get_object_or_404(
        droits_ateliers.visibles_par(utilisateur).select_related(
            "perimetre", "dispositif", "service_pilote"
        ),
        slug=slug,
    )


def charger_feuille(utilisateur, slug: str):
    return get_object_or_404(
        droits.visibles_par(utilisateur).select_related(
            "atelier__perimetre", "atelier__dispositif", "atelier__service_pilote"
        ),
        atelier__slug=slug,
    )


def charger_feuille_a_ecrire(utilisateur, slug: str):
    feuille = charger_feuille(utilisateur, slug)
    if not droits.peut_modifier(utilisateur, feuille):
        raise ActionInterdite(
            "La feuille de route se modifie pendant son écriture, "
            "par l’équipe, le service pilote ou la collectivité."
        )
    return feuille


def charger_axe(feuille, axe_id: int) -> Axe:
    return get_object_or_404(feuille.axes, pk=axe_id)


def charger_action(feuille, action_id: int) -> Action:
    return get_object_or_404(
        Action.objects.select_related("axe"), pk=action_id, axe__feuille=feuille
    )


def onglets(feuille, courant: str) -> dict:
    """Values of `restitution/onglets.html`."""
    return {
        "slug": feuille.atelier.slug,
        "courant": courant,
        "suivie": feuille.suivie,
    }
