"""What a séance collides with, over [start, end): two that only touch do not collide."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Coalesce, JSONObject

from ateliers.parcours.droits import visibles_par
from ateliers.seances.choix import EtatSeance, GenreConflit, GenreOccupation, Severite
from ateliers.seances.domaine.severites import severites
from ateliers.seances.models import Occupation, Seance
from socle.territoires.texte import developper

_QUOI = Coalesce(F("organisme__nom"), F("lieu__nom"))
PREVUES = (EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE)


@dataclass(frozen=True)
class Conflit:
    genre: str
    severite: str
    phrase: str

    @property
    def bloquant(self) -> bool:
        return self.severite == Severite.BLOQUER


def se_chevauchent(un, autre) -> bool:
    """Half-open intervals; an empty one collides with nothing. As PostgreSQL's && does."""
    (a, b), (c, d) = un, autre
    return a < b and c < d and a < d and c < b


def adoucir(severite, autre_publiee: bool) -> str:
    """What is only planned elsewhere warns: the first to publish has it."""
    if severite == Severite.BLOQUER and not autre_publiee:
        return Severite.AVERTIR
    return severite


def connus(utilisateur, ateliers) -> set[int]:
    """Those of these ateliers that the user may hear named."""
    if utilisateur is None or not ateliers:
        return set()
    return set(visibles_par(utilisateur).filter(pk__in=ateliers).values_list("pk", flat=True))


def par_qui(seance, nommables: set[int]) -> str:
    if seance.atelier_id in nommables:
        return f"par « {seance.titre} », {seance.atelier.nom}"
    return "par un autre atelier"


def conflits_d_occupation(seance, *, par, regles=None) -> list[Conflit]:
    """Team and room, as the séance stands; the same place typed by hand. One query, and names.

    `regles`: severities already read.
    """
    if not (seance.debut_prevu and seance.fin_prevu) or seance.debut_prevu == seance.fin_prevu:
        return []
    regles = severites() if regles is None else regles
    autres = _au_meme_moment(seance)
    prises = [(autre, prise) for autre in autres for prise in autre.prises]
    prises.sort(key=lambda p: (p[1]["genre"], p[1]["pk"]))
    retenus = {autre.pk for autre, prise in prises if prise["genre"] == GenreOccupation.LIEU}
    ecrits = [a for a in autres if a.pk not in retenus and meme_lieu(seance, a)]
    nommables = connus(par, {a.atelier_id for a, _ in prises} | {a.atelier_id for a in ecrits})
    lignes = [
        Conflit(p["genre"], adoucir(regles[p["genre"]], p["ferme"]), _phrase(autre, p, nommables))
        for autre, p in prises
    ]
    lignes += [
        Conflit(GenreConflit.LIEU, Severite.AVERTIR, _phrase_ecrit(seance, autre, nommables))
        for autre in ecrits
    ]
    return [c for c in lignes if regles[c.genre] != Severite.IGNORER]


def _au_meme_moment(seance) -> list[Seance]:
    """The other dated séances, with what they take of ours (`prises`)."""
    equipes = seance.atelier.intervenants.values("pk")
    prises = Occupation.objects.filter(
        Q(genre=GenreOccupation.EQUIPE, organisme__in=equipes)
        | Q(genre=GenreOccupation.LIEU, lieu=seance.salle_id),
        periode__overlap=(seance.debut_prevu, seance.fin_prevu),
        seance=OuterRef("pk"),
    ).values(ligne=JSONObject(pk="pk", genre="genre", ferme="ferme", quoi=_QUOI))
    return list(
        Seance.objects.filter(
            etat__in=PREVUES,
            debut_prevu__lt=seance.fin_prevu,
            fin_prevu__gt=seance.debut_prevu,
        )
        .exclude(pk=seance.pk)
        .annotate(prises=ArraySubquery(prises))
        .filter(~Q(lieu="") | Q(prises__len__gt=0))
        .select_related("atelier", "salle__commune")
        .order_by("pk")
    )


def meme_lieu(un, autre) -> bool:
    """One of them at least typed by hand: the same name, in the same commune.

    Of « Mairie » in two ateliers, nothing is known without the commune.
    """
    nom = developper(un.lieu)
    if not nom or nom != developper(autre.lieu) or un.salle_id and autre.salle_id:
        return False
    if un.atelier_id == autre.atelier_id:
        return True
    adresses = [developper(s.adresse) for s in (un, autre)]
    if all(adresses) and adresses[0] == adresses[1]:
        return True
    communes = {developper(s.salle.commune.nom) for s in (un, autre) if s.salle and s.salle.commune}
    return any(
        all(f" {commune} " in f" {developper(f'{s.lieu} {s.adresse}')} " for s in (un, autre))
        for commune in communes
    )


def _phrase(autre, prise, nommables) -> str:
    qui = par_qui(autre, nommables)
    verbe = "est déjà retenu" if prise["ferme"] else "est aussi pressenti"
    if prise["genre"] == GenreConflit.EQUIPE:
        return f"L’équipe « {prise['quoi']} » {verbe}e au même moment {qui}."
    return f"Le lieu « {prise['quoi']} » {verbe} au même moment {qui}."


def _phrase_ecrit(seance, autre, nommables) -> str:
    """What to do: the room of the list is what nobody can take twice."""
    qui = par_qui(autre, nommables)
    phrase = f"Le lieu « {autre.lieu} » semble déjà pris au même moment {qui}"
    if seance.salle_id:
        return f"{phrase}. Son nom y est écrit à la main : vérifiez que c’est bien le même lieu."
    if autre.salle_id:
        return f"{phrase}. Choisissez-le dans la liste des lieux connus."
    return f"{phrase}. Ajoutez-le à la liste des lieux pour qu’il ne soit retenu qu’une fois."
