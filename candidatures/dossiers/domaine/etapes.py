"""The steps of the editor, in order, with what is done. One list for the menu and the views."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from candidatures.dossiers.choix import AIDE_SECTIONS, CleRubrique, CleSection, EtatCandidature
from candidatures.dossiers.domaine import reponses
from candidatures.dossiers.domaine.commun import TOUT_LE_DOSSIER, champ_ouvert
from candidatures.dossiers.domaine.formulaire import formulaire
from candidatures.dossiers.domaine.lignes_note import acteurs_sans_college, lignes_sans_titre
from candidatures.dossiers.domaine.pieces import champ_piece
from candidatures.dossiers.domaine.revisions import parties_ecrites
from candidatures.dossiers.models import Candidature

R = CleRubrique


@dataclass(frozen=True)
class Etape:
    """`slug` is in the address; `cle` is the key of the SectionNote or Rubrique."""

    slug: str
    libelle: str
    groupe: str
    cle: str = ""
    aide: str = ""

    @property
    def est_section(self) -> bool:
        return self.groupe == NOTE


QUI, NOTE, TERRITOIRE, APPEL, FIN = (
    "Qui et où",
    "La note d’opportunité",
    "Le territoire et ses acteurs",
    "Ce que l’appel demande en plus",
    "Pour finir",
)
ETAPES = (
    Etape(
        "identite",
        R.IDENTITE.label,
        QUI,
        R.IDENTITE,
        "Un service de l’État et une ou plusieurs collectivités portent ensemble la candidature.",
    ),
    *(
        Etape(cle.value.replace("_", "-"), cle.label, NOTE, cle, AIDE_SECTIONS[cle])
        for cle in CleSection
    ),
    Etape(
        "ressources-propres",
        R.RESSOURCES.label,
        TERRITOIRE,
        R.RESSOURCES,
        "Ce sur quoi le territoire peut s’appuyer. Laissez vide ce qui ne le concerne pas.",
    ),
    Etape(
        "projets",
        R.PROJETS.label,
        TERRITOIRE,
        R.PROJETS,
        "Ce qui se prépare ou se construit déjà.",
    ),
    Etape(
        "schemas",
        R.SCHEMAS.label,
        TERRITOIRE,
        R.SCHEMAS,
        "SCoT, PLU, PCAET… que l’atelier pourra nourrir.",
    ),
    Etape(
        "themes",
        R.THEMES.label,
        TERRITOIRE,
        R.THEMES,
        "Les sujets de l’atelier, le stade de la réflexion et ce qui la bloque.",
    ),
    Etape(
        "acteurs",
        R.ACTEURS.label,
        TERRITOIRE,
        R.ACTEURS,
        "Qui devra être autour de la table.",
    ),
    Etape("pieces", "Pièces à joindre", FIN),
    Etape("depot", "Vérifier et déposer", FIN),
)
FACULTATIVES = {"projets", "schemas"}  # the deposit asks for nothing there
PAR_SLUG = {etape.slug: etape for etape in ETAPES}


@dataclass(frozen=True)
class LigneEtape:
    """One entry of the editor’s menu. `section`: that of the note which its questions complete."""

    libelle: str
    groupe: str
    url: str
    faite: bool
    courante: bool
    section: str = ""
    facultative: bool = False


def etape_ouverte(candidature: Candidature, etape: Etape) -> bool:
    """False for what a request for compléments did not reopen."""
    if etape.slug == "depot":
        return True
    if etape.slug == "pieces":
        ouverts = candidature.champs_ouverts
        return champ_ouvert(candidature, "piece:") or any(c.startswith("piece:") for c in ouverts)
    genre = "section" if etape.est_section else "rubrique"
    return champ_ouvert(candidature, f"{genre}:{etape.cle}")


def nom_de(candidature: Candidature, etape: Etape) -> str:
    """The last step deposits once; compléments are sent."""
    if etape.slug == "depot" and candidature.etat == EtatCandidature.A_COMPLETER:
        return "Vérifier et transmettre"
    return etape.libelle


def url_de(candidature: Candidature, slug: str) -> str:
    return reverse("candidatures:etape", args=[candidature.reference, slug])


def url_ouverte(candidature: Candidature, slug: str) -> str:
    """The address of this step; of the first that is reopened when it is not."""
    if etape_ouverte(candidature, PAR_SLUG[slug]):
        return url_de(candidature, slug)
    return menu(candidature, "")[0][1][0].url


def url_suivante(candidature: Candidature, slug: str) -> str:
    """Address of the step after this one (the last one leads to itself)."""
    lignes = [ligne for _, groupe in menu(candidature, slug) for ligne in groupe]
    rang = next((i for i, ligne in enumerate(lignes) if ligne.courante), 0)
    return lignes[min(rang + 1, len(lignes) - 1)].url


def _faites(candidature: Candidature) -> set[str]:
    faites = {s.cle.replace("_", "-") for s in candidature.sections.all() if s.texte}
    requises = {p.pk for p in formulaire(candidature).pieces if p.obligatoire}
    jointes = {p.piece_requise_id for p in candidature.pieces.all() if p.active}
    conditions = {
        "identite": candidature.perimetre_id
        and candidature.service_pilote_id
        and any(p.chef_de_file for p in candidature.portages.all()),
        "ressources-propres": candidature.ressources.all(),
        "projets": candidature.projets.all() and not lignes_sans_titre(candidature, "projets"),
        "schemas": candidature.schemas.all() and not lignes_sans_titre(candidature, "schemas"),
        "themes": candidature.stade and candidature.themes.all(),
        "acteurs": candidature.acteurs.all()
        and not lignes_sans_titre(candidature, "acteurs")
        and not acteurs_sans_college(candidature),
        "pieces": requises <= jointes,
    }
    return faites | {slug for slug, condition in conditions.items() if condition}


def _repondues(candidature: Candidature) -> set[str] | None:
    """The parts saved since the open request for compléments: an older text is no answer to it.
    None where every text counts.
    """
    ouverts = candidature.champs_ouverts
    if candidature.etat != EtatCandidature.A_COMPLETER or TOUT_LE_DOSSIER in ouverts:
        return None
    demande = candidature.demandes_complement.filter(repondue_le__isnull=True).first()
    if demande is None:
        return None
    jointes = {
        champ_piece(p.piece_requise, p.question)
        for p in candidature.pieces.all()
        if p.active and p.deposee_le > demande.demandee_le
    }
    return parties_ecrites(candidature, demande.demandee_le) | jointes


def _attendues(candidature: Candidature, etape: Etape) -> set[str]:
    """What the step answers of the request."""
    if etape.slug == "pieces":
        return {champ for champ in candidature.champs_ouverts if champ.startswith("piece:")}
    return {f"{'section' if etape.est_section else 'rubrique'}:{etape.cle}"}


def _lignes_questions(candidature: Candidature, courant: str, repondues) -> list[LigneEtape]:
    """One line per heading of the call's questions."""
    return [
        LigneEtape(
            libelle=rubrique.nom,
            groupe=APPEL,
            url=reponses.url_rubrique(candidature, rubrique.slug),
            faite=rubrique.faite
            and (
                repondues is None or {f"question:{q.cle}" for q in rubrique.questions} <= repondues
            ),
            courante=courant == f"questions/{rubrique.slug}",
            section=rubrique.slug if rubrique.de_la_note else "",
            facultative=rubrique.facultative and repondues is None,
        )
        for rubrique in reponses.rubriques_a_remplir(candidature)
    ]


def menu(candidature: Candidature, courant: str) -> list[tuple[str, list[LigneEtape]]]:
    """Groups of steps, each with its lines; while compléments are asked, the reopened ones only."""
    faites, repondues = _faites(candidature), _repondues(candidature)
    groupes: dict[str, list[LigneEtape]] = {}
    for etape in ETAPES:
        if etape.groupe == FIN and APPEL not in groupes:
            groupes[APPEL] = _lignes_questions(candidature, courant, repondues)
        if not etape_ouverte(candidature, etape):
            continue
        groupes.setdefault(etape.groupe, []).append(
            LigneEtape(
                libelle=nom_de(candidature, etape),
                groupe=etape.groupe,
                url=url_de(candidature, etape.slug),
                faite=etape.slug in faites
                and (repondues is None or _attendues(candidature, etape) <= repondues),
                courante=etape.slug == courant,
                facultative=etape.slug in FACULTATIVES and repondues is None,
            )
        )
    return [(groupe, lignes) for groupe, lignes in groupes.items() if lignes]
