"""The national map: how many candidatures touch each département, by state. Drawn on the server.

Colour is never alone: each département bears its number, each link says it in words, and the
table under the map says the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db.models import Count

from candidatures.dossiers.choix import EtatCandidature
from candidatures.listes.domaine.etat import TOUTES, UNE, EtatListe, Groupe
from socle.territoires.domaine.contours import contours
from socle.territoires.models import Departement

SEUILS = (1, 2, 5, 10)
# Too small to be read at the scale of the country: drawn again, larger, in the corner.
PETITE_COURONNE = ("75", "92", "93", "94")
LOUPE = "translate(-1490 -1150) scale(4.6)"
COTE, PAS, PAR_COLONNE = 84, 100, 7


@dataclass(frozen=True)
class Territoire:
    """One département: where it is drawn, and what is counted there."""

    code: str
    nom: str
    region: str
    total: int
    etats: dict[str, int]
    url: str
    chemin: str = ""
    x: int = 0
    y: int = 0
    zoom: bool = False

    @property
    def ultramarin(self) -> bool:
        """A square: its code is written above its number."""
        return len(self.code) == 3

    @property
    def classe(self) -> int:
        return sum(self.total >= seuil for seuil in SEUILS)

    @property
    def phrase(self) -> str:
        """« Somme (80) : 3 candidatures, dont 2 déposées… », for the link’s name."""
        if not self.total:
            return f"{self.nom} ({self.code})\u00a0: aucune candidature"
        accord = "s" if self.total > 1 else ""
        detail = ", ".join(
            f"{EtatCandidature(etat).label.lower()}\u00a0{nombre}"
            for etat, nombre in self.etats.items()
        )
        return f"{self.nom} ({self.code})\u00a0: {self.total} candidature{accord} ({detail})"


def compter(reperes) -> dict[str, dict[str, int]]:
    """{département: {état: nombre}} in one query; a candidature counts in each of its own."""
    lignes = reperes.order_by().values_list("lieu", "etat").annotate(nombre=Count("pk"))
    ordre = list(EtatCandidature.values)
    comptes: dict[str, dict[str, int]] = defaultdict(dict)
    for lieu, etat, nombre in sorted(lignes, key=lambda ligne: ordre.index(ligne[1])):
        for code in lieu.split(",") if lieu else ():
            comptes[code][etat] = comptes[code].get(etat, 0) + nombre
    return comptes


def liens(etat: EtatListe, adresse: str) -> Callable[[str], str]:
    """For a département: the address of the list under the same conditions, and there only."""

    def lien(code: str) -> str:
        return f"{adresse}?{_la_seulement(etat, code).requete()}"

    return lien


def _la_seulement(etat: EtatListe, code: str) -> EtatListe:
    la = {"departement": (code,)}
    exigeants = all(g.mode == TOUTES for g in etat.groupes)
    if etat.groupes and exigeants and (etat.entre == UNE or len(etat.groupes) == 1):
        groupes = tuple(replace(g, valeurs={**g.valeurs, **la}) for g in etat.groupes)
    elif etat.groupes and (etat.entre == TOUTES or len(etat.groupes) == 1):
        dernier = max(g.numero for g in etat.groupes)
        groupes = (*etat.groupes, Groupe(dernier + 1, valeurs=la))
    else:
        groupes = (Groupe(1, valeurs=la),)
    return replace(etat, groupes=groupes, page=1)


def dessiner(reperes, lien: Callable[[str], str]) -> list[Territoire]:
    """Every département, drawn where it lies; overseas, squares in columns at the right."""
    comptes = compter(reperes)
    traces = contours()["departements"]
    territoires, rang = [], 0
    for dept in Departement.objects.select_related("region").order_by("code"):
        etats = comptes.get(dept.pk, {})
        commun = {
            "code": dept.pk,
            "nom": dept.nom,
            "region": dept.region.nom,
            "total": sum(etats.values()),
            "etats": etats,
            "url": lien(dept.pk),
        }
        if trace := traces.get(dept.pk):
            territoires.append(
                Territoire(
                    **commun,
                    chemin=trace["d"],
                    x=trace["x"],
                    y=trace["y"],
                    zoom=dept.pk in PETITE_COURONNE,
                )
            )
            continue
        colonne, ligne = divmod(rang, PAR_COLONNE)
        x, y = 1290 + colonne * PAS, 330 + ligne * PAS
        rang += 1
        carre = f"M{x} {y}h{COTE}v{COTE}h-{COTE}z"
        territoires.append(Territoire(**commun, chemin=carre, x=x + COTE // 2, y=y + 24))
    return territoires


def legende() -> list[tuple[int, str]]:
    bornes = [*SEUILS, None]
    lignes = [(0, "aucune")]
    for classe, (debut, suite) in enumerate(zip(bornes, bornes[1:], strict=False), start=1):
        if suite is None:
            lignes.append((classe, f"{debut} et plus"))
        else:
            lignes.append((classe, str(debut) if suite == debut + 1 else f"{debut} à {suite - 1}"))
    return lignes


def tableau(territoires: list[Territoire]) -> dict:
    """The twin of the map: the same numbers, one row per département that has any, one column per
    state of the lifecycle: a zero says that nothing is there.

    Drafts have theirs only where some are seen: elsewhere they are hidden, not absent.
    """
    presents = [t for t in territoires if t.total]
    brouillons = any(EtatCandidature.BROUILLON in t.etats for t in presents)
    etats = [e for e in EtatCandidature if brouillons or e != EtatCandidature.BROUILLON]
    return {
        "etats": [e.label for e in etats],
        "lignes": [(t, [(e.label, t.etats.get(e.value, 0)) for e in etats]) for t in presents],
        "vides": len(territoires) - len(presents),
    }
