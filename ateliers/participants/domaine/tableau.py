"""Import a file: every line says what will become of it, then one act. Nothing before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from ateliers.annuaire.droits import visibles_par
from ateliers.annuaire.models.organisme import cle_de
from ateliers.parcours.droits import exiger
from ateliers.parcours.models import Atelier
from ateliers.participants import journal
from ateliers.participants.domaine import comptes
from ateliers.participants.domaine.importation import COLONNES, completer, dire, problemes
from ateliers.participants.domaine.organismes_importes import annoncer
from ateliers.participants.domaine.participants import REFUS, par_adresse
from ateliers.participants.domaine.rattachement import corriger, inscrire_a_l_atelier
from ateliers.participants.droits import peut_gerer
from ateliers.participants.models import ImportParticipants, Participant
from candidatures.dossiers.domaine import tableur
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire
from socle.territoires.texte import plier

GARDE = timedelta(days=7)
TITRES = {
    "prenom": "prenom",
    "prenoms": "prenom",
    "nom": "nom",
    "courriel": "courriel",
    "adresse electronique": "courriel",
    "mail": "courriel",
    "e mail": "courriel",
    "email": "courriel",
    "college": "college",
    "organisation": "organisation",
    "organisme": "organisation",
    "structure": "organisation",
    "fonction": "fonction",
}
TITRES_DU_RESTE = [
    "Prénom",
    "Nom",
    "Courriel",
    "Collège",
    "Organisme",
    "Fonction",
    "Pourquoi",
]
LIBELLES = {
    "ajout": "À ajouter",
    "correction": "À corriger",
    "inchangee": "Déjà à jour",
    "doublon": "Doublon, laissé de côté",
    "refus": "À reprendre dans le fichier",
}
TONS = {"ajout": "success", "correction": "info", "doublon": "warning", "refus": "error"}


@dataclass
class Ligne:
    numero: int
    nom: str
    sort: str
    phrase: str = ""
    champs: dict = field(default_factory=dict)
    participant: Participant | None = None
    lue: dict = field(default_factory=dict)

    @property
    def libelle(self) -> str:
        return LIBELLES[self.sort]

    @property
    def ton(self) -> str:
        return TONS.get(self.sort, "")

    @property
    def raison(self) -> str:
        return f"Ligne {self.numero}\u00a0: {self.phrase}"


@dataclass
class Rapport:
    lignes: list[Ligne]
    inconnues: list[str]

    def de_sort(self, *sorts) -> list[Ligne]:
        return [ligne for ligne in self.lignes if ligne.sort in sorts]

    @property
    def ajouts(self):
        return self.de_sort("ajout")

    @property
    def corrections(self):
        return self.de_sort("correction")

    @property
    def a_ecrire(self):
        return self.de_sort("ajout", "correction")

    @property
    def ecartees(self):
        return self.de_sort("doublon", "refus")


def _colonnes(titres: list[str]) -> tuple[list[str], list[str]]:
    """(key of each column or "", unknown titles). Without a title line, the default order."""
    cles = [TITRES.get(plier(titre), "") for titre in titres]
    if "nom" not in cles or "prenom" not in cles:
        return list(COLONNES), []
    ignorees = [t for t, cle in zip(titres, cles, strict=True) if t and not cle]
    return cles, [t for t in ignorees if t != TITRES_DU_RESTE[-1]]


@transaction.atomic
def preparer(*, atelier, nom: str, octets: bytes, par) -> ImportParticipants:
    exiger(peut_gerer(par, atelier), REFUS)
    table = tableur.lire(octets)
    if not any(table):
        raise ErreurMetier("Ce fichier ne contient aucune ligne.")
    return ImportParticipants.objects.create(atelier=atelier, nom=nom[:200], table=table, par=par)


def analyser(lot: ImportParticipants) -> Rapport:
    """What each line would do, against the participants of today."""
    table = lot.table
    cles, inconnues = _colonnes(table[0])
    debut = 0 if cles == list(COLONNES) and plier(table[0][0]) not in TITRES else 1
    existants = Participant.objects.filter(atelier=lot.atelier)
    connus = Connus(list(existants.select_related("personne__utilisateur", "organisme")))
    lignes = []
    for numero, cellules in enumerate(table[debut:], start=debut + 1):
        if not any(cellules):
            continue
        champs = dict.fromkeys(COLONNES, "")
        champs |= {c: v for c, v in zip(cles, cellules, strict=False) if c}
        ligne = connus.lire(numero, champs)
        ligne.lue = champs
        lignes.append(ligne)
    annoncer(lignes, par=lot.par)
    comptes.annoncer(lignes, atelier=lot.atelier, par=lot.par)
    _deja_ranges(lignes, lot.par)
    return Rapport(lignes, inconnues)


def _deja_ranges(lignes, par) -> None:
    """Those of the directory that this user sees: their sheet serves again."""
    neuves = [li for li in lignes if li.sort == "ajout" and li.champs["courriel"]]
    adresses = [li.champs["courriel"] for li in neuves]
    rangees = visibles_par(par).annotate(a=Lower("courriel")).filter(a__in=adresses)
    connues = set(rangees.values_list("a", flat=True)) if adresses else set()
    for ligne in neuves:
        if ligne.champs["courriel"] in connues:
            phrase = "Déjà à l’annuaire\u00a0: sa fiche est reprise."
            ligne.phrase = f"{phrase} {ligne.phrase}".strip()


class Connus:
    """The participants that a line may be about, by address, then by name and organisme."""

    def __init__(self, participants):
        self.adresses = par_adresse(participants)
        self.noms = {self._cle(p.prenom, p.nom, p.organisation): p for p in participants}
        self.vus: dict = {}

    @staticmethod
    def _cle(prenom, nom, organisation):
        return plier(f"{prenom} {nom}"), organisation and cle_de(organisation)

    @staticmethod
    def _egal(champ, valeur, participant) -> bool:
        """An organisme written otherwise is the same organisme."""
        connue = getattr(participant, champ)
        return cle_de(valeur) == cle_de(connue) if champ == "organisation" else valeur == connue

    def lire(self, numero: int, champs: dict) -> Ligne:
        nom = f"{champs['prenom']} {champs['nom']}".strip()
        if phrase := dire(problemes(champs, len(COLONNES))):
            return Ligne(numero, nom, "refus", phrase[:1].upper() + phrase[1:])
        champs = completer(champs)
        cle = self._cle(champs["prenom"], champs["nom"], champs["organisation"])
        reperes = [r for r in (champs["courriel"], cle) if r]
        deja = next((self.vus[r] for r in reperes if r in self.vus), None)
        if champs["courriel"] and champs["courriel"] not in self.vus:
            deja = None
        if deja:
            return Ligne(numero, nom, "doublon", f"Même personne que la ligne {deja}.")
        self.vus |= dict.fromkeys(reperes, numero)
        return self._situer(numero, nom, champs, cle)

    def _situer(self, numero, nom, champs, cle) -> Ligne:
        homonyme = self.noms.get(cle)
        connu = self.adresses.get(champs["courriel"]) if champs["courriel"] else None
        if connu is None and homonyme is not None:
            if not champs["courriel"]:
                phrase = f"{homonyme} est déjà dans la liste."
                return Ligne(numero, nom, "doublon", phrase)
            if not homonyme.courriel:
                connu = homonyme
        if connu is None:
            phrase = f"Même nom et même organisme que {homonyme}." if homonyme else ""
            return Ligne(numero, nom, "ajout", phrase, champs)
        changes = [c for c in COLONNES if champs[c] and not self._egal(c, champs[c], connu)]
        if "courriel" in changes and connu.courriel:
            changes.remove("courriel")  # known by the address of their account: not another one
        garde = {c: champs[c] for c in changes}
        if not changes:
            return Ligne(numero, nom, "inchangee")
        mots = ", ".join(f"{LISIBLES[c]} « {_montrer(c, champs[c])} »" for c in changes)
        return Ligne(numero, nom, "correction", f"Nouveau : {mots}.", garde, connu)


LISIBLES = {
    "prenom": "prénom",
    "nom": "nom",
    "courriel": "adresse",
    "college": "collège",
    "organisation": "organisme",
    "fonction": "fonction",
}


def _montrer(champ, valeur) -> str:
    return Participant(college=valeur).get_college_display() if champ == "college" else valeur


def oublier_imports() -> int:
    """Lines that were read and never imported name people for nothing: a week, no more."""
    limite = timezone.now() - GARDE
    restes = ImportParticipants.objects.filter(importe_le__lt=limite).exclude(table=[])
    oublies = restes.update(table=[])
    nombre, _ = ImportParticipants.objects.filter(importe_le__isnull=True, le__lt=limite).delete()
    return nombre + oublies


def reste(rapport: Rapport) -> list[list[str]]:
    """The lines left aside, with their reason, as a table to mend and to import again."""
    lignes = rapport.ecartees
    if not lignes:
        return []
    return [TITRES_DU_RESTE] + [
        [*(ligne.lue.get(cle, "") for cle in COLONNES), ligne.raison] for ligne in lignes
    ]


@transaction.atomic
def importer(*, lot: ImportParticipants, par) -> ImportParticipants:
    """Write the good lines, then forget them: the others are kept a week, to be mended."""
    lot = ImportParticipants.objects.select_for_update().get(pk=lot.pk)
    atelier = Atelier.objects.select_for_update().get(pk=lot.atelier_id)
    exiger(peut_gerer(par, atelier), REFUS)
    if lot.importe_le:
        raise TransitionImpossible("Ce fichier est déjà importé.")
    rapport = analyser(lot)
    if not rapport.a_ecrire:
        raise ErreurMetier("Aucune ligne de ce fichier n’est à importer.")
    for ligne in rapport.ajouts:
        inscrire_a_l_atelier(atelier=atelier, champs=ligne.champs, par=par)
    for ligne in rapport.corrections:
        ligne.participant.atelier = atelier
        corriger(ligne.participant, champs=ligne.champs, par=par, seulement_qualite=True)
    lot.ajoutes, lot.corriges = len(rapport.ajouts), len(rapport.corrections)
    lot.importe_le, lot.table = timezone.now(), reste(rapport)
    lot.save(update_fields=["ajoutes", "corriges", "importe_le", "table"])
    inscrire(journal.IMPORTES, objet=atelier, par=par, ajoutes=lot.ajoutes, corriges=lot.corriges)
    return lot
