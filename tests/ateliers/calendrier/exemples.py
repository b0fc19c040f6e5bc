"""Small problems, and the six ateliers of a session."""

from datetime import UTC, date, datetime, timedelta

from ateliers.calendrier.solveur.probleme import (
    Duree,
    Ecart,
    Intervalle,
    Probleme,
    Ressource,
    Seance,
    Site,
)

SOMME = Site("80")
LUNDI = date(2027, 3, 1)


def jour_entier(jour: date, jours: int = 1, motif: str = "") -> Intervalle:
    debut = datetime(jour.year, jour.month, jour.day, tzinfo=SOMME.zone)
    fin = jour + timedelta(days=jours)
    return Intervalle(debut, datetime(fin.year, fin.month, fin.day, tzinfo=SOMME.zone), motif)


def seance(cle="a", **champs) -> Seance:
    defauts = {
        "atelier": "A",
        "titre": f"Séance {cle}",
        "site": SOMME,
        "debut": LUNDI,
        "fin": LUNDI + timedelta(days=11),
    }
    return Seance(cle, **(defauts | champs))


ETAPES = [
    ("lancement", 1, 0),
    ("atelier 1", 6, 45),
    ("inter-atelier 1", 1, 30),
    ("atelier 2", 6, 30),
    ("inter-atelier 2", 1, 30),
    ("atelier 3", 6, 30),
    ("restitution", 1, 60),
]
DEPARTEMENTS = ["80", "67", "13", "974", "29", "48"]


def _atelier(code, equipe, nationaux):
    fuseau = "Indian/Reunion" if code == "974" else "Europe/Paris"
    site = Site(code, fuseau)
    seances, ecarts = [], []
    for rang, (titre, duree, recommande) in enumerate(ETAPES):
        cle = f"{code}-{rang}"
        etat = nationaux if titre in ("lancement", "restitution") else ()
        seances.append(
            seance(
                cle,
                atelier=code,
                titre=f"{titre} ({code})",
                site=site,
                debut=date(2027, 1, 4),
                fin=date(2028, 6, 30),
                demi_journees=duree,
                obligatoires=(equipe, f"prefet-{code}", *etat),
                facultatives=tuple(f"elu-{code}-{n}" for n in range(8)),
                quorums=(("elus", 3),),
            )
        )
        if rang:
            ecarts.append(Ecart(f"{code}-{rang - 1}", cle, 14, 2 * recommande, recommande))
    return seances, ecarts


def recurrent(debut: date, pas: int, nombre: int, heure: int, duree: int):
    return tuple(
        Intervalle(d, d + timedelta(hours=duree), "conseil", "siège")
        for n in range(nombre)
        if (
            d := datetime(debut.year, debut.month, debut.day, heure, tzinfo=UTC)
            + timedelta(days=pas * n)
        )
    )


def session() -> Probleme:
    seances, ecarts, durees, gens = [], [], [], []
    for rang, code in enumerate(DEPARTEMENTS):
        s, e = _atelier(code, f"equipe-{rang // 2}", ("dgaln",))
        seances, ecarts = seances + s, ecarts + e
        durees.append(Duree(code, f"{code}-0", f"{code}-6", 540))
        gens.append(
            Ressource(
                f"prefet-{code}",
                f"Le préfet ({code})",
                indisponibilites=recurrent(date(2027, 1, 4 + rang % 2), 7, 80, 7, 11),
            )
        )
        gens += [
            Ressource(
                f"elu-{code}-{n}",
                f"Élu {n} ({code})",
                "elus",
                indisponibilites=recurrent(date(2027, 1, 5 + n), 9 + n, 50, 8, 9),
            )
            for n in range(8)
        ]
    gens += [Ressource(f"equipe-{n}", f"L’équipe {n}") for n in range(3)]
    gens.append(Ressource("dgaln", "La DGALN"))
    return Probleme(tuple(seances), tuple(gens), (), tuple(ecarts), tuple(durees))
