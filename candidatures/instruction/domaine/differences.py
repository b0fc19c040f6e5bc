"""The answer to a request for compléments, against what it replaces. Words first, then dossiers."""

from __future__ import annotations

from dataclasses import dataclass

from candidatures.dossiers.choix import CleRubrique, CleSection
from candidatures.dossiers.domaine.mots import diff_mots
from candidatures.dossiers.domaine.versions import contenu
from candidatures.instruction.models import DemandeComplement


@dataclass(frozen=True)
class Difference:
    """One part of the dossier, before and after; for a piece, the files themselves."""

    titre: str
    attendu: str
    avant: str
    apres: str
    fichiers: tuple = ()

    @property
    def change(self) -> bool:
        return self.avant != self.apres

    @property
    def morceaux(self) -> list[tuple[str, str]]:
        return diff_mots(self.avant, self.apres)


def _lignes(lignes) -> str:
    return "\n".join(" – ".join(str(v) for v in ligne.values() if v) for ligne in lignes)


def _identite(contenu) -> str:
    perimetre = contenu.get("perimetre") or {}
    noms = [x["nom"] for cle in ("epcis", "communes", "zones") for x in perimetre.get(cle, [])]
    porteurs = [p["nom"] for p in contenu.get("porteurs", [])]
    return "\n".join([contenu.get("titre", ""), "\n".join(porteurs), "\n".join(noms)])


def _themes(contenu) -> str:
    themes = ", ".join(t["libelle"] for t in contenu.get("themes", []))
    return "\n".join(
        [
            themes,
            contenu.get("stade", ""),
            contenu.get("blocages", ""),
            contenu.get("gouvernance", ""),
        ]
    )


RUBRIQUES = {
    CleRubrique.IDENTITE: _identite,
    CleRubrique.THEMES: _themes,
    CleRubrique.RESSOURCES: lambda c: "\n".join(
        f"{r['titre']} : {r['texte']}" for r in c.get("ressources", [])
    ),
    CleRubrique.PROJETS: lambda c: _lignes(c.get("projets", [])),
    CleRubrique.SCHEMAS: lambda c: _lignes(c.get("schemas", [])),
    CleRubrique.ACTEURS: lambda c: _lignes(c.get("acteurs", [])),
}


def _section(contenu, cle) -> str:
    return next((s["texte"] for s in contenu["sections"] if s["cle"] == cle), "")


def _reponse(contenu, cle) -> str:
    lues = contenu.get("reponses", [])
    return next((r["valeur_lisible"] for r in lues if r["cle"] == cle), "")


def _piece(contenu, libelle) -> str:
    jointes = [p for p in contenu["pieces"] if p["libelle"] == libelle]
    return "\n".join(f"{p['nom']} (empreinte {p['sha256'][:12]})" for p in jointes)


def _parties(contenu) -> dict[str, str]:
    """The whole dossier, part by part, for an item about all of it."""
    parties = {CleSection(s["cle"]).label: s["texte"] for s in contenu["sections"]}
    parties |= {cle.label: lire(contenu) for cle, lire in RUBRIQUES.items()}
    parties |= {r["libelle"]: r["valeur_lisible"] for r in contenu.get("reponses", [])}
    parties["Pièces"] = "\n".join(sorted(f"{p['libelle']} : {p['nom']}" for p in contenu["pieces"]))
    return parties


def _textes(element, a: dict, b: dict) -> tuple[str, str] | None:
    """Before and after of one item; None for an item about the whole dossier."""
    if element.section:
        return _section(a, element.section), _section(b, element.section)
    if element.question:
        return _reponse(a, element.question), _reponse(b, element.question)
    if element.rubrique:
        lire = RUBRIQUES[CleRubrique(element.rubrique)]
        return lire(a), lire(b)
    if element.piece_requise_id:
        libelle = element.piece_requise.libelle
        return _piece(a, libelle), _piece(b, libelle)
    return None


def _fichiers(element, demande, figee) -> list:
    """The files that this version holds for the piece, or the question, asked for."""
    empreintes = [p["sha256"] for p in figee.contenu["pieces"]]
    jointes = demande.candidature.pieces.filter(
        sha256__in=empreintes, deposee_le__lte=figee.figee_le, question=element.question
    )
    if element.piece_requise_id:
        jointes = jointes.filter(piece_requise=element.piece_requise)
    return list(jointes.order_by("-pk")[:1])


def _compares(element, demande, avant, apres) -> tuple:
    """(title, files) of each side; nothing for what is no file."""
    if not (element.piece_requise_id or element.question):
        return ()
    cotes = (("Avant", avant), ("Après", apres))
    lus = tuple((titre, _fichiers(element, demande, figee)) for titre, figee in cotes)
    return lus if any(fichiers for _, fichiers in lus) else ()


def inchanges(candidature) -> list:
    """What the open request asks for and that still reads as it did when it was sent."""
    demande = candidature.demandes_complement.filter(repondue_le__isnull=True).first()
    figee = candidature.versions.order_by("numero").last()
    if demande is None or figee is None:
        return []
    avant, apres = figee.contenu, contenu(candidature)
    lus = []
    for element in demande.elements.select_related("piece_requise"):
        textes = _textes(element, avant, apres) or (_parties(avant), _parties(apres))
        if textes[0] == textes[1]:
            lus.append(element)
    return lus


def versions(demande: DemandeComplement):
    """(before the request, sent with the answer): the frozen versions, or None."""
    figees = demande.candidature.versions.order_by("numero")
    avant = figees.filter(figee_le__lte=demande.demandee_le).last()
    apres = figees.filter(figee_le__lte=demande.repondue_le).last() if demande.repondue_le else None
    return avant, apres


def differences(demande: DemandeComplement) -> list[Difference]:
    """One per item asked; an item about the whole dossier gives all the parts that changed."""
    avant, apres = versions(demande)
    if avant is None or apres is None:
        return []
    a, b = avant.contenu, apres.contenu
    trouvees = []
    for element in demande.elements.all():
        textes = _textes(element, a, b)
        if textes is None:
            trouvees += _ensemble(element, _parties(a), _parties(b))
            continue
        fichiers = _compares(element, demande, avant, apres)
        trouvees.append(Difference(element.ou, element.texte, *textes, fichiers))
    return trouvees


def _ensemble(element, a, b) -> list[Difference]:
    changees = [titre for titre in (a | b) if a.get(titre, "") != b.get(titre, "")]
    if not changees:
        return [Difference(element.ou, element.texte, "", "")]
    return [
        Difference(titre, element.texte if rang == 0 else "", a.get(titre, ""), b.get(titre, ""))
        for rang, titre in enumerate(changees)
    ]
