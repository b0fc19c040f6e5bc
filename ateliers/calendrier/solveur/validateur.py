"""Checks a proposed calendar again, from its dates alone: shares nothing with the model."""

from __future__ import annotations

from datetime import datetime, timedelta

from ateliers.calendrier.solveur.geographie import ferie, jours_francs, vacances
from ateliers.calendrier.solveur.probleme import HEURES, Date, Probleme, Seance


def fautes(probleme: Probleme, dates: tuple[Date, ...]) -> list[str]:
    """What is wrong, one sentence each; nothing when the calendar holds."""
    par_cle = {d.seance: d for d in dates}
    if set(par_cle) != {s.cle for s in probleme.seances} or len(dates) != len(probleme.seances):
        return ["Le calendrier ne place pas chaque séance une fois."]
    trouvees = []
    for seance in probleme.seances:
        date = par_cle[seance.cle]
        if seance.epingle:
            if (date.debut, date.fin) != (seance.epingle.debut, seance.epingle.fin):
                trouvees.append(f"« {seance.titre} » n’est pas à la date fixée.")
        else:
            trouvees += _forme(seance, date) or _date(probleme, seance, date)
    return trouvees + _enchainements(probleme, par_cle) + _partages(probleme, par_cle)


def _touche(plages, debut: datetime, fin: datetime) -> bool:
    a, b = debut.timestamp(), fin.timestamp()
    return any(d.timestamp() < b and a < f.timestamp() for d, f in plages)


def _forme(seance: Seance, date: Date) -> list[str]:
    """Half-days on the hour, one after the other, without a hole; an evening only alone."""
    suite = []
    for debut, fin in date.plages:
        heures = (debut.time(), fin.time())
        if heures not in HEURES or debut.date() != fin.date():
            return [f"« {seance.titre} » : horaire inattendu."]
        suite.append((debut.date(), HEURES.index(heures)))
    if len(suite) != seance.demi_journees:
        return [f"« {seance.titre} » : durée inexacte."]
    if any(m == 2 for _, m in suite) and not (len(suite) == 1 and seance.soir):
        return [f"« {seance.titre} » : soirée inattendue."]
    if len(suite) % 2 == 0 and suite[0][1] != 0:
        return [f"« {seance.titre} » : commence l’après-midi."]
    for (jour, moment), suivant in zip(suite, suite[1:], strict=False):
        attendu = (jour, 1) if moment == 0 else (jour + timedelta(days=1), 0)
        if suivant != attendu:
            return [f"« {seance.titre} » : interrompue."]
    return []


def _date(probleme, seance, date):
    trouvees = []
    departement = seance.site.departement
    for jour in sorted({debut.date() for debut, _ in date.plages}):
        if not seance.debut <= jour <= seance.fin:
            trouvees.append(f"« {seance.titre} » : hors de la période demandée.")
        if jour.weekday() == 6 or jour.weekday() == 5 and not seance.samedi:
            trouvees.append(f"« {seance.titre} » : un jour de fin de semaine.")
        if ferie(departement, jour):
            trouvees.append(f"« {seance.titre} » : un jour férié.")
        if probleme.vacances == "interdire" and vacances(departement, jour):
            trouvees.append(f"« {seance.titre} » : pendant les vacances scolaires.")
        trouvees += [
            f"« {seance.titre} » : pendant la réserve « {r.nom} »."
            for r in probleme.reserves
            if r.bloquante and r.debut <= jour <= r.fin
            if not r.departements or departement in r.departements
        ]
    return trouvees + _gens(probleme, seance, date)


def _gens(probleme, seance, date):
    def present(cle):
        absences = probleme.ressource(cle).indisponibilites
        return not any(_touche(date.plages, i.debut, i.fin) for i in absences)

    trouvees = [
        f"« {seance.titre} » : {probleme.ressource(cle).nom} n’est pas libre."
        for cle in (*seance.obligatoires, *([seance.lieu] if seance.lieu else []))
        if not present(cle)
    ]
    for college, nombre in seance.quorums:
        membres = {*seance.obligatoires, *seance.facultatives}
        presents = [c for c in membres if probleme.ressource(c).college == college and present(c)]
        if len(presents) < nombre:
            trouvees.append(f"« {seance.titre} » : quorum non atteint.")
    return trouvees


def _enchainements(probleme, par_cle):
    seances, trouvees = {s.cle: s for s in probleme.seances}, []

    def jour(cle, instant):
        return instant.astimezone(seances[cle].site.zone).date()

    for e in probleme.ecarts:
        avant, apres = par_cle[e.avant], par_cle[e.apres]
        if seances[e.avant].epingle and seances[e.apres].epingle:
            continue
        jours = (jour(e.apres, apres.debut) - jour(e.avant, avant.fin)).days
        if apres.debut.timestamp() < avant.fin.timestamp():
            trouvees.append(f"« {seances[e.apres].titre} » : avant la séance qui la précède.")
        elif jours < e.min_jours or e.max_jours is not None and jours > e.max_jours:
            trouvees.append(f"« {seances[e.apres].titre} » : écart non tenu.")
    for d in probleme.durees:
        if seances[d.premiere].epingle and seances[d.derniere].epingle:
            continue
        fin = jour(d.derniere, par_cle[d.derniere].fin)
        if (fin - jour(d.premiere, par_cle[d.premiere].debut)).days >= d.max_jours:
            trouvees.append("La durée du dispositif est dépassée.")
    return trouvees


def _partages(probleme, par_cle):
    trouvees = []
    for rang, un in enumerate(probleme.seances):
        for autre in probleme.seances[rang + 1 :]:
            communs = {*un.obligatoires} & {*autre.obligatoires}
            if not communs and not (un.lieu and un.lieu == autre.lieu):
                continue
            if un.epingle and autre.epingle:
                continue
            if _trop_proches(un, par_cle[un.cle], autre, par_cle[autre.cle]):
                trouvees.append(f"« {un.titre} » et « {autre.titre} » se gênent.")
    return trouvees


def _trop_proches(un, date, autre, autre_date) -> bool:
    if date.debut.timestamp() > autre_date.debut.timestamp():
        un, date, autre, autre_date = autre, autre_date, un, date
    if autre_date.debut.timestamp() < date.fin.timestamp():
        return True
    fin = date.fin.astimezone(un.site.zone).date()
    debut = autre_date.debut.astimezone(autre.site.zone).date()
    francs = jours_francs(un.site, autre.site)
    return francs > 0 and (debut - fin).days <= francs
