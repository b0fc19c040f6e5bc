"""The atomic fields of the note: how each is named, read, checked and written.

Names: `titre`, `perimetre`, `trace`, `parcelles`, `stade`, `programmes`, `blocages`, `gouvernance`,
`section.<clé>`, `ressource.<nature>`, `themes.<famille>`, and for a row
`projets.<uuid>.intitule` (also `schemas` and `acteurs`). Several values are one per line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone

from candidatures.dispositifs.choix import FamilleTheme, RessourceNature
from candidatures.dispositifs.models import Theme
from candidatures.dossiers.choix import CleRubrique, CleSection, Programme
from candidatures.dossiers.domaine.champ_question import PREFIXE, ChampQuestion
from candidatures.dossiers.domaine.emprises import CHAMPS_EMPRISE, suivre_le_perimetre
from candidatures.dossiers.domaine.lignes_note import LIGNES, CelluleLigne, phrase_de
from candidatures.dossiers.models import Candidature, RessourcePropre, SectionNote
from socle.erreurs import ErreurMetier
from socle.territoires.domaine import creer_perimetre, modifier_perimetre
from socle.territoires.domaine.saisie import lire_codes

LIGNE = re.compile(r"^(projets|schemas|acteurs)\.([0-9a-f-]{36})\.([a-z]+)$")


def en_lignes(valeurs) -> str:
    return "\n".join(str(v) for v in valeurs)


@dataclass(frozen=True)
class ChampSection:
    cle: str
    partie = ""

    @property
    def libelle(self):
        return CleSection(self.cle).label

    def lire(self, candidature) -> str:
        return candidature.sections.values_list("texte", flat=True).get(cle=self.cle)

    def ecrire(self, candidature, valeur: str, par) -> None:
        section = SectionNote.objects.filter(candidature_id=candidature.pk, cle=self.cle)
        marquer_partie(section, par, texte=valeur)


@dataclass(frozen=True)
class ChampSimple:
    """A column of the candidature itself, checked by its own model field."""

    colonne: str
    partie: str

    @property
    def libelle(self):
        nom = str(Candidature._meta.get_field(self.colonne).verbose_name)
        return nom[:1].upper() + nom[1:]

    def lire(self, candidature) -> str:
        return getattr(candidature, self.colonne)

    def ecrire(self, candidature, valeur: str, par) -> None:
        verifier(Candidature, self.colonne, valeur)
        setattr(candidature, self.colonne, valeur)


class ChampProgrammes(ChampSimple):
    def lire(self, candidature) -> str:
        return en_lignes(candidature.programmes)

    def ecrire(self, candidature, valeur: str, par) -> None:
        choisis = valeur.split("\n") if valeur else []
        if not set(choisis) <= set(Programme.values):
            raise ErreurMetier("Ce programme n’est pas dans la liste.")
        candidature.programmes = choisis


@dataclass(frozen=True)
class ChampThemes:
    famille: str
    partie = CleRubrique.THEMES

    @property
    def libelle(self):
        return FamilleTheme(self.famille).label

    def _themes(self, candidature):
        return candidature.themes.filter(famille=self.famille).order_by("pk")

    def lire(self, candidature) -> str:
        return en_lignes(self._themes(candidature).values_list("pk", flat=True))

    def ecrire(self, candidature, valeur: str, par) -> None:
        choisis = set(valeur.split("\n")) if valeur else set()
        connus = {str(t.pk): t for t in Theme.objects.filter(famille=self.famille)}
        if not choisis <= set(connus):
            raise ErreurMetier("Ce thème n’est pas dans la liste.")
        anciens = {str(t.pk) for t in self._themes(candidature)}
        candidature.themes.remove(*(connus[cle] for cle in anciens - choisis))
        candidature.themes.add(*(connus[cle] for cle in choisis - anciens))


@dataclass(frozen=True)
class ChampRessource:
    nature: str
    partie = CleRubrique.RESSOURCES

    @property
    def libelle(self):
        return RessourceNature(self.nature).label

    def lire(self, candidature) -> str:
        textes = candidature.ressources.filter(nature=self.nature).values_list("texte", flat=True)
        return textes.first() or ""

    def ecrire(self, candidature, valeur: str, par) -> None:
        cle = {"candidature": candidature, "nature": self.nature}
        if valeur:
            RessourcePropre.objects.update_or_create(**cle, defaults={"texte": valeur})
        else:
            RessourcePropre.objects.filter(**cle).delete()


@dataclass(frozen=True)
class ChampPerimetre:
    partie = CleRubrique.IDENTITE
    libelle = "Périmètre"

    def lire(self, candidature) -> str:
        return codes_perimetre(candidature.perimetre)

    def ecrire(self, candidature, valeur: str, par) -> None:
        lecture = lire_codes(valeur.split("\n") if valeur else [])
        if lecture.erreurs:
            raise ErreurMetier(" ".join(lecture.erreurs))
        if not valeur:
            raise ErreurMetier("Gardez au moins un territoire dans le périmètre.")
        contenu = {"communes": lecture.communes, "epcis": lecture.epcis, "zones": lecture.zones}
        if candidature.perimetre_id:
            modifier_perimetre(candidature.perimetre, nom=candidature.titre, **contenu)
        else:
            candidature.perimetre = creer_perimetre(nom=candidature.titre, **contenu)
        suivre_le_perimetre(candidature)


def codes_perimetre(perimetre) -> str:
    if perimetre is None:
        return ""
    codes = [f"E{code}" for code in perimetre.epcis.order_by("code").values_list("code", flat=True)]
    codes += [f"C{c}" for c in perimetre.communes.order_by("code").values_list("code", flat=True)]
    codes += [f"Z{zone.departement_id}:{zone.nom}" for zone in perimetre.zones.order_by("pk")]
    return en_lignes(codes)


CHAMPS = {
    "titre": ChampSimple("titre", CleRubrique.IDENTITE),
    "perimetre": ChampPerimetre(),
    **CHAMPS_EMPRISE,
    "stade": ChampSimple("stade", CleRubrique.THEMES),
    "programmes": ChampProgrammes("programmes", CleRubrique.THEMES),
    "blocages": ChampSimple("blocages", CleRubrique.THEMES),
    "gouvernance": ChampSimple("gouvernance", CleRubrique.THEMES),
    **{f"section.{cle.value}": ChampSection(cle.value) for cle in CleSection},
    **{f"themes.{f.value}": ChampThemes(f.value) for f in FamilleTheme},
    **{f"ressource.{n.value}": ChampRessource(n.value) for n in RessourceNature},
}


def trouver(nom: str):
    """The field of this name; a sentence when there is none."""
    if nom in CHAMPS:
        return CHAMPS[nom]
    if nom.startswith(PREFIXE):
        return ChampQuestion(nom.removeprefix(PREFIXE))
    lu = LIGNE.match(nom)
    if lu and lu[3] in LIGNES[lu[1]].colonnes:
        return CelluleLigne(LIGNES[lu[1]], lu[2], lu[3])
    raise ErreurMetier("Ce champ n’existe plus : rechargez la page.")


def verifier(modele, colonne: str, valeur) -> None:
    """Refuse what the model field refuses, with its sentence."""
    try:
        modele._meta.get_field(colonne).clean(valeur, None)
    except ValidationError as erreur:
        raise ErreurMetier(phrase_de(erreur)) from None


def marquer_partie(parties, par, **valeurs) -> None:
    """Count one save of a part, in one query, with the columns to set."""
    parties.update(
        revision=F("revision") + 1, modifiee_le=timezone.now(), modifiee_par=par, **valeurs
    )
