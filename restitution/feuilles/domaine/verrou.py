"""What every writing verb of the room shares: lock, right, state, revision."""

from restitution.feuilles import droits
from restitution.feuilles.models import FeuilleDeRoute
from socle.erreurs import ActionInterdite, ConflitDeVersion, TransitionImpossible


def verrouiller(feuille_id: int) -> FeuilleDeRoute:
    return (
        FeuilleDeRoute.objects.select_for_update(of=("self",))
        .select_related("atelier")
        .get(pk=feuille_id)
    )


def verrouiller_pour_ecrire(feuille_id: int, par) -> FeuilleDeRoute:
    """Lock the feuille; refuse a stranger, then a text that is no longer a draft."""
    feuille = verrouiller(feuille_id)
    if not droits.peut_ecrire(par, feuille.atelier):
        raise ActionInterdite(
            "La feuille de route est écrite par l’équipe, le service pilote et la collectivité."
        )
    if not feuille.en_ecriture:
        raise TransitionImpossible(
            f"La feuille de route est « {feuille.get_etat_display()} » : son texte ne change plus."
        )
    return feuille


def verifier_revision(objet, revision: int) -> None:
    if objet.revision != revision:
        raise ConflitDeVersion(objet)
