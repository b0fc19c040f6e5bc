"""What a simulation changes, read from an address and written back into it. Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from candidatures.comite.calcul.classement import Plafond
from socle.interface.templatetags.interface import nombre

MAXIMUM = 1000
POIDS = 100
BUDGET = 2_000_000_000


@dataclass(frozen=True)
class Reglages:
    plafond: Plafond
    poids: tuple[tuple[int, int], ...] = field(default=())

    def adresse(self, **plus) -> str:
        """The query that gives these settings again."""
        p = self.plafond
        paires = [("reserve", p.reserve)]
        if p.places is not None:
            paires.append(("places", p.places))
        if p.budget is not None:
            paires.append(("budget", p.budget))
        paires += [(f"poids_{critere}", poids) for critere, poids in self.poids]
        for nom in ("dessus", "dessous"):
            if cles := getattr(p, nom):
                paires.append((nom, ".".join(map(str, sorted(cles)))))
        return "?" + urlencode([*paires, *plus.items()])

    def changer(self, **plafond) -> Reglages:
        return replace(self, plafond=replace(self.plafond, **plafond))

    def deplacer(self, cle: int, vers: str) -> Reglages:
        """`vers`: "dessus", "dessous" or "" for its rank."""
        dessus, dessous = self.plafond.dessus - {cle}, self.plafond.dessous - {cle}
        if vers == "dessus":
            dessus |= {cle}
        elif vers == "dessous":
            dessous |= {cle}
        return self.changer(dessus=dessus, dessous=dessous)

    def champs(self) -> dict:
        """As the fields of `Comite` and of `Scenario`."""
        p = self.plafond
        return {
            "plafond_places": p.places,
            "plafond_budget": p.budget,
            "reserve": p.reserve,
            "reglages": {
                "poids": {str(critere): poids for critere, poids in self.poids},
                "dessus": sorted(p.dessus),
                "dessous": sorted(p.dessous),
            },
        }


def de(objet) -> Reglages:
    """The settings of a committee or of a scenario."""
    gardes = objet.reglages or {}
    return Reglages(
        Plafond(
            places=objet.plafond_places,
            budget=objet.plafond_budget,
            reserve=objet.reserve,
            dessus=frozenset(gardes.get("dessus", ())),
            dessous=frozenset(gardes.get("dessous", ())),
        ),
        tuple(sorted((int(c), int(p)) for c, p in gardes.get("poids", {}).items())),
    )


def _entier(texte, defaut, maximum=MAXIMUM):
    texte = str(texte or "").strip().replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    return min(int(texte), maximum) if texte.isascii() and texte.isdigit() else defaut


def _cles(texte) -> frozenset[int]:
    return frozenset(int(c) for c in str(texte or "").split(".") if c.isascii() and c.isdigit())


def _fautif(texte, maximum: int) -> bool:
    """Written, and read as nothing, or as something else."""
    ecrit = str(texte or "").strip()
    return bool(ecrit) and _entier(ecrit, None, maximum + 1) in (None, maximum + 1)


def fautes(parametres, criteres) -> dict[str, str]:
    """What cannot be simulated, by field: nothing is then, and the page says so beside each."""
    bornes = {"places": MAXIMUM, "budget": BUDGET, "reserve": MAXIMUM}
    bornes |= {f"poids_{c.pk}": POIDS for c in criteres}
    lues = {}
    for nom, maximum in bornes.items():
        if _fautif(parametres.get(nom), maximum):
            lues[nom] = f"Écrivez un nombre entier, de 0 à {nombre(maximum)}."
    poids = [parametres.get(f"poids_{c.pk}") for c in criteres]
    if poids and all(str(p or "").strip().isdigit() and int(p) == 0 for p in poids):
        lues[f"poids_{criteres[0].pk}"] = "Donnez du poids à un critère au moins."
    return lues


def lire(parametres, comite, criteres) -> Reglages:
    """From an address; what it does not say is the committee's own. Never raises."""
    propres = de(comite)
    if not any(nom in parametres for nom in ("places", "budget", "reserve", "dessus", "dessous")):
        return propres
    poids = []
    for critere in criteres:
        valeur = _entier(parametres.get(f"poids_{critere.pk}"), critere.poids, POIDS)
        if valeur != critere.poids:
            poids.append((critere.pk, valeur))
    places = _entier(parametres.get("places"), None)
    budget = _entier(parametres.get("budget"), None, BUDGET)
    if places is None and budget is None:
        places, budget = propres.plafond.places, propres.plafond.budget
    return Reglages(
        Plafond(
            places=places,
            budget=budget,
            reserve=_entier(parametres.get("reserve"), propres.plafond.reserve),
            dessus=_cles(parametres.get("dessus")),
            dessous=_cles(parametres.get("dessous")),
        ),
        tuple(sorted(poids)),
    )
