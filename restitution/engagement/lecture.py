"""The frozen reading of a feuille de route: the same for the page and for the PDF."""

from typing import NamedTuple

from socle.documents.declaration import ContexteFige

TITRES_DES_SOURCES = {
    "Contribution": "Ce qui a été dit",
    "Hypothèse": "Les hypothèses travaillées",
    "Site démonstrateur": "Les sites démonstrateurs",
}


class OrigineLue(ContexteFige):
    nature: str
    texte: str
    source: str = ""


class ActionLue(ContexteFige):
    id: int
    numero: str
    titre: str
    description: tuple[str, ...]
    sous_action: bool
    theme: str
    priorite: str
    horizon: str
    echeance: str
    annee: int | None
    portage_elu: str
    portage_etat: str
    pilote: str
    partenaires: str
    outils: str
    montant: str
    financement: str
    indicateur: str
    deja_engagee: bool
    origines: tuple[OrigineLue, ...]


class AxeLu(ContexteFige):
    id: int
    numero: int
    titre: str
    texte: tuple[str, ...]
    actions: tuple[ActionLue, ...]


class SeanceLue(ContexteFige):
    titre: str
    quand: str
    lieu: str


class SiteLu(ContexteFige):
    nom: str
    commune: str
    genre: str
    enjeux: str


class TerritoireLu(ContexteFige):
    nom: str
    lieu: str = ""
    composition: str
    departements: str
    population: str
    millesime: int
    dispositif: str
    service_pilote: str
    collectivites: str
    equipe: str
    presentation: tuple[str, ...]
    seances: tuple[SeanceLue, ...]
    sites: tuple[SiteLu, ...]
    hypotheses: tuple[str, ...]


class ApprobationLue(ContexteFige):
    organisme: str
    numero: str
    date: str


class SignatureLue(ContexteFige):
    cote: str
    nom: str
    qualite: str
    organisme: str
    engagement: str
    date: str


class FriseLue(ContexteFige):
    graduations: tuple[tuple[float, str], ...]
    points: tuple[tuple[float, float, str], ...]
    hauteur: float
    description: str


class SourceLue(NamedTuple):
    """One source, and the numbers of the actions that came out of it."""

    texte: str
    source: str
    numeros: str


class GroupeDeSources(NamedTuple):
    titre: str
    sources: list[SourceLue]


class FeuilleLue(ContexteFige):
    """Everything that the document says, in French, in reading order."""

    titre: str
    territoire: TerritoireLu
    officielle: bool
    etat: str
    date_couverture: str
    validation: str
    vision: tuple[str, ...]
    axes: tuple[AxeLu, ...]
    approbations: tuple[ApprobationLue, ...]
    signataires_elus: tuple[SignatureLue, ...]
    signataires_etat: tuple[SignatureLue, ...]
    frise: FriseLue
    courbes: tuple[str, ...]
    nb_actions: int
    nb_chiffrees: int
    total: str

    @property
    def actions(self):
        return [action for axe in self.axes for action in axe.actions]

    @property
    def sources(self) -> list[GroupeDeSources]:
        """The provenance read the other way: each source once, by kind, with its actions."""
        groupes: dict[str, dict[tuple[str, str], list[str]]] = {}
        for action in self.actions:
            for o in action.origines:
                groupe = groupes.setdefault(o.nature, {})
                groupe.setdefault((o.texte, o.source), []).append(action.numero)
        return [
            GroupeDeSources(
                TITRES_DES_SOURCES[nature],
                [
                    SourceLue(t, s, ", ".join(numeros))
                    for (t, s), numeros in groupes[nature].items()
                ],
            )
            for nature in TITRES_DES_SOURCES
            if nature in groupes
        ]

    @property
    def sans_source(self) -> str:
        return ", ".join(action.numero for action in self.actions if not action.origines)
