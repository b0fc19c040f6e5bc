"""What forbids or advises against a date: holidays, electoral reserve, declared absences.

The rooms below ask through `ateliers.seances.domaine.exterieur`.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from django.db.models import Q

from ateliers.calendrier.domaine.jours import METROPOLE, UN_JOUR
from ateliers.calendrier.domaine.ressources import intervalles
from ateliers.calendrier.droits import peut_voir_disponibilites
from ateliers.calendrier.models import Indisponibilite, PeriodeReserve
from ateliers.calendrier.solveur.geographie import ZONES, ferie, vacances
from ateliers.participants.choix import Reponse
from ateliers.participants.models import Invitation
from ateliers.programme.domaine.publie import heures_de
from ateliers.seances.choix import GenreConflit, Severite
from ateliers.seances.domaine.conflits import Conflit, se_chevauchent
from socle.interface.templatetags.interface import date_courte, date_longue
from socle.territoires.models import Perimetre

ABSENTS = (Reponse.DECLINE, Reponse.DELEGUE)


def _codes(atelier) -> list[str]:
    """One query, unless the page has read them with the séance (`departements_lus`)."""
    if lus := getattr(atelier, "departements_lus", None):
        return sorted(lus)
    liens = Perimetre.departements.through.objects.filter(perimetre=atelier.perimetre_id)
    return sorted(liens.values_list("departement__code", flat=True)) or [METROPOLE]


def _reserves(codes, du: date, au: date):
    """The electoral reserves of these départements that touch these days."""
    return (
        PeriodeReserve.objects.filter(debut__lte=au, fin__gte=du)
        .filter(Q(departements__isnull=True) | Q(departements__code__in=codes))
        .distinct()
    )


def mentions(atelier, jours: list[date]) -> dict[date, str]:
    """In a word or two, for a grid of days to choose from."""
    if not jours:
        return {}
    codes = _codes(atelier)
    reserves = list(_reserves(codes, min(jours), max(jours)))
    dites = {jour: _mention(jour, codes, reserves) for jour in jours}
    return {jour: mot for jour, mot in dites.items() if mot}


def _mention(jour, codes, reserves) -> str:
    if any(ferie(code, jour) for code in codes):
        return "férié"
    if any(r.debut <= jour <= r.fin for r in reserves):
        return "réserve"
    return "vacances" if any(vacances(code, jour) for code in codes) else ""


def conflits(seance, regles, par) -> list[Conflit]:
    """Three queries, whatever is declared."""
    codes = _codes(seance.atelier)
    du, au = (i.astimezone(seance.zone).date() for i in (seance.debut_prevu, seance.fin_prevu))
    jours = [du + timedelta(days=n) for n in range((au - du).days + 1)]
    trouves = [
        *_feries(codes, jours, regles),
        *_reserve(codes, du, au, regles),
        *_vacances(codes, jours, regles),
    ]
    if regles[GenreConflit.ABSENCE] != Severite.IGNORER:
        trouves += _absences(seance, du, regles[GenreConflit.ABSENCE], par)
    return [c for c in trouves if c.severite != Severite.IGNORER]


def _feries(codes, jours, regles):
    for jour in jours:
        if nom := next((n for n in (ferie(c, jour) for c in codes) if n), ""):
            phrase = f"Le {date_longue(jour)} est férié ({nom})."
            yield Conflit(GenreConflit.FERIE, regles[GenreConflit.FERIE], phrase)


def _reserve(codes, du, au, regles):
    for periode in _reserves(codes, du, au):
        severite = regles[GenreConflit.RESERVE]
        if severite == Severite.BLOQUER and not periode.bloquante:
            severite = Severite.AVERTIR
        bornes = f"du {date_courte(periode.debut)} au {date_courte(periode.fin)}"
        phrase = f"Réserve électorale {bornes} : {periode.nom}."
        yield Conflit(GenreConflit.RESERVE, severite, phrase)


def _vacances(codes, jours, regles):
    zones = sorted({ZONES[c] for c in codes if any(vacances(c, j) for j in jours)})
    if zones:
        dites = " et ".join(zones)
        phrase = f"C’est pendant les vacances scolaires (zone{'s' * (len(zones) > 1)} {dites})."
        yield Conflit(GenreConflit.VACANCES, regles[GenreConflit.VACANCES], phrase)


def _absences(seance, du, severite, par):
    """Of who is invited and has not declined, and of the pilot, the carriers and the team."""
    invites = Invitation.objects.filter(seance=seance).exclude(reponse__in=ABSENTS)
    atelier = seance.atelier
    lignes = Indisponibilite.objects.filter(
        Q(atelier=atelier, participant__in=invites.values("participant"))
        | Q(organisme=atelier.service_pilote_id)
        | Q(organisme__in=atelier.porteurs.values("pk"))
        | Q(organisme__in=atelier.intervenants.values("pk"))
    )
    lignes = list(lignes.select_related("participant", "organisme").order_by("pk"))
    if not lignes:
        return
    heures = heures_de(seance)
    prises = [ligne for ligne in lignes if _touche(ligne, heures, du)]
    nomme = par is not None and peut_voir_disponibilites(par, atelier)
    for sujet, groupe in groupby(prises, key=lambda ligne: ligne.sujet):
        qui = f"« {sujet} »" if nomme else "Une personne attendue"
        quand = f" : {next(groupe).quand}" if nomme else ""
        yield Conflit(GenreConflit.ABSENCE, severite, f"{qui} n’est pas disponible{quand}.")


def _touche(ligne, heures, du) -> bool:
    au = max(fin for _, fin in heures).date() + UN_JOUR
    plages = intervalles(ligne, du - UN_JOUR, au)
    return any(se_chevauchent((p.debut, p.fin), heure) for p in plages for heure in heures)
