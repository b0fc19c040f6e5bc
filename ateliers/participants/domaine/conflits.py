"""All the conflicts of a séance: those of its team and room, of its people, of its size."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from ateliers.agendas.domaine.occupes import periodes
from ateliers.participants.choix import NE_VIENNENT_PAS
from ateliers.participants.models import Invitation
from ateliers.programme.domaine.publie import heures_de
from ateliers.seances.choix import EtatSeance, GenreConflit, Severite
from ateliers.seances.domaine.conflits import (
    PREVUES,
    Conflit,
    adoucir,
    conflits_d_occupation,
    connus,
)
from ateliers.seances.domaine.exterieur import conflits_exterieurs
from ateliers.seances.domaine.severites import severites
from socle.erreurs import confirmer
from socle.interface.templatetags.interface import pluriel

MONTRES = 3


def conflits(seance, *, par) -> list[Conflit]:
    """As the séance stands, the most serious first."""
    if not (seance.debut_prevu and seance.fin_prevu):
        return []
    regles = severites()
    trouves = conflits_d_occupation(seance, par=par, regles=regles)
    trouves += _personnes(seance, regles, par)
    trouves += _capacite(seance, regles)
    trouves += conflits_exterieurs(seance, regles, par)
    return sorted(trouves, key=lambda c: not c.bloquant)


def _personnes(seance, regles, par) -> list[Conflit]:
    """The same address invited elsewhere at the same moment, or busy by its own diary."""
    if regles[GenreConflit.PERSONNE] == Severite.IGNORER:
        return []
    siennes = Invitation.objects.filter(seance=seance).exclude(participant__courriel="")
    adresses = siennes.annotate(a=Lower("participant__courriel")).values("a")
    pris = periodes(*heures_de(seance)).filter(adresse=OuterRef("a"))
    ailleurs = ~Q(seance=seance.pk) & Q(
        a__in=adresses,
        seance__etat__in=PREVUES,
        seance__debut_prevu__lt=seance.fin_prevu,
        seance__fin_prevu__gt=seance.debut_prevu,
    )
    trouvees = (
        Invitation.objects.annotate(a=Lower("participant__courriel"))
        .filter(ailleurs | Q(Exists(pris), seance=seance.pk))
        .exclude(reponse__in=NE_VIENNENT_PAS)
        .select_related("participant", "seance__atelier")
        .order_by("seance_id", "participant__nom", "pk")
    )
    par_seance = defaultdict(list)
    for invitation in trouvees:
        par_seance[invitation.seance].append(invitation.participant.nom_complet)
    indisponibles = par_seance.pop(seance, [])
    nommables = connus(par, {s.atelier_id for s in par_seance})
    conflits = [_conflit(s, noms, regles, nommables) for s, noms in par_seance.items()]
    return conflits + _indisponibles(indisponibles, regles)


def _indisponibles(noms, regles) -> list[Conflit]:
    """It warns, it never forbids, and never says with what."""
    if not noms:
        return []
    severite = adoucir(regles[GenreConflit.PERSONNE], False)
    debut = "Indisponibles à ce moment" if len(noms) > 1 else "Indisponible à ce moment"
    return [Conflit(GenreConflit.PERSONNE, severite, f"{debut} : {_enumerer(noms)}.")]


def _enumerer(noms) -> str:
    qui = ", ".join(noms[:MONTRES])
    if (reste := len(noms) - MONTRES) > 0:
        qui += f" et {reste} autres" if reste > 1 else " et une autre personne"
    return qui


def _conflit(autre, noms, regles, nommables) -> Conflit:
    severite = adoucir(regles[GenreConflit.PERSONNE], autre.etat == EtatSeance.CONVOQUEE)
    qui = _enumerer(noms)
    ou = f"à « {autre.titre} », {autre.atelier.nom}"
    if autre.atelier_id not in nommables:
        ou = "par un autre atelier"
    debut = "Invités au même moment" if len(noms) > 1 else "Invitation au même moment"
    return Conflit(GenreConflit.PERSONNE, severite, f"{debut} {ou} : {qui}.")


def _capacite(seance, regles) -> list[Conflit]:
    if seance.salle_id is None or seance.salle.capacite is None:
        return []
    if regles[GenreConflit.CAPACITE] == Severite.IGNORER:
        return []
    convies = Invitation.objects.filter(seance=seance).exclude(reponse__in=NE_VIENNENT_PAS).count()
    if convies <= seance.salle.capacite:
        return []
    places = pluriel(seance.salle.capacite, "place")
    phrase = f"« {seance.salle} » a {places}, et {convies} personnes sont invitées."
    return [Conflit(GenreConflit.CAPACITE, regles[GenreConflit.CAPACITE], phrase)]


def a_confirmer(trouves: list[Conflit]) -> list[Conflit]:
    """School holidays alone are shown with the séance, and stop nobody who dates it."""
    seuls = all(c.genre == GenreConflit.VACANCES and not c.bloquant for c in trouves)
    return [] if seuls else trouves


def confirmer_lieu(seance, *, deja, par, confirmes) -> None:
    """A séance described again: only what its new place brings is asked, never its date."""
    lieux = (GenreConflit.LIEU, GenreConflit.CAPACITE)
    if trouves := [c for c in conflits(seance, par=par) if c.genre in lieux and c not in deja]:
        phrases = " ".join(c.phrase for c in trouves)
        confirmer("conflits", f"{phrases} Cochez pour garder ce lieu.", confirmes, champ="lieu")


def confirmer_conflits(seance, *, par, confirmes) -> None:
    """Dating is free: conflicts are shown, and the date kept once they were read."""
    if trouves := a_confirmer(conflits(seance, par=par)):
        phrases = " ".join(c.phrase for c in trouves)
        confirmer(
            "conflits",
            f"{phrases} Cochez pour garder cette date malgré tout.",
            confirmes,
            champ="jour_debut",
        )
