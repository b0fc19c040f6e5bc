"""A proposed calendar as it is stored, and read again."""

from datetime import datetime

from ateliers.calendrier.solveur import comparaison, phrases
from ateliers.calendrier.solveur.probleme import Date


def cartes(probleme, propositions) -> list[dict]:
    """In their order: what makes the first one first, what each costs more than the one before."""
    rangs = comparaison.classement(probleme, propositions)
    return [
        carte(probleme, p) | {"rang": rang} for p, rang in zip(propositions, rangs, strict=True)
    ]


def carte(probleme, proposition) -> dict:
    seances = {s.cle: s for s in probleme.seances}
    return {
        "cout": proposition.cout,
        "optimale": proposition.optimale,
        "raisons": phrases.raisons(probleme, proposition),
        "details": phrases.details(probleme, proposition),
        "fin": phrases.fin(proposition),
        "avertissements": phrases.avertissements(probleme, proposition),
        "dates": [
            {
                "seance": d.seance,
                "titre": seances[d.seance].titre,
                "fuseau": seances[d.seance].site.fuseau,
                "fixee": bool(seances[d.seance].epingle),
                "plages": [[a.isoformat(), b.isoformat()] for a, b in d.plages],
            }
            for d in sorted(proposition.dates, key=lambda d: d.debut)
        ],
    }


def relire(probleme, carte) -> tuple[Date, ...]:
    """The dates of a stored calendar, each on the clock of its site."""
    zones = {s.cle: s.site.zone for s in probleme.seances}
    return tuple(
        Date(
            d["seance"],
            tuple(
                tuple(datetime.fromisoformat(i).astimezone(zones[d["seance"]]) for i in plage)
                for plage in d["plages"]
            ),
        )
        for d in carte["dates"]
        if d["seance"] in zones
    )
