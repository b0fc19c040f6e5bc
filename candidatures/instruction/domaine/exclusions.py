"""Why the draw left somebody out of a dossier: recusal, carrier, load; who came after others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from candidatures.dossiers.models import Candidature
from candidatures.instruction.choix import OrigineDeport
from candidatures.instruction.domaine.ajustement import charges
from candidatures.instruction.domaine.tirage import lecteurs_tires, tirables
from candidatures.instruction.models import Deport, Tirage

DEPORTS = {
    OrigineDeport.DECLARE: "déport déclaré",
    OrigineDeport.CALCULE: "déport calculé",
    OrigineDeport.SEANCE: "déport noté en séance",
}


@dataclass(frozen=True)
class Ecarte:
    """`ferme`: may not read it; otherwise only placed after those who know its themes."""

    nom: str
    raison: str
    ferme: bool = True


def _deports(dossiers) -> dict[int, dict[int, str]]:
    lus: dict[int, dict[int, str]] = defaultdict(dict)
    actifs = Deport.objects.filter(candidature__in=dossiers, leve_le__isnull=True)
    for dossier, personne, origine, motif in actifs.values_list(
        "candidature_id", "personne_id", "origine", "motif"
    ):
        lus[dossier][personne] = f"{DEPORTS[OrigineDeport(origine)]} ({motif})"
    return lus


def ecartes(tirage: Tirage, dossiers: list[Candidature]) -> dict[int, list[Ecarte]]:
    """By dossier, in the order of names; a fixed number of queries."""
    cles = [d.pk for d in dossiers]
    lus = Candidature.objects.filter(pk__in=cles).prefetch_related("themes", "portages")
    personnes = {p.pk: p for p in tirables()}
    lecteurs = {p.cle: p for p in lecteurs_tires(tirage.parametres["charge_max"])}
    recuses, pris = _deports(cles), charges(tirage.proposition)
    sortie = {}
    for dossier in lus:
        retenus = set(tirage.proposition.get(str(dossier.pk), ()))
        porteurs = {p.organisme_id for p in dossier.portages.all()}
        porteurs |= {dossier.service_pilote_id} - {None}
        themes = {t.pk for t in dossier.themes.all()}
        restantes = (p for cle, p in personnes.items() if cle not in retenus)
        lues = (
            _ecarte(p, lecteurs[p.pk], recuses[dossier.pk], porteurs, themes, pris)
            for p in restantes
        )
        sortie[dossier.pk] = [e for e in lues if e]
    return sortie


def _ecarte(personne, lecteur, recuses, porteurs, themes, pris) -> Ecarte | None:
    nom = personne.nom_complet
    if personne.pk in recuses:
        return Ecarte(nom, recuses[personne.pk])
    if personne.organisme_id in porteurs:
        return Ecarte(nom, "son organisme porte le dossier")
    if lecteur.charge_max is not None and pris[personne.pk] >= lecteur.charge_max:
        return Ecarte(nom, f"charge atteinte ({pris[personne.pk]} sur {lecteur.charge_max})")
    if lecteur.themes and not lecteur.themes & themes:
        return Ecarte(nom, "aucun thème en commun", ferme=False)
    return None
