"""A dossier as it is read: the frozen version, laid out, its names hidden for a blind reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.urls import reverse

from candidatures.dispositifs.choix import College
from candidatures.dossiers.choix import EtatSchema, NatureSchema, StadeProjet
from candidatures.dossiers.domaine.types_fichiers import MIME_JPEG, MIME_PDF, MIME_PNG
from candidatures.dossiers.models import Candidature

GENRES = {MIME_PDF: "pdf", MIME_JPEG: "image", MIME_PNG: "image"}


@dataclass(frozen=True)
class Partie:
    """One titled part: prose, or terms with what is said of them."""

    cle: str
    titre: str
    texte: str = ""
    lignes: tuple[tuple[str, str], ...] = ()

    @property
    def vide(self) -> bool:
        return not (self.texte or self.lignes)


@dataclass(frozen=True)
class PieceLue:
    libelle: str
    taille: int
    genre: str = ""
    nom: str = ""
    url: str = ""

    @property
    def fermee(self) -> bool:
        return not self.url


@dataclass(frozen=True)
class DossierLu:
    reference: str
    titre: str
    territoire: str
    appel: str
    aveugle: bool
    parties: tuple[Partie, ...]
    pieces: tuple[PieceLue, ...] = field(default=())


def _libelle(choix, valeur) -> str:
    return choix(valeur).label if valeur in choix.values else str(valeur or "")


def _lignes(contenu: dict, cle: str) -> Iterable[tuple[str, str]]:
    for ligne in contenu.get(cle, ()):
        if cle == "ressources":
            yield ligne["titre"], ligne["texte"]
        elif cle == "projets":
            yield (
                ligne["intitule"],
                " : ".join(filter(None, (ligne["porteur"], ligne["avancement"]))),
            )
        elif cle == "schemas":
            etat = _libelle(EtatSchema, ligne["etat"]).lower()
            annee = f" ({ligne['annee']})" if ligne["annee"] else ""
            yield _libelle(NatureSchema, ligne["nature"]), f"{ligne['intitule']}, {etat}{annee}"
        elif cle == "acteurs":
            yield (
                ligne["nom"],
                " : ".join(filter(None, (_libelle(College, ligne["college"]), ligne["attente"]))),
            )
        else:
            libelle = ligne["libelle"]
            if ligne.get("hors_condition"):
                libelle += " (condition qui ne tient plus)"
            elif ligne.get("retiree"):
                libelle += " (question retirée de l’appel)"
            yield libelle, str(ligne.get("valeur_lisible", "") or "")


# A part is also an anchor: « Ressources du territoire », of the note, has this one already.
ANCRES = {"ressources": "ressources_propres"}
TITRES = {
    "reponses": "Questions de l’appel",
    "ressources": "Ressources propres",
    "projets": "Projets en cours",
    "schemas": "Schémas et documents d’urbanisme",
    "acteurs": "Acteurs à mobiliser",
}
PROSE = {"blocages": "Ce qui bloque aujourd’hui", "gouvernance": "Gouvernance envisagée"}


def _fiche(contenu: dict, aveugle: bool) -> tuple[tuple[str, str], ...]:
    perimetre = contenu.get("perimetre") or {}
    lieux = [p["nom"] for cle in ("epcis", "communes", "zones") for p in perimetre.get(cle, ())]
    pilote = contenu.get("service_pilote") or {}
    nominatives = [
        ("Service de l’État pilote", pilote.get("nom", "")),
        ("Porteurs", ", ".join(p["nom"] for p in contenu.get("porteurs", ()))),
        ("Périmètre", ", ".join(lieux)),
        ("Population", f"{perimetre.get('population', 0):,} habitants".replace(",", "\u202f")),
    ]
    communes = [
        ("Thèmes", ", ".join(t["libelle"] for t in contenu.get("themes", ()))),
        ("Stade du projet", _libelle(StadeProjet, contenu.get("stade"))),
        ("Programmes articulés", ", ".join(p["libelle"] for p in contenu.get("programmes", ()))),
    ]
    lues = communes if aveugle else nominatives + communes
    return tuple(ligne for ligne in lues if ligne[1])


def parties(contenu: dict, masquer: Callable[[str], str] | None = None) -> tuple[Partie, ...]:
    m = masquer or (lambda texte: texte)
    lues = [Partie("bref", "Le projet en bref", lignes=_fiche(contenu, bool(masquer)))]
    lues += [Partie(s["cle"], s["titre"], texte=m(s["texte"])) for s in contenu.get("sections", ())]
    for cle, titre in TITRES.items():
        lignes = tuple((m(a), m(b)) for a, b in _lignes(contenu, cle))
        lues.append(Partie(ANCRES.get(cle, cle), titre, lignes=lignes))
    lues += [Partie(cle, titre, texte=m(contenu.get(cle, ""))) for cle, titre in PROSE.items()]
    sections = {s["cle"] for s in contenu.get("sections", ())}
    return tuple(p for p in lues if not p.vide or p.cle in sections)


def _pieces(candidature: Candidature, contenu: dict, aveugle: bool) -> tuple[PieceLue, ...]:
    if aveugle:
        return tuple(PieceLue(p["libelle"], p["taille"]) for p in contenu.get("pieces", ()))
    return tuple(
        PieceLue(
            libelle=p.piece_requise.libelle if p.piece_requise else "Autre pièce",
            taille=p.taille,
            genre=GENRES.get(p.mime, ""),
            nom=p.nom,
            url=reverse("candidatures:piece", args=[candidature.reference, p.uuid]),
        )
        for p in candidature.pieces.all()
        if p.active
    )


def presenter(candidature: Candidature, contenu: dict, *, masquer=None, nom="") -> DossierLu:
    """`masquer` and `nom` (« Territoire A ») for a blind reader."""
    departements = (contenu.get("perimetre") or {}).get("departements", ())
    territoire = nom or ", ".join(f"{d['nom']} ({d['code']})" for d in departements)
    return DossierLu(
        reference=candidature.reference,
        titre=nom or candidature.titre,
        territoire=territoire,
        appel=candidature.appel.titre,
        aveugle=bool(masquer),
        parties=parties(contenu, masquer),
        pieces=_pieces(candidature, contenu, bool(masquer)),
    )
