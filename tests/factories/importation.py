"""Tables of candidatures to import."""

from candidatures.dossiers.domaine import importation
from socle.territoires.models import Commune
from tests.factories.candidatures import faire_appel


def ligne(distribution, titre="Revitaliser le bourg", **plus) -> dict[str, str]:
    """One good line; `plus` replaces cells by column name."""
    return {
        importation.TITRE: titre,
        importation.PILOTE: distribution.ddt.organisme.nom,
        importation.CHEF: distribution.collectivite.organisme.nom,
        importation.TERRITOIRE: Commune.objects.filter(departement_id="80").first().pk,
        importation.DEPOT: "15/01/2026",
        importation.STADE: "Réflexion",
        "Objet de l’atelier": "Que faire de la halle ?",
    } | plus


def csv(lignes: list[dict[str, str]]) -> bytes:
    colonnes = list(lignes[0])
    rangees = [colonnes, *([cellules.get(c, "") for c in colonnes] for cellules in lignes)]
    return "\n".join(";".join(f'"{c}"' for c in rangee) for rangee in rangees).encode()


def faire_import(distribution, lignes=None, appel=None):
    return importation.preparer(
        appel=appel or faire_appel(distribution),
        nom="recues.csv",
        octets=csv(lignes or [ligne(distribution)]),
        par=distribution.dgaln,
    )
