"""The PDF that a collectivité takes away."""

from restitution.engagement.contexte import lire_feuille
from restitution.engagement.lecture import FeuilleLue
from restitution.feuilles import droits
from restitution.feuilles.choix import EtatFeuille
from restitution.feuilles.models import FeuilleDeRoute
from socle.documents.declaration import DeclarationDocument, declarer


def _charger(identifiant: str) -> FeuilleDeRoute:
    return FeuilleDeRoute.objects.select_related(
        "atelier__perimetre", "atelier__dispositif", "atelier__service_pilote"
    ).get(pk=identifiant)


def est_publique(feuille) -> bool:
    return feuille.etat == EtatFeuille.PUBLIEE and feuille.atelier.public


def _visible(utilisateur, feuille) -> bool:
    if est_publique(feuille):
        return True
    return (
        utilisateur.is_authenticated
        and droits.visibles_par(utilisateur).filter(pk=feuille.pk).exists()
    )


FEUILLE_DE_ROUTE = declarer(
    DeclarationDocument(
        cle="feuille_de_route",
        titre="Feuille de route",
        gabarit="documents/feuille_de_route.html",
        feuilles_style=("documents/feuille.css",),
        modele=FeuilleLue,
        contexte=lire_feuille,
        visible=_visible,
        charger=_charger,
        nom_fichier=lambda feuille: f"feuille-de-route-{feuille.atelier.slug}.pdf",
    )
)
