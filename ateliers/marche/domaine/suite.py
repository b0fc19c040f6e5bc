"""The next act of a consultation, named and linked: for the pilot, or for an analyst."""

from __future__ import annotations

from django.urls import reverse

from ateliers.marche.choix import EtatConsultation as E
from ateliers.parcours.choix import EtatAtelier
from socle.interface.templatetags.interface import pluriel

RIEN = ("", "")


def suite_de(atelier, consultation, lignes, manques, *, pilote, envoi=None) -> tuple[str, str]:
    """(sentence, address), or nothing when this person has nothing to do here.

    `envoi`: the letters prepared, which nobody has sent yet.
    """
    if envoi is not None and pilote:
        return "Relire et envoyer les lettres préparées", envoi.get_absolute_url()
    if consultation is None or consultation.etat == E.SANS_SUITE:
        adresse = reverse("ateliers:marche_reglement", args=[atelier.slug])
        return ("Écrire le règlement de la consultation", adresse) if pilote else RIEN
    if consultation.etat == E.ANALYSE:
        return _analyse(lignes, manques, pilote)
    if not pilote:
        return RIEN
    return {E.PREPARATION: _preparation, E.RECUEIL: _recueil, E.ATTRIBUEE: _attribuee}[
        E(consultation.etat)
    ](atelier, consultation, manques)


def _preparation(atelier, consultation, manques):
    if manques:
        return manques[0].phrase.rstrip("."), manques[0].url or "#reglement"
    return "Fixer le règlement", "#reglement"


def _recueil(atelier, consultation, manques):
    if manques:
        return "Enregistrer les offres reçues", reverse(
            "ateliers:offre_nouvelle", args=[atelier.slug]
        )
    return "Ouvrir les plis", reverse("ateliers:marche_ouvrir", args=[atelier.slug])


def _analyse(lignes, manques, pilote):
    a_noter = [ligne for ligne in lignes if ligne.peut_noter]
    if a_noter:
        return f"Noter {pluriel(len(a_noter), 'offre')}", f"#offre-{a_noter[0].offre.pk}"
    if not pilote:
        return RIEN
    if arretables := [ligne for ligne in lignes if ligne.peut_arreter]:
        numero = arretables[0].offre.numero
        return f"Arrêter la note de l’offre n° {numero}", f"#offre-{arretables[0].offre.pk}"
    if any(ligne.en_attente for ligne in lignes):
        return "Attendre que chaque analyste rende ses notes", "#analystes"
    if manques:
        return manques[0].phrase.rstrip("."), "#offres"
    return "Retenir l’équipe classée première", "#classement"


def _attribuee(atelier, consultation, manques):
    if not consultation.signataire:
        return "Envoyer les lettres aux candidats", reverse(
            "ateliers:marche_lettres", args=[atelier.slug]
        )
    if atelier.etat != EtatAtelier.CADRAGE:
        return RIEN
    return "Préparer le contrat", reverse("ateliers:cadrage", args=[atelier.slug]) + "#contrats"
