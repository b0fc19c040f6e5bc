"""Who wrote what: reads of the revisions, and the return of an older value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max

from candidatures.appels.domaine.blocs import lire_jsonl
from candidatures.dispositifs.models import Theme
from candidatures.dossiers import journal
from candidatures.dossiers.choix import Programme, StadeProjet
from candidatures.dossiers.domaine.champ_question import PREFIXE, ChampQuestion, libelles_colonnes
from candidatures.dossiers.domaine.ecrits_noms import libelle_de, placer
from candidatures.dossiers.domaine.lignes_note import LIGNES
from candidatures.dossiers.domaine.mots import diff_mots
from candidatures.dossiers.domaine.revisions import enregistrer_champ
from candidatures.dossiers.models import Candidature, RevisionChamp
from socle.erreurs import ErreurMetier
from socle.journal.domaine import inscrire
from socle.territoires.domaine.saisie import lire_codes

PAUSE = timedelta(minutes=30)


@dataclass
class ChampEcrit:
    """One field, with each of its authors and how many times they saved it."""

    nom: str
    libelle: str
    auteurs: list[str]
    le: datetime


def champs_ecrits(candidature: Candidature) -> list[ChampEcrit]:
    """In the order of the note. As many queries whatever the number of revisions."""
    lignes = (
        candidature.revisions.filter(par__isnull=False)
        .values("champ", "par__prenom", "par__nom")
        .annotate(nombre=Count("pk"), le=Max("le"))
        .order_by("-le")
    )
    ecrits: dict[str, ChampEcrit] = {}
    for ligne in lignes:
        nom = ligne["champ"]
        ecrit = ecrits.setdefault(nom, ChampEcrit(nom, "", [], ligne["le"]))
        qui = f"{ligne['par__prenom']} {ligne['par__nom']}"
        ecrit.auteurs.append(f"{qui} ({ligne['nombre']})")
    places = placer(candidature, ecrits)
    for nom, ecrit in ecrits.items():
        ecrit.libelle = places[nom][1]
    return sorted(ecrits.values(), key=lambda ecrit: places[ecrit.nom][0])


def libelle_du_champ(candidature: Candidature, nom: str) -> str:
    """The name that the list above gives it."""
    noms = set(candidature.revisions.values_list("champ", flat=True).distinct()) | {nom}
    return placer(candidature, noms)[nom][1]


def revisions_du_champ(candidature: Candidature, nom: str):
    """Newest first, with authors."""
    return candidature.revisions.filter(champ=nom).select_related("par").order_by("-revision")


@dataclass(frozen=True)
class Seance:
    """What one author saved without a long pause: the last value of the sitting, and the others."""

    version: RevisionChamp
    enregistrements: int
    avant: str  # what stood before the sitting
    colonnes: dict[str, str] = field(default_factory=dict)  # names of the columns of a block

    def texte(self, nom: str) -> str:
        return lisible(nom, self.version.valeur, self.colonnes)

    def morceaux(self, nom: str) -> list[tuple[str, str]]:
        return diff_mots(lisible(nom, self.avant, self.colonnes), self.texte(nom))


def seances(candidature: Candidature, nom: str) -> list[Seance]:
    """Latest first. A pause of half an hour, another author, or a new form begins another one."""
    colonnes, publications = {}, []
    if nom.startswith(PREFIXE):
        colonnes = libelles_colonnes(candidature, nom.removeprefix(PREFIXE))
        publications = list(
            candidature.appel.versions_formulaire.filter(publiee_le__isnull=False).values_list(
                "publiee_le", flat=True
            )
        )
    groupes: list[list[RevisionChamp]] = []
    for version in reversed(revisions_du_champ(candidature, nom)):
        dernier = groupes[-1][-1] if groupes else None
        suite = dernier and dernier.par_id == version.par_id and version.le - dernier.le < PAUSE
        if suite and not any(dernier.le <= p <= version.le for p in publications):
            groupes[-1].append(version)
        else:
            groupes.append([version])
    avants = ["", *(groupe[-1].valeur for groupe in groupes)]
    return [
        Seance(groupe[-1], len(groupe), avant, colonnes)
        for groupe, avant in reversed(list(zip(groupes, avants, strict=False)))
    ]


def lisible(nom: str, valeur: str, colonnes=None) -> str:
    """The value as a person reads it: labels instead of keys."""
    if not valeur:
        return ""
    if nom == "stade":
        return str(dict(StadeProjet.choices).get(valeur, valeur))
    if nom == "programmes":
        noms = dict(Programme.choices)
        return ", ".join(str(noms.get(v, v)) for v in valeur.split("\n"))
    if nom.startswith("themes."):
        cles = [v for v in valeur.split("\n") if v.isdecimal()]
        return ", ".join(Theme.objects.filter(pk__in=cles).values_list("libelle", flat=True))
    if nom == "perimetre":
        return _territoires(valeur)
    if nom.startswith(PREFIXE) and valeur.startswith("{"):
        return _bloc(valeur, colonnes or {})
    genre, colonne = nom.partition(".")[0], nom.rpartition(".")[2]
    if genre in LIGNES and colonne in LIGNES[genre].colonnes:
        choix = LIGNES[genre].modele._meta.get_field(colonne).choices
        return str(dict(choix or ()).get(valeur, valeur))
    return valeur


def _bloc(valeur: str, colonnes: dict[str, str]) -> str:
    """A repeatable block: one row per line, under the names that its columns have or had."""
    try:
        lignes = lire_jsonl(valeur)
    except ErreurMetier:
        return valeur

    def dire(cle, valeur):
        return f"{colonnes.get(cle) or cle.replace('_', ' ').capitalize()}\u00a0: {valeur}"

    return "\n".join(
        f"{rang}. " + " ; ".join(dire(c, v) for c, v in ligne.items())
        for rang, ligne in enumerate(lignes, 1)
    )


def _territoires(valeur: str) -> str:
    lecture = lire_codes(valeur.split("\n"))
    noms = [e.nom for e in lecture.epcis] + [c.nom for c in lecture.communes]
    return ", ".join(noms + [nom for nom, _ in lecture.zones])


@transaction.atomic
def restaurer(*, version: RevisionChamp, revision: int, par) -> int:
    """Put an older value back, as a new revision: what it replaces stays in the list too."""
    nouvelle = enregistrer_champ(
        candidature=version.candidature,
        champ=version.champ,
        valeur=version.valeur,
        revision=revision,
        par=par,
    )
    inscrire(
        journal.RESTAUREE,
        objet=version.candidature,
        par=par,
        partie=_partie(version),
    )
    return nouvelle


def _partie(version: RevisionChamp) -> str:
    if version.champ.startswith(PREFIXE):
        return ChampQuestion(version.champ.removeprefix(PREFIXE)).nommer(version.candidature)
    return libelle_de(version.champ)
