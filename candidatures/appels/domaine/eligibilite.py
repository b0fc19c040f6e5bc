"""Eligibility: a small typed catalogue, and one pure function that evaluates the rules.

Nothing here reads the database: `Faits` are gathered by the room of the dossiers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from candidatures.appels.choix import TypeRegle as T
from candidatures.appels.choix import Verdict

NOMBRE, STADES, REGIONS, PROGRAMMES, PIECE, RIEN = (
    "nombre",
    "stades",
    "regions",
    "programmes",
    "piece",
    "rien",
)
PARAMETRES = {
    T.STADE_AMONT: STADES,
    T.POPULATION_MIN: NOMBRE,
    T.POPULATION_MAX: NOMBRE,
    T.NOMBRE_COMMUNES_MIN: NOMBRE,
    T.NOMBRE_COMMUNES_MAX: NOMBRE,
    T.DEPARTEMENTS_MAX: NOMBRE,
    T.SURFACE_MIN: NOMBRE,
    T.SURFACE_MAX: NOMBRE,
    T.DENSITE_MIN: NOMBRE,
    T.DENSITE_MAX: NOMBRE,
    T.ACCORD_COLLECTIVITE: PIECE,
    T.SANS_ACCOMPAGNEMENT: RIEN,
    T.DANS_REGIONS: REGIONS,
    T.HORS_PROGRAMMES: PROGRAMMES,
}
# Where the candidate mends it: step of the editor, and field.
ETAPES = {
    T.STADE_AMONT: ("themes", "id_stade"),
    T.ACCORD_COLLECTIVITE: ("pieces", ""),
}
ETAPE_PERIMETRE = ("identite", "id_perimetre")


@dataclass(frozen=True)
class Faits:
    """What a candidature says of itself. `situe` is False before any perimeter is drawn."""

    situe: bool
    population: int = 0
    communes: int = 0
    surface_km2: float | None = None  # None: the surface of a commune at least is unknown
    departements: tuple[str, ...] = ()
    regions: dict[str, str] = field(default_factory=dict)
    stade: str = ""
    stade_libelle: str = ""
    chef_de_file: str = ""
    pieces: dict[str, str] = field(default_factory=dict)
    pieces_requises: dict[str, str] = field(default_factory=dict)
    accompagnements: tuple[str, ...] = ()
    programmes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Resultat:
    """What became of one rule, with the sentence that says why."""

    regle: int
    cle: str
    version: int
    libelle: str
    type: str
    verdict: str
    pourquoi: str
    bloquante: bool
    explication: str
    que_faire: str

    @property
    def bloque(self) -> bool:
        return self.bloquante and self.verdict == Verdict.NON_TENUE

    @property
    def verdict_libelle(self) -> str:
        return Verdict(self.verdict).label

    @property
    def etape(self) -> tuple[str, str]:
        return ETAPES.get(T(self.type), ETAPE_PERIMETRE)

    def en_donnees(self) -> dict:
        noms = ("regle", "cle", "version", "libelle", "type", "verdict", "pourquoi")
        return {nom: getattr(self, nom) for nom in (*noms, "bloquante", "explication", "que_faire")}


def evaluer(regles: Iterable, faits: Faits) -> list[Resultat]:
    """Pure: the same rules and facts give the same results, in the order of the rules."""
    resultats = []
    for regle in regles:
        genre = T(regle.expression["type"])
        verdict, pourquoi = CATALOGUE[genre](faits, regle.expression.get("valeur"))
        resultats.append(
            Resultat(
                regle=regle.pk,
                cle=regle.cle,
                version=regle.version,
                libelle=regle.libelle,
                type=genre.value,
                verdict=verdict.value,
                pourquoi=pourquoi,
                bloquante=regle.bloquante,
                explication=regle.explication,
                que_faire=regle.que_faire,
            )
        )
    return resultats


def nombre_lisible(valeur: int) -> str:
    return f"{valeur:,}".replace(",", "\u202f")


def decimal_lisible(valeur: float) -> str:
    return f"{valeur:,.1f}".replace(",", "\u202f").replace(".", ",")


def _accord(valeur: int, mot: str) -> str:
    return f"{nombre_lisible(valeur)}\u00a0{mot}{'s' if valeur > 1 else ''}"


def _borne(lire, mot: str, sens: int) -> Callable:
    """A number of the perimeter against a bound: sens 1 for at least, -1 for at most."""

    def verifier(faits: Faits, valeur) -> tuple[Verdict, str]:
        if not faits.situe:
            return Verdict.A_VERIFIER, "Le périmètre n’est pas encore indiqué."
        mesure = lire(faits)
        limite = "au moins" if sens > 0 else "au plus"
        phrase = f"Le périmètre compte {_accord(mesure, mot)}\u00a0; il en faut {limite}"
        phrase += f" {nombre_lisible(valeur)}."
        return (Verdict.TENUE if sens * mesure >= sens * valeur else Verdict.NON_TENUE), phrase

    return verifier


def _surface(faits: Faits) -> tuple[float, str]:
    return faits.surface_km2, f"mesure {decimal_lisible(faits.surface_km2)}\u00a0km²"


def _densite(faits: Faits) -> tuple[float, str]:
    densite = faits.population / faits.surface_km2
    return densite, f"compte {decimal_lisible(densite)}\u00a0habitants au km²"


def _mesure(lire, sens: int) -> Callable:
    """A measure that needs the surface of every commune: unknown, it is checked by hand."""

    def verifier(faits: Faits, valeur) -> tuple[Verdict, str]:
        if not faits.situe:
            return Verdict.A_VERIFIER, "Le périmètre n’est pas encore indiqué."
        if not faits.surface_km2:
            return Verdict.A_VERIFIER, "La surface du périmètre n’est pas entièrement connue."
        mesure, constat = lire(faits)
        limite = "au moins" if sens > 0 else "au plus"
        phrase = f"Le périmètre {constat}\u00a0; il en faut {limite} {nombre_lisible(valeur)}."
        return (Verdict.TENUE if sens * mesure >= sens * valeur else Verdict.NON_TENUE), phrase

    return verifier


def _stade(faits: Faits, valeur) -> tuple[Verdict, str]:
    if not faits.stade:
        return Verdict.A_VERIFIER, "Le stade du projet n’est pas encore indiqué."
    admis = faits.stade in valeur
    return (
        Verdict.TENUE if admis else Verdict.NON_TENUE,
        f"Le stade indiqué est «\u00a0{faits.stade_libelle}\u00a0».",
    )


def _accord_collectivite(faits: Faits, valeur) -> tuple[Verdict, str]:
    if not faits.chef_de_file:
        return Verdict.A_VERIFIER, "Aucune collectivité ne porte encore la candidature."
    if valeur not in faits.pieces_requises:
        return Verdict.A_VERIFIER, "La pièce demandée par cette règle n’est pas prévue au dossier."
    nom = faits.pieces_requises[valeur]
    if valeur in faits.pieces:
        return Verdict.TENUE, f"La pièce «\u00a0{nom}\u00a0» est jointe ({faits.pieces[valeur]})."
    return Verdict.NON_TENUE, f"La pièce «\u00a0{nom}\u00a0» n’est pas jointe."


def _sans_accompagnement(faits: Faits, valeur) -> tuple[Verdict, str]:
    if not faits.situe:
        return Verdict.A_VERIFIER, "Le périmètre n’est pas encore indiqué."
    if faits.accompagnements:
        return (
            Verdict.A_VERIFIER,
            f"Un atelier a déjà été accordé sur une partie du territoire\u00a0: "
            f"{', '.join(faits.accompagnements)}. La DGALN vérifiera s’il est achevé.",
        )
    return Verdict.TENUE, "Aucun atelier accordé ici n’est connu."


def _regions(faits: Faits, valeur) -> tuple[Verdict, str]:
    if not faits.situe:
        return Verdict.A_VERIFIER, "Le périmètre n’est pas encore indiqué."
    noms = ", ".join(faits.regions.values()) or "aucune région"
    dedans = set(faits.regions) & set(valeur)
    if faits.regions and dedans == set(faits.regions):
        return Verdict.TENUE, f"Le territoire est dans une région admise ({noms})."
    if dedans:
        return Verdict.A_VERIFIER, f"Le territoire déborde des régions admises ({noms})."
    return Verdict.NON_TENUE, f"Le territoire est hors des régions admises ({noms})."


def _hors_programmes(faits: Faits, valeur) -> tuple[Verdict, str]:
    if not faits.situe:
        return Verdict.A_VERIFIER, "Le périmètre n’est pas encore indiqué."
    communs = [nom for code, nom in faits.programmes.items() if code in valeur]
    if communs:
        return (
            Verdict.NON_TENUE,
            f"Une partie du territoire relève déjà du programme {', '.join(communs)}.",
        )
    return Verdict.TENUE, "Le territoire n’est dans la liste d’aucun de ces programmes."


CATALOGUE: dict[T, Callable] = {
    T.STADE_AMONT: _stade,
    T.POPULATION_MIN: _borne(lambda f: f.population, "habitant", 1),
    T.POPULATION_MAX: _borne(lambda f: f.population, "habitant", -1),
    T.NOMBRE_COMMUNES_MIN: _borne(lambda f: f.communes, "commune", 1),
    T.NOMBRE_COMMUNES_MAX: _borne(lambda f: f.communes, "commune", -1),
    T.DEPARTEMENTS_MAX: _borne(lambda f: len(f.departements), "département", -1),
    T.SURFACE_MIN: _mesure(_surface, 1),
    T.SURFACE_MAX: _mesure(_surface, -1),
    T.DENSITE_MIN: _mesure(_densite, 1),
    T.DENSITE_MAX: _mesure(_densite, -1),
    T.ACCORD_COLLECTIVITE: _accord_collectivite,
    T.SANS_ACCOMPAGNEMENT: _sans_accompagnement,
    T.DANS_REGIONS: _regions,
    T.HORS_PROGRAMMES: _hors_programmes,
}
