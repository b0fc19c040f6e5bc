"""Every calendar of a small problem, by trying them all. Shares nothing with the engine.

Days are dates, hours are read from the clock, the rules are written again; `temoins` says what day
is a holiday. `sans`: the rules of the page that are dropped, as `Contrainte.critere` names them.
"""

from datetime import datetime, time, timedelta
from itertools import combinations, permutations, product

from ateliers.calendrier.solveur.temoins import chome, conges, nuits

HEURES = ((time(9), time(12, 30)), (time(14), time(17, 30)), (time(18), time(21)))


def plages_possibles(seance, jour):
    """The intervals that a séance may take from that day on."""
    zone = seance.site.zone
    for depart in range(3):
        moments, quand, rang = [], jour, depart
        while len(moments) < seance.demi_journees:
            debut, fin = HEURES[rang]
            moments.append(
                (datetime.combine(quand, debut, zone), datetime.combine(quand, fin, zone))
            )
            quand, rang = (quand, 1) if rang == 0 else (quand + timedelta(days=1), 0)
        if depart == 2 and seance.demi_journees > 1:
            continue
        if depart == 1 and seance.demi_journees % 2 == 0:
            continue
        yield tuple(moments)


def candidats(probleme, seance, sans, marge):
    """What is left of a séance alone."""
    if seance.epingle and ("epingle", seance.cle) not in sans:
        return [((seance.epingle.debut, seance.epingle.fin),)]
    jour, resultat = probleme.debut, []
    dernier = max(s.fin for s in probleme.seances) + timedelta(days=marge)
    while jour <= dernier:
        for plages in plages_possibles(seance, jour):
            if plages[-1][1].date() <= dernier and (
                seance.epingle or not any(r not in sans for r in brisees(probleme, seance, plages))
            ):
                resultat.append(plages)
        jour += timedelta(days=1)
    return resultat


def brisees(probleme, seance, plages):
    """Rules of one séance that these hours break."""
    jours = {debut.date() for debut, _ in plages}
    departement = seance.site.departement
    if plages[0][0].time() == time(18) and not seance.soir:
        yield ("soir",)
    heures = sa_presence(seance, plages)
    if any(not seance.debut <= j <= seance.fin for j in jours):
        yield ("fenetre",)
    yield from jours_refuses(probleme, seance, jours)
    for r in probleme.reserves:
        partout = not r.departements or departement in r.departements
        if r.bloquante and partout and any(r.debut <= j <= r.fin for j in jours):
            yield ("reserve", r.nom)
    for cle in (*seance.obligatoires, *([seance.lieu] if seance.lieu else [])):
        if absent(probleme, cle, heures):
            yield ("presence", cle)
    for college, nombre in seance.quorums:
        tous = {*seance.obligatoires, *seance.facultatives}
        la = [c for c in tous if not absent(probleme, c, heures)]
        if sum(probleme.ressource(c).college == college for c in la) < nombre:
            yield ("quorum", college)


def jours_refuses(probleme, seance, jours):
    departement = seance.site.departement
    if any(j.isoweekday() == 6 for j in jours) and not seance.samedi:
        yield ("samedi",)
    if any(j.isoweekday() == 7 for j in jours):
        yield ("dimanche",)
    if any(chome(departement, j) for j in jours):
        yield ("ferie",)
    if probleme.vacances == "interdire" and any(conges(departement, j) for j in jours):
        yield ("vacances",)


def sa_presence(seance, plages):
    """Each day from its first hour to its last, the evenings of its déroulé, and all in one."""
    jours = {}
    for debut, fin in plages:
        jours[debut.date()] = (jours.get(debut.date(), (debut,))[0], fin)
    for rang, de, a in seance.hors:
        jour = plages[0][0].date() + timedelta(days=rang)
        minuit = datetime.combine(jour, time(), seance.site.zone)
        jours[rang, de] = (minuit + timedelta(minutes=de), minuit + timedelta(minutes=a))
    return [*jours.values()], [(plages[0][0], plages[-1][1])]


def absent(probleme, cle, heures):
    return any(
        i.debut.timestamp() < fin.timestamp() and i.fin.timestamp() > debut.timestamp()
        for i in probleme.ressource(cle).indisponibilites
        for debut, fin in heures[i.seance]
    )


def compatibles(probleme, sans, un, date, autre, autre_date):
    """May these two séances be on these dates?"""
    fixees = bool(un.epingle and autre.epingle)
    for e in probleme.ecarts:
        if (e.avant, e.apres) == (autre.cle, un.cle):
            return compatibles(probleme, sans, autre, autre_date, un, date)
    for e in probleme.ecarts:
        if (e.avant, e.apres) != (un.cle, autre.cle):
            continue
        jours = (autre_date[0][0].date() - date[-1][1].date()).days
        ordre = autre_date[0][0].timestamp() >= date[-1][1].timestamp()
        if fixees:
            prises = un.epingle.programmee and autre.epingle.programmee
            if not ordre and e.strict and not prises and ("ordre", un.cle, autre.cle) not in sans:
                return False
            continue
        if not ordre and ("ordre", un.cle, autre.cle) not in sans:
            return False
        if jours < e.min_jours and ("ecart_min", un.cle, autre.cle) not in sans:
            return False
        trop = e.max_jours is not None and jours > e.max_jours
        if trop and ("ecart_max", un.cle, autre.cle) not in sans:
            return False
    return fixees or not gene(sans, un, date, autre, autre_date)


def gene(sans, un, date, autre, autre_date):
    communs = {*un.obligatoires} & {*autre.obligatoires}
    if un.lieu and un.lieu == autre.lieu:
        communs.add(un.lieu)
    if not any(("presence", c) not in sans for c in communs):
        return False
    return proches(un, date, autre, autre_date)


def proches(un, date, autre, autre_date):
    if date[0][0].timestamp() > autre_date[0][0].timestamp():
        un, date, autre, autre_date = autre, autre_date, un, date
    if autre_date[0][0].timestamp() < date[-1][1].timestamp():
        return True
    francs = nuits(un.site, autre.site)
    return bool(francs) and (autre_date[0][0].date() - date[-1][1].date()).days <= francs


def tient_en(probleme, sans, dates):
    for d in probleme.durees:
        if d.premiere not in dates or d.derniere not in dates:
            continue
        deux = (probleme.seance(d.premiere), probleme.seance(d.derniere))
        if all(s.epingle for s in deux):
            continue
        debut, derniere = dates[d.premiere][0][0].date(), dates[d.derniere]
        trop = (derniere[-1][1].date() - debut).days >= d.max_jours
        if trop and ("duree", d.premiere, d.derniere) not in sans:
            return False
        peu = (derniere[0][0].date() - debut).days < d.min_jours
        if peu and ("duree_min", d.premiere, d.derniere) not in sans:
            return False
    return True


def quorums_tenus(probleme, sans, dates):
    """Some way of sending each person to one place at a time fills every quorum."""
    voulus = [
        (s.cle, college, n)
        for s in probleme.seances
        for college, n in s.quorums
        if not s.epingle and ("quorum", college) not in sans
    ]
    ensemble = voulus and {
        (un.cle, autre.cle)
        for un, autre in permutations(probleme.seances, 2)
        if proches(un, dates[un.cle], autre, dates[autre.cle])
    }
    if not ensemble:
        return True
    gens = [r for r in probleme.ressources if r.college in {c for _, c, _ in voulus}]
    emplois = [emplois_possibles(probleme, sans, dates, ensemble, r.cle) for r in gens]
    return any(
        all(
            sum(cle in ou for r, ou in zip(gens, choisis, strict=True) if r.college == college) >= n
            for cle, college, n in voulus
        )
        for choisis in product(*emplois)
    )


def emplois_possibles(probleme, sans, dates, ensemble, cle):
    """The sets of séances that this person may attend, the largest ones."""
    exigees = {s.cle for s in probleme.seances if cle in s.obligatoires}
    exigees = set() if ("presence", cle) in sans else exigees
    la = [
        s.cle
        for s in probleme.seances
        if cle in (*s.obligatoires, *s.facultatives)
        and (s.cle in exigees or not absent(probleme, cle, sa_presence(s, dates[s.cle])))
    ]
    emplois = [
        ou
        for n in range(len(la) + 1)
        for ou in map(set, combinations(la, n))
        if exigees <= ou
        and not any((a, b) in ensemble and {a, b} - exigees for a in ou for b in ou)
    ]
    return [ou for ou in emplois if not any(ou < autre for autre in emplois)]


def calendriers(probleme, sans=frozenset(), marge=0):
    """Each calendar that holds: {séance: its intervals}."""
    seances = sorted(probleme.seances, key=lambda s: s.epingle is None)
    choix = [candidats(probleme, s, sans, marge) for s in seances]

    def poser(rang, dates):
        if rang == len(seances):
            if quorums_tenus(probleme, sans, dates):
                yield dict(dates)
            return
        ici = seances[rang]
        for plages in choix[rang]:
            if all(
                compatibles(probleme, sans, s, dates[s.cle], ici, plages) for s in seances[:rang]
            ):
                dates[ici.cle] = plages
                if tient_en(probleme, sans, dates):
                    yield from poser(rang + 1, dates)
                del dates[ici.cle]

    yield from poser(0, {})


def possible(probleme, sans=frozenset(), marge=0) -> bool:
    return next(calendriers(probleme, sans, marge), None) is not None


def moindre_cout(probleme) -> int | None:
    """None when nothing holds."""
    couts = [cout(probleme, dates) for dates in calendriers(probleme)]
    return min(couts, default=None)


def cout(probleme, dates) -> int:
    p, total = probleme.poids, 0
    for s in probleme.seances:
        if s.epingle:
            continue
        plages = dates[s.cle]
        heures = sa_presence(s, plages)
        jours = {debut.date() for debut, _ in plages}
        for cle in s.facultatives:
            total += p.absent * probleme.ressource(cle).poids * absent(probleme, cle, heures)
        if probleme.vacances == "eviter" and any(conges(s.site.departement, j) for j in jours):
            total += p.vacances
        for r in probleme.reserves:
            partout = not r.departements or s.site.departement in r.departements
            dedans = any(r.debut <= j <= r.fin for j in jours)
            total += p.reserve * (not r.bloquante and partout and dedans)
    suivies = set()
    for e in probleme.ecarts:
        suivies.add(e.avant)
        if e.recommande is None or all(probleme.seance(c).epingle for c in (e.avant, e.apres)):
            continue
        jours = (dates[e.apres][0][0].date() - dates[e.avant][-1][1].date()).days
        total += p.ecart_par_jour * abs(jours - e.recommande)
    for s in probleme.seances:
        if s.cle not in suivies:
            total += p.retard_par_jour * (dates[s.cle][-1][1].date() - probleme.debut).days
    return total + attendus_deux_fois(probleme, dates)


def attendus_deux_fois(probleme, dates) -> int:
    """People of two ateliers at once, unless both need them: that one is forbidden."""
    total = 0
    for un, autre in combinations(probleme.seances, 2):
        if un.atelier == autre.atelier or un.epingle and autre.epingle:
            continue
        if proches(un, dates[un.cle], autre, dates[autre.cle]):
            for cle in {*un.obligatoires, *un.facultatives}:
                deux = cle in autre.obligatoires, cle in un.obligatoires
                if (cle in autre.facultatives or deux[0]) and deux != (True, True):
                    total += probleme.poids.absent * probleme.ressource(cle).poids
    return total
