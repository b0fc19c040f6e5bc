"""What is missing before the deposit, each with the address of the field to fill in."""

from __future__ import annotations

from django.urls import reverse

from candidatures.appels.choix import RegleVisas
from candidatures.dispositifs.choix import RessourceNature
from candidatures.dossiers.choix import AvisVisa, CleSection
from candidatures.dossiers.domaine.commun import champ_ouvert
from candidatures.dossiers.domaine.eligibilite import resultats
from candidatures.dossiers.domaine.emprises import avertissements_emprise
from candidatures.dossiers.domaine.fenetre import manques_fenetre
from candidatures.dossiers.domaine.formulaire import formulaire
from candidatures.dossiers.domaine.lignes_note import (
    LIGNES,
    acteurs_sans_college,
    lignes_sans_titre,
)
from candidatures.dossiers.domaine.pilotage import pilote_etranger
from candidatures.dossiers.domaine.reponses import manques_questions
from candidatures.dossiers.domaine.texte_vise import perimes, phrase
from candidatures.dossiers.domaine.visas_absents import visas_absents
from candidatures.dossiers.models import Candidature
from socle.erreurs import Manque


def url_etape(candidature: Candidature, etape: str, ancre: str = "") -> str:
    url = reverse("candidatures:etape", args=[candidature.reference, etape])
    return f"{url}#{ancre}" if ancre else url


def _manques_identite(candidature) -> list[Manque]:
    absents = []
    if candidature.service_pilote_id is None:
        absents.append(
            Manque(
                "Invitez le service de l’État qui pilotera l’atelier.",
                url_etape(candidature, "identite", "porteurs"),
            )
        )
    if not any(p.chef_de_file for p in candidature.portages.all()):
        absents.append(
            Manque(
                "Invitez au moins une collectivité à porter la candidature.",
                url_etape(candidature, "identite", "porteurs"),
            )
        )
    if candidature.perimetre_id is None:
        absents.append(
            Manque(
                "Indiquez le périmètre de l’atelier.",
                url_etape(candidature, "identite", "id_perimetre"),
            )
        )
    return absents


def _manques_redaction(candidature) -> list[Manque]:
    absents = [
        Manque(
            f"Rédigez la section «\u00a0{CleSection(section.cle).label}\u00a0».",
            url_etape(candidature, section.cle.replace("_", "-"), "id_texte"),
        )
        for section in candidature.sections.all()
        if not section.texte
    ]
    if not candidature.ressources.all():
        absents.append(
            Manque(
                "Décrivez au moins une des sept ressources propres du territoire.",
                url_etape(candidature, "ressources-propres", f"id_{RessourceNature.values[0]}"),
            )
        )
    if not candidature.themes.all():
        absents.append(
            Manque(
                "Choisissez au moins un thème.",
                url_etape(candidature, "themes", "id_territoriales_groupe"),
            )
        )
    if not candidature.stade:
        absents.append(
            Manque("Indiquez le stade du projet.", url_etape(candidature, "themes", "id_stade"))
        )
    absents += _manques_lignes(candidature) + _manques_colleges(candidature)
    if not candidature.acteurs.all():
        absents.append(
            Manque(
                "Citez au moins un acteur à mobiliser.",
                url_etape(candidature, "acteurs", "id_lignes-0-nom"),
            )
        )
    return absents


LIGNES_A_NOMMER = {
    "projets": ("un intitulé", "Projets en cours", "intitule"),
    "schemas": ("un intitulé", "Schémas et documents d’urbanisme", "intitule"),
    "acteurs": ("un nom", "Acteurs à mobiliser", "nom"),
}


def _manques_lignes(candidature) -> list[Manque]:
    """Rows that say something of nothing. Asked only where they can still be mended."""
    return [
        Manque(
            f"{partie}\u00a0: donnez {titre} à la ligne {rang + 1} («\u00a0{dit}\u00a0»), "
            "ou videz-la.",
            url_etape(candidature, nom, f"id_lignes-{rang}-{colonne}"),
        )
        for nom, (titre, partie, colonne) in LIGNES_A_NOMMER.items()
        if champ_ouvert(candidature, f"rubrique:{LIGNES[nom].partie}")
        for rang, dit in lignes_sans_titre(candidature, nom)
    ]


def _manques_colleges(candidature) -> list[Manque]:
    if not champ_ouvert(candidature, f"rubrique:{LIGNES['acteurs'].partie}"):
        return []
    return [
        Manque(
            f"Acteurs à mobiliser\u00a0: choisissez le collège de la ligne {rang + 1} "
            f"(«\u00a0{nom}\u00a0»).",
            url_etape(candidature, "acteurs", f"id_lignes-{rang}-college"),
        )
        for rang, nom in acteurs_sans_college(candidature)
    ]


def _manques_pieces(candidature) -> list[Manque]:
    jointes = {p.piece_requise_id for p in candidature.pieces.all() if p.active}
    return [
        Manque(
            f"Joignez la pièce «\u00a0{requise.libelle}\u00a0».",
            url_etape(candidature, "pieces", f"piece-{requise.cle}"),
        )
        for requise in formulaire(candidature).pieces
        if requise.obligatoire and requise.pk not in jointes
    ]


def _manques_eligibilite(candidature) -> list[Manque]:
    """A blocking rule that is not met: why it exists, why it is not met, and what to do."""
    return [
        Manque(
            " ".join(t for t in (r.explication, r.pourquoi, r.que_faire) if t),
            url_etape(candidature, *r.etape),
        )
        for r in resultats(candidature)
        if r.bloque
    ]


def _manques_visas(candidature) -> list[Manque]:
    if candidature.appel.visas != RegleVisas.EXIGES:
        return []
    url = reverse("candidatures:auteurs", args=[candidature.reference])
    return [
        Manque(f"Visa attendu : {organisme}.", f"{url}#a-visas")
        for organisme in visas_absents(candidature)
    ]


def avertissements(candidature: Candidature) -> list[str]:
    """What is worth knowing before the deposit, and does not prevent it."""
    visas = list(candidature.visas.select_related("organisme"))
    reserves = [v for v in visas if v.avis == AvisVisa.RESERVE]
    phrases = [f"{visa.organisme} a donné un avis réservé." for visa in reserves]
    anciens = perimes(candidature, visas)
    phrases += [phrase(visa) for visa in visas if visa.pk in anciens]
    if candidature.appel.visas == RegleVisas.SOUHAITES:
        phrases += [f"{o} n’a pas encore donné son visa." for o in visas_absents(candidature)]
    etranger = pilote_etranger(candidature)
    return ([etranger] if etranger else []) + phrases + avertissements_emprise(candidature)


def manques(candidature: Candidature, commences=()) -> list[Manque]:
    """Empty when the candidature may be deposited. `commences`: when this deposit began."""
    return (
        manques_fenetre(candidature, commences)
        + _manques_identite(candidature)
        + _manques_redaction(candidature)
        + manques_questions(candidature)
        + _manques_pieces(candidature)
        + _manques_eligibilite(candidature)
        + _manques_visas(candidature)
    )
