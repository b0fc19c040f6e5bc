"""Start a candidature from a dossier of « Démarches simplifiées »: label of there → field of here.

The table is data of the call (`Appel.correspondances`); an empty line takes the field’s own label.
One may take a dossier filed under one’s own address, or in the name of one’s organisme; no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from django.db import transaction

from candidatures.appels.choix import TypeQuestion
from candidatures.appels.domaine.valeurs import depuis_texte
from candidatures.appels.domaine.versions import pieces_demandees, publiee
from candidatures.appels.models import Appel
from candidatures.dispositifs.choix import RessourceNature
from candidatures.dossiers.choix import CleSection
from candidatures.dossiers.domaine import demarches_api as api
from candidatures.dossiers.domaine import pieces
from candidatures.dossiers.domaine.creation import creer
from candidatures.dossiers.domaine.preremplissage import COMMUNE, SIREN, codes
from candidatures.dossiers.domaine.revisions import enregistrer_champ
from candidatures.dossiers.models import Candidature
from socle.erreurs import ErreurMetier
from socle.territoires.domaine.saisie import lire_codes
from socle.territoires.texte import plier

TITRE_MAX = 200
FICHIERS_MAX = 20
DUREE_MAX_S = 40


@dataclass(frozen=True)
class Destination:
    """A field that may be filled. `piece`, `question`: the row behind it."""

    champ: str
    libelle: str
    groupe: str
    question: object = None
    piece: object = None


@dataclass(frozen=True)
class Reprise:
    """One answer taken: where it goes, what it says. `refus`: why it is not."""

    destination: Destination
    label: str
    texte: str = ""
    fichiers: tuple = ()
    refus: str = ""


@dataclass(frozen=True)
class Apercu:
    numero: int
    demarche: str
    titre: str
    reprises: tuple[Reprise, ...]
    territoires: tuple[str, ...]
    perimetre: str
    laisses: tuple[str, ...]


def destinations(appel: Appel) -> list[Destination]:
    """What may be filled: the note, then the questions and the pieces of the published form."""
    trouvees = [Destination("titre", "Titre de la candidature", "La candidature")]
    trouvees += [
        Destination(f"section.{c.value}", c.label, "La note d’opportunité") for c in CleSection
    ]
    trouvees += [
        Destination(f"ressource.{n.value}", n.label, "Les ressources propres")
        for n in RessourceNature
    ]
    trouvees += [
        Destination("blocages", "Ce qui bloque aujourd’hui", "La démarche"),
        Destination("gouvernance", "Gouvernance envisagée", "La démarche"),
    ]
    version = publiee(appel)
    questions = sorted(version.questions.all(), key=lambda q: (q.ordre, q.pk)) if version else ()
    trouvees += [
        Destination(f"question.{q.cle}", q.libelle, "Les questions de l’appel", question=q)
        for q in questions
    ]
    trouvees += [
        Destination(f"piece.{p.cle}", p.libelle, "Les pièces", piece=p.requise)
        for p in pieces_demandees(appel, version)
    ]
    return trouvees


def _siren_de(organisme) -> set[str]:
    commune = organisme.commune
    connus = (organisme.siret[:9], organisme.epci_id or "", commune.siren if commune else "")
    return {siren for siren in connus if siren}


def est_sien(dossier: api.Dossier, par) -> bool:
    """Filed under this person’s address, or in the name of their organisme."""
    courriel = (dossier.usager.email if dossier.usager else "") or ""
    siret = (dossier.demandeur.siret if dossier.demandeur else "") or ""
    if courriel and courriel.strip().lower() == par.email.lower():
        return True
    return bool(siret) and siret[:9] in _siren_de(par.organisme)


def apercu(*, appel: Appel, numero: int, par) -> Apercu:
    """What would be taken, read again at each step: nothing is written."""
    dossier = api.lire(numero)
    if dossier is None or not est_sien(dossier, par):
        raise ErreurMetier(api.ABSENT, champ="numero")
    par_label = {}
    for d in destinations(appel):
        label = (appel.correspondances or {}).get(d.champ) or d.libelle
        par_label.setdefault(plier(label), d)
    reprises, laisses = [], []
    for champ in dossier.champs:
        destination = par_label.pop(plier(champ.label), None)
        if destination is not None:
            reprises.append(_reprendre(destination, champ))
        elif champ.texte or champ.files or champ.rows:
            laisses.append(champ.label)
    perimetre = lire_codes(_codes(dossier.champs))
    noms = tuple(str(t.nom) for t in (*perimetre.epcis, *perimetre.communes))
    titre = next((r.texte for r in reprises if r.destination.champ == "titre" and not r.refus), "")
    return Apercu(
        numero=numero,
        demarche=dossier.demarche.title,
        titre=titre or f"Dossier {numero}",
        reprises=tuple(r for r in reprises if r.texte or r.fichiers or r.refus),
        territoires=noms,
        perimetre=codes(perimetre),
        laisses=tuple(laisses),
    )


def _reprendre(destination: Destination, champ: api.Champ) -> Reprise:
    question = destination.question
    if destination.piece is not None or (question and question.type == TypeQuestion.FICHIER):
        refus = "" if champ.files else "aucun fichier n’est joint là-bas"
        return Reprise(destination, champ.label, fichiers=tuple(champ.files[:1]), refus=refus)
    texte, refus = champ.texte, ""
    if destination.champ == "titre" and len(texte) > TITRE_MAX:
        texte = texte[: TITRE_MAX - 1] + "…"
    if question is not None and texte:
        try:
            depuis_texte(question, texte)
        except ErreurMetier as erreur:
            refus = str(erreur)
    return Reprise(destination, champ.label, texte=texte, refus=refus)


def _codes(champs) -> list[str]:
    """Communes and EPCI named by fields of these types, in repeated blocks too."""
    trouves = []
    for champ in champs:
        if champ.commune and champ.commune.code and COMMUNE.match(champ.commune.code):
            trouves.append(f"C{champ.commune.code}")
        if champ.epci and champ.epci.code and SIREN.match(champ.epci.code):
            trouves.append(f"E{champ.epci.code}")
        for rangee in champ.rows:
            trouves += _codes(rangee.get("champs", []))
    return trouves


def telecharger(lu: Apercu) -> tuple[list[tuple[Reprise, str, bytes]], list[str]]:
    """(pieces fetched, sentences for the others). Outside any transaction: it may take a while."""
    recus, echecs, fin = [], [], monotonic() + DUREE_MAX_S
    voulus = [(r, f) for r in lu.reprises for f in r.fichiers]
    for rang, (reprise, fichier) in enumerate(voulus):
        try:
            if rang >= FICHIERS_MAX or monotonic() > fin:
                raise ErreurMetier("la reprise a pris trop de temps")
            octets = api.telecharger(fichier)
            pieces.verifier_fichier(fichier.filename, octets)
            recus.append((reprise, fichier.filename, octets))
        except ErreurMetier as erreur:
            raison = str(erreur)
            raison = raison[:1].lower() + raison[1:].rstrip(".")
            echecs.append(
                f"La pièce «\u00a0{reprise.destination.libelle}\u00a0» n’est pas reprise : "
                f"{raison}. Joignez-la vous-même."
            )
    return recus, echecs


@transaction.atomic
def creer_repris(*, appel: Appel, titre: str, lu: Apercu, recus, par) -> Candidature:
    """Open the brouillon; each answer is saved as if it had been typed, under revision 1."""
    candidature = creer(appel=appel, titre=titre, par=par)
    valeurs = {"perimetre": lu.perimetre} if lu.perimetre else {}
    valeurs |= {
        r.destination.champ: r.texte
        for r in lu.reprises
        if r.texte and not r.refus and r.destination.champ != "titre"
    }
    for champ, valeur in valeurs.items():
        enregistrer_champ(candidature=candidature, champ=champ, valeur=valeur, revision=0, par=par)
    for reprise, nom, octets in recus:
        destination = reprise.destination
        pieces.joindre(
            candidature=candidature,
            nom=nom,
            octets=octets,
            par=par,
            piece_requise=destination.piece,
            question=destination.question.cle if destination.question else "",
        )
    candidature.refresh_from_db()
    return candidature
