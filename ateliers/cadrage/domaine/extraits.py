"""What the frozen note gives to the cahier des charges, extract by extract."""

from __future__ import annotations

from dataclasses import dataclass

from ateliers.cadrage.choix import PartieCahier as P
from ateliers.cadrage.domaine.valeurs import enumerer
from candidatures.dossiers.choix import EtatSchema, NatureSchema
from socle.interface.francais import debut_minuscule
from socle.interface.templatetags.interface import nombre

A_LA_MISSION = {"objet", "objectifs"}
DEUX_POINTS = "\u00a0: "


@dataclass(frozen=True)
class Extrait:
    """`source` names the part of the note; `cle` the section of the cahier des charges."""

    source: str
    titre: str
    texte: str
    partie: str

    @property
    def cle(self) -> str:
        return self.source.replace("_", "-")


def extraits(version_note) -> list[Extrait]:
    """In the order of the document: who and where first, then what the territory wrote."""
    contenu = version_note.contenu if version_note else {}
    note = [
        Extrait(s["cle"], s["titre"], s["texte"], P.MISSION if _mission(s) else P.TERRITOIRE)
        for s in contenu.get("sections", [])
    ]
    calcules = [
        Extrait(source, titre, texte, P.TERRITOIRE)
        for source, titre, lire in CALCULES
        if (texte := lire(contenu))
    ]
    tete = [e for e in calcules if e.source == "perimetre"]
    return tete + note + [e for e in calcules if e.source != "perimetre"]


def _mission(section) -> bool:
    return section["cle"] in A_LA_MISSION


def _puces(lignes) -> str:
    return "\n".join(f"- {ligne}" for ligne in lignes)


def _perimetre(contenu) -> str:
    perimetre = contenu.get("perimetre")
    if not perimetre:
        return ""
    lignes = [f"Périmètre{DEUX_POINTS}{perimetre['nom']}"]
    departements = [f"{d['nom']} ({d['code']})" for d in perimetre.get("departements", [])]
    if departements:
        lignes.append(f"Départements{DEUX_POINTS}{enumerer(departements)}")
    for cle, mot in (("epcis", "Intercommunalités"), ("communes", "Communes"), ("zones", "Zones")):
        noms = [x["nom"] for x in perimetre.get(cle, [])]
        if noms:
            lignes.append(f"{mot}{DEUX_POINTS}{enumerer(noms)}")
    if perimetre.get("population"):
        lignes.append(f"Population{DEUX_POINTS}{nombre(perimetre['population'])} habitants")
    pilote = contenu.get("service_pilote")
    if pilote:
        lignes.append(f"Service de l’État pilote{DEUX_POINTS}{pilote['nom']}")
    porteurs = [p["nom"] for p in contenu.get("porteurs", [])]
    if porteurs:
        lignes.append(f"Porteurs{DEUX_POINTS}{enumerer(porteurs)}")
    return _puces(lignes)


def _ressources(contenu) -> str:
    return _puces(f"{r['titre']}{DEUX_POINTS}{r['texte']}" for r in contenu.get("ressources", []))


def _projets(contenu) -> str:
    lignes = []
    for projet in contenu.get("projets", []):
        avancement = debut_minuscule(projet.get("avancement") or "")
        suite = ", ".join(v for v in (projet.get("porteur"), avancement) if v)
        lignes.append(f"{projet['intitule']} ({suite})" if suite else projet["intitule"])
    for schema in contenu.get("schemas", []):
        nature = NatureSchema(schema["nature"]).label
        etat = EtatSchema(schema["etat"]).label.lower() if schema.get("etat") else ""
        nom = _nom_schema(nature, (schema.get("intitule") or "").strip())
        precisions = ", ".join(str(v) for v in (etat, schema.get("annee")) if v)
        lignes.append(f"{nom} ({precisions})" if precisions else nom)
    return _puces(lignes)


def _nom_schema(nature: str, intitule: str) -> str:
    """« SCoT : Grand Amiénois »; a title that begins with its nature does not repeat it."""
    if not intitule or intitule.casefold().startswith(nature.casefold()):
        return intitule or nature
    return f"{nature}{DEUX_POINTS}{intitule}"


def _acteurs(contenu) -> str:
    return _puces(
        f"{a['nom']}{DEUX_POINTS}{a['attente']}" if a.get("attente") else a["nom"]
        for a in contenu.get("acteurs", [])
    )


def _gouvernance(contenu) -> str:
    textes = [contenu.get("gouvernance", ""), contenu.get("blocages", "")]
    return "\n\n".join(texte for texte in textes if texte)


def _themes(contenu) -> str:
    return _puces(theme["libelle"] for theme in contenu.get("themes", []))


CALCULES = (
    ("perimetre", "Périmètre et porteurs", _perimetre),
    ("ressources_propres", "Ressources propres du territoire", _ressources),
    ("projets_et_schemas", "Projets en cours et documents de planification", _projets),
    ("themes", "Thèmes retenus", _themes),
    ("acteurs", "Acteurs à mobiliser", _acteurs),
    ("gouvernance", "Gouvernance locale et blocages", _gouvernance),
)
