"""A frozen dossier in readable parts, the same for the receipt and for the page of the version.

Pure: read from the frozen data alone, so that what is shown is what the hash covers. A version
frozen before a part existed does not show that part.
"""

from __future__ import annotations

from dataclasses import dataclass

from candidatures.dispositifs.choix import College
from candidatures.dossiers.choix import EtatSchema, NatureSchema, StadeProjet

RIEN = "Sans réponse."
SANS_ATTENTE = "Attente non précisée."
SANS_DETAIL = "Ni porteur ni avancement indiqués."


@dataclass(frozen=True)
class LigneFigee:
    """`libelle` is empty for a text that the title of its part already names."""

    libelle: str
    texte: str


@dataclass(frozen=True)
class PartieFigee:
    titre: str
    lignes: tuple[LigneFigee, ...]


def _mot(choix, valeur) -> str:
    """The label of a stored word; the word itself when it left the list since."""
    return dict(choix.choices).get(valeur, valeur or "")


def _partie(titre: str, couples) -> PartieFigee:
    lignes = tuple(
        LigneFigee(libelle, str(texte or "").strip() or RIEN) for libelle, texte in couples
    )
    return PartieFigee(titre, lignes or (LigneFigee("", RIEN),))


def nom_porteur(porteur: dict) -> str:
    return porteur["nom"] + (" (chef de file)" if porteur.get("chef") else "")


def _porteurs(contenu: dict) -> PartieFigee:
    pilote, perimetre = contenu.get("service_pilote"), contenu.get("perimetre") or {}
    noms = [t["nom"] for cle in ("epcis", "communes", "zones") for t in perimetre.get(cle, [])]
    return _partie(
        "Porteurs et périmètre",
        [
            ("Service de l’État pilote", pilote["nom"] if pilote else ""),
            ("Collectivités", ", ".join(nom_porteur(p) for p in contenu.get("porteurs", []))),
            ("Périmètre", ", ".join(noms)),
        ],
    )


def _sections(contenu: dict) -> list[PartieFigee]:
    return [_partie(s["titre"], [("", s["texte"])]) for s in contenu.get("sections", [])]


def _reponse(reponse: dict) -> tuple[str, str]:
    libelle, texte = reponse["libelle"], reponse["valeur_lisible"] or ""
    if reponse.get("retiree"):
        libelle += " (question retirée de l’appel)"
    if reponse.get("hors_condition"):
        libelle += " (condition qui ne tient plus)"
    if reponse.get("ancienne"):
        ancienne = f"Réponse à l’ancienne forme de la question\u00a0: {reponse['ancienne']}"
        texte = f"{texte or RIEN}\n{ancienne}"
    return libelle, texte


def _reponses(contenu: dict) -> list[PartieFigee]:
    """One part a heading; one that completes a section bears its name, hence « questions »."""
    sections = {s["titre"] for s in contenu.get("sections", [])}
    rubriques: dict[str, list] = {}
    for reponse in contenu.get("reponses", []):
        rubriques.setdefault(reponse.get("rubrique", ""), []).append(_reponse(reponse))
    return [
        _partie(
            f"{titre}\u00a0: questions de l’appel"
            if titre in sections
            else titre or "Questions de l’appel",
            couples,
        )
        for titre, couples in rubriques.items()
    ]


def _projet(projet: dict) -> tuple[str, str]:
    details = (projet["porteur"], projet["avancement"])
    return projet["intitule"] or "Sans intitulé", ", ".join(d for d in details if d) or SANS_DETAIL


def _schema(schema: dict) -> tuple[str, str]:
    etat = _mot(EtatSchema, schema["etat"]).lower()
    annee = f", {schema['annee']}" if schema.get("annee") else ""
    return _mot(
        NatureSchema, schema["nature"]
    ), f"{schema['intitule'] or 'Sans intitulé'} ({etat}{annee})"


def _acteur(acteur: dict) -> tuple[str, str]:
    college = _mot(College, acteur["college"]).lower()
    nom = acteur["nom"] or "Sans nom"
    # What is expected of an actor is no question: nothing is said where nothing was written.
    return f"{nom} ({college})" if college else nom, acteur["attente"] or SANS_ATTENTE


LISTES = {
    "ressources": ("Ressources propres", lambda r: (r["titre"], r["texte"])),
    "projets": ("Projets en cours", _projet),
    "schemas": ("Schémas et documents d’urbanisme", _schema),
    "acteurs": ("Acteurs à mobiliser", _acteur),
}


def _listes(contenu: dict, *cles: str) -> list[PartieFigee]:
    return [
        _partie(LISTES[cle][0], [LISTES[cle][1](ligne) for ligne in contenu[cle]])
        for cle in cles
        if cle in contenu
    ]


def _themes(contenu: dict) -> list[PartieFigee]:
    lire = {
        "themes": ("Thèmes", lambda v: ", ".join(t["libelle"] for t in v)),
        "stade": ("Stade du projet", lambda v: _mot(StadeProjet, v)),
        "programmes": ("Programmes de l’État", lambda v: ", ".join(p["libelle"] for p in v)),
        "blocages": ("Ce qui bloque aujourd’hui", str),
        "gouvernance": ("Gouvernance envisagée", str),
    }
    couples = [(nom, dire(contenu[cle])) for cle, (nom, dire) in lire.items() if cle in contenu]
    return [_partie("Thèmes et gouvernance", couples)] if couples else []


def parties(contenu: dict) -> list[PartieFigee]:
    """Everything written in the dossier, in the order of the editor."""
    return [
        _porteurs(contenu),
        *_sections(contenu),
        *_reponses(contenu),
        *_listes(contenu, "ressources", "projets", "schemas"),
        *_themes(contenu),
        *_listes(contenu, "acteurs"),
    ]


def visa_dit(visa: dict) -> str:
    """« Commune de Lucheux : favorable, donné avant les derniers changements du dossier »."""
    dit = f"{visa['organisme']}\u00a0: {visa['avis'].lower()}"
    if visa.get("perime"):
        dit += ", donné avant les derniers changements du dossier"
    return dit
