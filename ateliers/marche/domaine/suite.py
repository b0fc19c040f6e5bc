"""The next act of a consultation, named and linked: for the pilot, or for an analyst."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from ateliers.cadrage.domaine.suite import RIEN, regler, suite_apres_cahier
from ateliers.marche.choix import EtatConsultation as E
from ateliers.parcours.choix import EtatAtelier
from socle.interface.templatetags.interface import date_longue, pluriel

LETTRES_PRETES = "Relire et envoyer les lettres préparées"


def suite_de(atelier, consultation, lignes, manques, *, pilote, envoi=None) -> tuple[str, str]:
    """(sentence, address), or nothing when this person has nothing to do here.

    `envoi`: the letters prepared, which nobody has sent yet.
    """
    if envoi is not None and pilote:
        return LETTRES_PRETES, envoi.get_absolute_url()
    if consultation is None or consultation.etat == E.SANS_SUITE:
        return regler(atelier) if pilote else RIEN
    if consultation.etat == E.ANALYSE:
        return _analyse(lignes, manques, pilote)
    if not pilote:
        return RIEN
    return {E.PREPARATION: _preparation, E.RECUEIL: _recueil, E.ATTRIBUEE: _attribuee}[
        E(consultation.etat)
    ](atelier, consultation, manques)


def _page(atelier, ancre: str) -> str:
    return reverse("ateliers:marche", args=[atelier.slug]) + ancre


def _preparation(atelier, consultation, manques):
    if manques:
        return manques[0].phrase.rstrip("."), manques[0].url or _page(atelier, "#reglement")
    return "Fixer le règlement", _page(atelier, "#reglement")


def _recueil(atelier, consultation, manques):
    if consultation.ouverture_le > timezone.now():
        jour = date_longue(timezone.localtime(consultation.ouverture_le))
        phrase = f"Enregistrer les offres qui arrivent, jusqu’au {jour}"
        return phrase, reverse("ateliers:offre_nouvelle", args=[atelier.slug])
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


def _lettres(atelier, consultation):
    if consultation.signataire:
        return RIEN
    return "Envoyer les lettres aux candidats", reverse(
        "ateliers:marche_lettres", args=[atelier.slug]
    )


def _attribuee(atelier, consultation, manques):
    lettres = _lettres(atelier, consultation)
    if lettres != RIEN or atelier.etat != EtatAtelier.CADRAGE:
        return lettres
    return suite_apres_cahier(atelier)


def suite_du_choix(atelier, consultation, *, manques, envoi) -> tuple[str, str]:
    """What the pilot does next for the choice itself, without reading the offers one by one.

    `manques()`, `envoi()`: what the state waits for, the letters prepared; read when needed.
    """
    if consultation.etat == E.ANALYSE:
        return "Analyser les offres et choisir l’équipe", _page(atelier, "#offres")
    if consultation.etat == E.ATTRIBUEE:
        if envoi := envoi():
            return LETTRES_PRETES, envoi.get_absolute_url()
        return _lettres(atelier, consultation)
    etape = {E.PREPARATION: _preparation, E.RECUEIL: _recueil}[E(consultation.etat)]
    return etape(atelier, consultation, manques())
