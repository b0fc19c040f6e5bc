"""Checks a proposed calendar again, from its dates alone: shares nothing with the model.

Hours, holidays and distances are its own too (`temoins`). `fautes` forbids; `ecarts_aux_regles`
tells what the pilot fixed against a rule, which is theirs to decide.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from ateliers.calendrier.solveur.comptage import comptes_deux_fois
from ateliers.calendrier.solveur.durees import duree
from ateliers.calendrier.solveur.probleme import Date, Probleme, Seance
from ateliers.calendrier.solveur.recurrence import jour as jour_dit
from ateliers.calendrier.solveur.temoins import chome, conges, nuits

HEURES = (
    (time(9), time(12, 30)),
    (time(14), time(17, 30)),
    (time(18), time(21)),
)


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
    deux = _enchainements(probleme, par_cle) + _partages(probleme, par_cle)
    trouvees += [phrase for phrase, tenue in deux if tenue]
    return trouvees or comptes_deux_fois(probleme, par_cle, _trop_proches, _libre)


def ecarts_aux_regles(probleme: Probleme, dates: tuple[Date, ...]) -> list[str]:
    """What dates fixed by hand break, one sentence each: the pilot may have good reasons."""
    par_cle = {d.seance: d for d in dates}
    trouvees = []
    for seance in probleme.seances:
        if seance.epingle and not seance.epingle.programmee:
            trouvees += _date(probleme, seance, par_cle[seance.cle])
    deux = _enchainements(probleme, par_cle) + _partages(probleme, par_cle)
    return trouvees + [phrase for phrase, tenue in deux if not tenue]


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


def _jours(seance, date) -> list:
    """Every day it touches, on the clock of the site: what is fixed is one long interval."""
    jours = set()
    for debut, fin in date.plages:
        jour, dernier = (i.astimezone(seance.site.zone).date() for i in (debut, fin))
        while jour <= dernier:
            jours.add(jour)
            jour += timedelta(days=1)
    return sorted(jours)


def _date(probleme, seance, date):
    trouvees = []
    departement = seance.site.departement
    for jour in _jours(seance, date):
        if not seance.debut <= jour <= seance.fin:
            trouvees.append(f"« {seance.titre} » : hors de la période demandée.")
        if jour.weekday() == 6 or jour.weekday() == 5 and not seance.samedi:
            trouvees.append(f"« {seance.titre} » : un jour de fin de semaine.")
        if chome(departement, jour):
            trouvees.append(f"« {seance.titre} » : un jour férié.")
        if probleme.vacances == "interdire" and conges(departement, jour):
            trouvees.append(f"« {seance.titre} » : pendant les vacances scolaires.")
        trouvees += [
            f"« {seance.titre} » : pendant la réserve « {r.nom} »."
            for r in probleme.reserves
            if r.bloquante and r.debut <= jour <= r.fin
            if not r.departements or departement in r.departements
        ]
    return trouvees + _gens(probleme, seance, date)


def _heures(seance, date) -> list:
    """Day by day, from its first to its last hour, lunch included; then its evenings apart."""
    zone, par_jour = seance.site.zone, {}
    for debut, fin in ((d.astimezone(zone), f.astimezone(zone)) for d, f in date.plages):
        for n in range((fin.date() - debut.date()).days + 1):
            # Fixed by hand, over a night: that night is nobody's.
            jour = debut.date() + timedelta(days=n)
            de = debut if n == 0 else datetime.combine(jour, time(9), zone)
            a = fin if jour == fin.date() else datetime.combine(jour, time(17, 30), zone)
            connue = par_jour.setdefault(jour, [de, a])
            connue[0], connue[1] = min(connue[0], de), max(connue[1], a)
    premier = date.debut.astimezone(zone).replace(hour=0, minute=0)
    soirees = [
        tuple(premier + timedelta(days=jour, minutes=n) for n in (de, a))
        for jour, de, a in seance.hors
    ]
    return [*par_jour.values(), *soirees]


def _present(ressource, prises, date) -> bool:
    return not any(
        _touche([(date.debut, date.fin)] if i.seance else prises, i.debut, i.fin)
        for i in ressource.indisponibilites
    )


def _libre(ressource, seance, date) -> bool:
    return _present(ressource, _heures(seance, date), date)


def _gens(probleme, seance, date):
    prises = _heures(seance, date)

    def present(cle):
        return _present(probleme.ressource(cle), prises, date)

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
    """(sentence, whether it forbids the calendar): between two fixed dates, only a strict order."""
    seances, trouvees = {s.cle: s for s in probleme.seances}, []

    def local(cle, instant):
        return instant.astimezone(seances[cle].site.zone).date()

    for e in probleme.ecarts:
        avant, apres = par_cle[e.avant], par_cle[e.apres]
        un, autre = seances[e.avant], seances[e.apres]
        libre = not (un.epingle and autre.epingle)
        jours = (local(e.apres, apres.debut) - local(e.avant, avant.fin)).days
        if apres.debut.timestamp() < avant.fin.timestamp():
            tenue = libre or e.strict and not (un.epingle.programmee and autre.epingle.programmee)
            trouvees.append((f"« {autre.titre} » vient avant « {un.titre} ».", tenue))
        elif jours < e.min_jours:
            dite = f"le minimum est de {duree(e.min_jours)}"
            trouvees.append((_ecart(un, avant, autre, apres, jours, dite), libre))
        elif e.max_jours is not None and jours > e.max_jours:
            dite = f"le maximum est de {duree(e.max_jours)}"
            trouvees.append((_ecart(un, avant, autre, apres, jours, dite), libre))
    for d in probleme.durees:
        libre = not (seances[d.premiere].epingle and seances[d.derniere].epingle)
        debut = local(d.premiere, par_cle[d.premiere].debut)
        derniere = par_cle[d.derniere]
        if (local(d.derniere, derniere.fin) - debut).days >= d.max_jours:
            trouvees.append(("La durée du dispositif est dépassée.", libre))
        if (local(d.derniere, derniere.debut) - debut).days < d.min_jours:
            trouvees.append(("La durée du dispositif n’est pas atteinte.", libre))
    return trouvees


def _ecart(un, avant, autre, apres, jours, regle) -> str:
    """Both dates, what separates them and what should."""
    debut = apres.debut.astimezone(autre.site.zone).date()
    fin = avant.fin.astimezone(un.site.zone).date()
    return (
        f"« {autre.titre} » ({jour_dit(debut)}) vient {duree(jours)} après « {un.titre} » "
        f"({jour_dit(fin)}) : {regle}."
    )


def _partages(probleme, par_cle):
    trouvees = []
    for rang, un in enumerate(probleme.seances):
        for autre in probleme.seances[rang + 1 :]:
            communs = {*un.obligatoires} & {*autre.obligatoires}
            if not communs and not (un.lieu and un.lieu == autre.lieu):
                continue
            if _trop_proches(un, par_cle[un.cle], autre, par_cle[autre.cle]):
                phrase = f"« {un.titre} » et « {autre.titre} » se gênent."
                trouvees.append((phrase, not (un.epingle and autre.epingle)))
    return trouvees


def _trop_proches(un, date, autre, autre_date) -> bool:
    if date.debut.timestamp() > autre_date.debut.timestamp():
        un, date, autre, autre_date = autre, autre_date, un, date
    if autre_date.debut.timestamp() < date.fin.timestamp():
        return True
    fin = date.fin.astimezone(un.site.zone).date()
    debut = autre_date.debut.astimezone(autre.site.zone).date()
    francs = nuits(un.site, autre.site)
    return francs > 0 and (debut - fin).days <= francs
