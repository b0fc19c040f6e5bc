"""Import candidatures received elsewhere: a dry run that explains itself, then one act."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime, time
from difflib import get_close_matches

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from candidatures.dispositifs.models import Theme
from candidatures.dossiers import journal
from candidatures.dossiers.choix import CleRubrique, CleSection, EtatCandidature, StadeProjet
from candidatures.dossiers.domaine import tableur
from candidatures.dossiers.domaine.creation import (
    COLLECTIVITES,
    SERVICES_ETAT,
    _nouvelle_reference,
)
from candidatures.dossiers.domaine.importation_porteurs import Porteurs, organisme_de
from candidatures.dossiers.domaine.importation_questions import (
    DATES,
    QuestionsAppel,
    absentes,
    lire_date,
    questions_de,
)
from candidatures.dossiers.domaine.importation_questions import ecrire as ecrire_reponses
from candidatures.dossiers.domaine.importation_questions import exemple as propre
from candidatures.dossiers.domaine.importation_questions import lire as lire_reponse
from candidatures.dossiers.domaine.recherche import indexer
from candidatures.dossiers.domaine.versions import figer
from candidatures.dossiers.droits import est_instructeur, visibles_par
from candidatures.dossiers.models import (
    Candidature,
    ImportCandidatures,
    Portage,
    Rubrique,
    SectionNote,
)
from socle.comptes.choix import NatureOrganisme
from socle.comptes.models import Organisme
from socle.erreurs import ActionInterdite, ErreurMetier
from socle.journal.domaine import inscrire, objets_de
from socle.territoires.domaine import creer_perimetre
from socle.territoires.domaine.saisie import lire_lignes
from socle.territoires.texte import plier

TITRE, PILOTE, CHEF, TERRITOIRE, DEPOT = (
    "Titre",
    "Service de l’État pilote",
    "Collectivité chef de file",
    "Territoire",
    "Déposée le",
)
STADE, THEMES = "Stade du projet", "Thèmes"
OBLIGATOIRES = (TITRE, PILOTE, CHEF, TERRITOIRE, DEPOT)
SECTIONS = {cle.label: cle for cle in CleSection}
COLONNES = (*OBLIGATOIRES, STADE, THEMES, *SECTIONS)
LISTE_COURTE = 8
ZERO_PERDU = re.compile(r"^\d{4}\Z")  # What a spreadsheet makes of « 01004 ».


def exemple(appel=None) -> tuple[str, ...]:
    """A line that the import accepts: organisations of the directory, a commune of theirs."""
    chefs = Organisme.objects.filter(nature__in=COLLECTIVITES, commune__isnull=False)
    chefs = chefs.select_related("commune").order_by("nom", "pk")
    pilotes = Organisme.objects.filter(nature=NatureOrganisme.DDT)
    pilotes = pilotes.filter(departements=OuterRef("commune__departement"))
    trouve = (
        chefs.annotate(pilote=Subquery(pilotes.order_by("nom", "pk").values("nom")[:1]))
        .filter(pilote__isnull=False)
        .first()
    )
    noms = (trouve.pilote, trouve.nom, trouve.commune_id) if trouve else ("", "", "")
    debut = ("Revitaliser le bourg", *noms, "15/01/2026", StadeProjet.REFLEXION.label)
    propres = [propre(q) for q in questions_de(appel, COLONNES).colonnes.values()] if appel else []
    return (*debut, *[""] * (len(COLONNES) - len(debut)), *propres) if propres else debut


def admises() -> dict[str, tuple[str, ...]]:
    """What may be written in the columns that have a list."""
    themes = Theme.objects.order_by("ordre", "pk").values_list("libelle", flat=True)
    return {STADE: tuple(map(str, StadeProjet.labels)), THEMES: tuple(themes)}


def _proposer(nom: str, connues: tuple[str, ...]) -> str:
    """A short list whole; of a long one, the nearest, and where to read the others."""
    if len(connues) <= LISTE_COURTE:
        return f"{', '.join(connues)}."
    par_mot = {plier(connue): connue for connue in connues}
    mots = [mot for mot in par_mot if plier(nom) in mot] or get_close_matches(plier(nom), par_mot)
    proches = [par_mot[mot] for mot in mots[:3]]
    cites = " ou ".join(f"«\u00a0{proche}\u00a0»" for proche in proches)
    debut = f"peut-être {cites}\u00a0; " if cites else ""
    return f"{debut}tous se lisent sous «\u00a0Les colonnes du modèle\u00a0»."


def colonnes(appel=None) -> tuple[str, ...]:
    """Those of the model, and the questions of the call."""
    return (*COLONNES, *questions_de(appel, COLONNES).colonnes) if appel else COLONNES


@dataclass
class Ecart:
    """Why a line is refused: the column, and a sentence."""

    colonne: str
    phrase: str


@dataclass
class LigneLue:
    numero: int
    titre: str
    ecarts: list[Ecart] = field(default_factory=list)
    doublon: str = ""
    nouveau: str = ""  # the territory whose organisme the import will make
    valeurs: dict = field(default_factory=dict)

    @property
    def bonne(self) -> bool:
        return not self.ecarts and not self.doublon


@dataclass
class Rapport:
    lignes: list[LigneLue]
    inconnues: list[str]
    questions: QuestionsAppel = field(default_factory=QuestionsAppel)
    sans_reponse: list[str] = field(default_factory=list)

    @property
    def bonnes(self) -> list[LigneLue]:
        return [ligne for ligne in self.lignes if ligne.bonne]

    @property
    def une_seule(self) -> bool:
        return len(self.bonnes) == 1

    @property
    def nouveaux(self) -> list[str]:
        return sorted({ligne.nouveau for ligne in self.bonnes if ligne.nouveau})

    @property
    def refusees(self) -> list[LigneLue]:
        return [ligne for ligne in self.lignes if ligne.ecarts]

    @property
    def doublons(self) -> list[LigneLue]:
        return [ligne for ligne in self.lignes if ligne.doublon and not ligne.ecarts]


class Lecteur:
    """Checks the lines against what is known, loaded once."""

    def __init__(self, appel, questions):
        self.appel, self.questions = appel, questions
        self.porteurs = Porteurs()
        self.themes = {plier(t.libelle): t for t in Theme.objects.all()}
        self.stades = {plier(str(libelle)): cle for cle, libelle in StadeProjet.choices}
        self.admises = admises()
        deja = Candidature.objects.filter(appel=appel).exclude(etat=EtatCandidature.RETIREE)
        self.titres = {plier(titre): ref for titre, ref in deja.values_list("titre", "reference")}

    def lire(self, numero: int, cellules: dict[str, str]) -> LigneLue:
        ligne = LigneLue(numero, cellules.get(TITRE, ""))
        for colonne in OBLIGATOIRES:
            if not cellules.get(colonne):
                ligne.ecarts.append(Ecart(colonne, "Cette cellule est vide."))
        if len(ligne.titre) > 200:
            ligne.ecarts.append(Ecart(TITRE, "Le titre dépasse 200 caractères."))
        valeurs = ligne.valeurs
        valeurs["pilote"] = self._organisme(ligne, PILOTE, cellules, SERVICES_ETAT)
        valeurs["chef"] = self._organisme(ligne, CHEF, cellules, COLLECTIVITES)
        valeurs["territoire"] = self._territoire(ligne, cellules.get(TERRITOIRE, ""))
        valeurs["depot"] = self._date(ligne, cellules.get(DEPOT, ""))
        valeurs["stade"] = self._un(ligne, STADE, cellules.get(STADE, ""), self.stades) or ""
        noms = [n.strip() for n in cellules.get(THEMES, "").split(";") if n.strip()]
        valeurs["themes"] = [self._un(ligne, THEMES, nom, self.themes) for nom in noms]
        valeurs["sections"] = {cle: cellules.get(nom, "") for nom, cle in SECTIONS.items()}
        valeurs["reponses"] = self._reponses(ligne, cellules)
        self._doublon(ligne)
        return ligne

    def _reponses(self, ligne, cellules) -> dict:
        lues = {}
        for colonne, question in self.questions.colonnes.items():
            try:
                lues[question.cle] = lire_reponse(question, cellules.get(colonne, ""))
            except ErreurMetier as erreur:
                ligne.ecarts.append(Ecart(colonne, erreur.message))
        refusees = {ecart.colonne for ecart in ligne.ecarts}
        ligne.ecarts += [
            Ecart(colonne, "Cette réponse est obligatoire.")
            for colonne in absentes(self.questions, lues)
            if colonne not in refusees
        ]
        return lues

    def _organisme(self, ligne, colonne, cellules, natures):
        """A territory without an organisme yet is kept as it is, and announced."""
        nom = cellules.get(colonne, "")
        if not nom:
            return None
        try:
            lu = (self.porteurs.collectivite if colonne == CHEF else self.porteurs.service)(nom)
        except ErreurMetier as erreur:
            ligne.ecarts.append(Ecart(colonne, erreur.message))
            return None
        if not isinstance(lu, Organisme):
            ligne.nouveau = str(lu)
        elif lu.nature not in natures:
            ligne.ecarts.append(Ecart(colonne, f"{lu} ne peut pas tenir ce rôle."))
        return lu

    @staticmethod
    def _territoire(ligne, texte):
        if not texte:
            return None
        lecture = lire_lignes(texte.replace(";", "\n"))
        perdus = [
            code
            for code in (m.strip() for m in texte.split(";"))
            if ZERO_PERDU.match(code) and not lire_lignes(f"0{code}").erreurs
        ]
        conseils = [
            f"«\u00a0{code}\u00a0» a sans doute perdu son zéro au début : écrivez 0{code}, "
            "dans une cellule au format texte."
            for code in perdus
        ]
        ligne.ecarts += [Ecart(TERRITOIRE, phrase) for phrase in (*lecture.erreurs, *conseils)]
        return lecture

    @staticmethod
    def _date(ligne, texte):
        if not texte:
            return None
        lue = lire_date(texte)
        if lue is None:
            phrase = f"«\u00a0{texte}\u00a0» n’est pas une date\u00a0: {DATES}."
            ligne.ecarts.append(Ecart(DEPOT, phrase))
            return None
        if lue > timezone.localdate():
            ligne.ecarts.append(Ecart(DEPOT, "Cette date est à venir."))
        return timezone.make_aware(datetime.combine(lue, time.min))

    def _un(self, ligne, colonne, nom, connus):
        trouve = connus.get(plier(nom)) if nom else None
        if nom and trouve is None:
            phrase = f"«\u00a0{nom}\u00a0» n’est pas dans la liste\u00a0: "
            ligne.ecarts.append(Ecart(colonne, phrase + _proposer(nom, self.admises[colonne])))
        return trouve

    def _doublon(self, ligne) -> None:
        cle = plier(ligne.titre)
        if cle and cle in self.titres:
            ligne.doublon = self.titres[cle]
        elif cle:
            self.titres[cle] = f"ligne {ligne.numero}"


def analyser(appel, table: list[list[str]]) -> Rapport:
    """Read every line; nothing is written. Line 1 holds the names of the columns."""
    questions = questions_de(appel, COLONNES)
    entetes = {plier(nom): nom for nom in (*COLONNES, *questions.colonnes)}
    premiere = [entetes.get(plier(nom), "") for nom in (table[0] if table else [])]
    absentes = [colonne for colonne in OBLIGATOIRES if colonne not in premiere]
    if absentes:
        raise ErreurMetier(f"Colonnes absentes de la première ligne\u00a0: {', '.join(absentes)}.")
    inconnues = [nom for nom, lu in zip(table[0], premiere, strict=True) if nom and not lu]
    lecteur = Lecteur(appel, questions.presentes(premiere))
    lignes = [
        lecteur.lire(rang, {c: v for c, v in zip(premiere, cellules, strict=False) if c})
        for rang, cellules in enumerate(table[1:], start=2)
        if any(cellules)
    ]
    muettes = [nom for nom in questions.colonnes if nom not in premiere]
    return Rapport(lignes, inconnues, lecteur.questions, muettes)


def taire_les_deports(rapport: Rapport, par) -> None:
    """A dossier from which this agent is recused is not named as a duplicate either."""
    connus = {ligne.doublon for ligne in rapport.doublons}
    existants = set(
        Candidature.objects.filter(reference__in=connus).values_list("reference", flat=True)
    )
    lus = visibles_par(par).filter(reference__in=existants).values_list("reference", flat=True)
    caches = existants - set(lus)
    for ligne in rapport.doublons:
        if ligne.doublon in caches:
            ligne.titre, ligne.doublon = "titre masqué", "un dossier que votre déport ferme"


def _exiger(par) -> None:
    if not est_instructeur(par):
        raise ActionInterdite("Seule la DGALN importe des candidatures.")


@transaction.atomic
def preparer(*, appel, nom: str, octets: bytes, par) -> ImportCandidatures:
    """Keep the table for the dry run; no candidature is written."""
    _exiger(par)
    table = tableur.lire(octets)
    analyser(appel, table)
    return ImportCandidatures.objects.create(
        appel=appel,
        nom=nom[:160],
        sha256=hashlib.sha256(octets).hexdigest(),
        table=table,
        par=par,
    )


@transaction.atomic
def importer(*, lot: ImportCandidatures, par) -> int:
    """Write the good lines, read again now; the others are left aside. Once only."""
    _exiger(par)
    lot = ImportCandidatures.objects.select_for_update().select_related("appel").get(pk=lot.pk)
    if lot.importe_le:
        raise ErreurMetier("Ce fichier est déjà importé.")
    rapport = analyser(lot.appel, lot.table)
    if not rapport.bonnes:
        raise ErreurMetier("Aucune ligne de ce fichier ne peut être importée.")
    for ligne in rapport.bonnes:
        _ecrire(lot, ligne, rapport.questions, par)
    lot.importe_le, lot.nombre = timezone.now(), len(rapport.bonnes)
    lot.save(update_fields=["importe_le", "nombre"])
    return lot.nombre


def creees(lot: ImportCandidatures, par):
    """The candidatures that this file made, those that the reader may see."""
    if not lot.importe_le:
        return []
    cles = objets_de(journal.IMPORTEE, vers=lot.importe_le, lot=lot.pk)
    return visibles_par(par).filter(pk__in=cles).order_by("pk").only("reference", "titre")


def _ecrire(lot, ligne: LigneLue, questions: QuestionsAppel, par) -> None:
    v = ligne.valeurs
    lu = v["territoire"]
    candidature = Candidature.objects.create(
        reference=_nouvelle_reference(),
        appel=lot.appel,
        titre=ligne.titre,
        etat=EtatCandidature.DEPOSEE,
        deposee_le=v["depot"],
        cree_par=par,
        service_pilote=v["pilote"],
        stade=v["stade"],
        formulaire=questions.version,
        perimetre=creer_perimetre(
            nom=ligne.titre, communes=lu.communes, epcis=lu.epcis, zones=lu.zones
        ),
    )
    Portage.objects.create(
        candidature=candidature,
        organisme=organisme_de(v["chef"]),
        chef_de_file=True,
        ajoute_par=par,
    )
    SectionNote.objects.bulk_create(
        SectionNote(candidature=candidature, cle=cle, texte=texte)
        for cle, texte in v["sections"].items()
    )
    Rubrique.objects.bulk_create(Rubrique(candidature=candidature, cle=cle) for cle in CleRubrique)
    candidature.themes.set(v["themes"])
    ecrire_reponses(candidature, questions, v["reponses"], par)
    figer(candidature=candidature, motif=f"Import du fichier {lot.nom}"[:200], par=par)
    indexer(candidature)
    inscrire(journal.IMPORTEE, objet=candidature, par=par, fichier=lot.nom, lot=lot.pk)
