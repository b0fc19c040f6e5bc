"""The words of an atelier that a clause names between braces, and the tables that it joins."""

from __future__ import annotations

import re
from datetime import date
from operator import attrgetter

from django.utils.dateformat import format as formater

from ateliers.cadrage.choix import Discipline, TableauCahier
from ateliers.cadrage.domaine.competences import demandees
from candidatures.dispositifs.choix import EN_DEMI_JOURNEE, GenreSeance
from socle.interface import francais
from socle.interface.templatetags.interface import nombre, pluriel

REPERES = {
    "atelier": "nom de l’atelier",
    "reference": "référence de l’atelier",
    "territoire": "communes et EPCI du périmètre, et leur département",
    "departement": "département, ou départements",
    "communes": "communes et EPCI du périmètre",
    "population": "nombre d’habitants",
    "service_pilote": "service de l’État pilote",
    "porteurs": "organismes qui portent la candidature",
    "dispositif": "nom du dispositif",
    "duree": "durée prévue par le dispositif",
    "seances": "nombre et noms des séances",
    "preavis": "temps qui sépare le choix d’une date de la séance",
    "livrables": "livrables attendus",
    "competences": "compétences demandées, avec leurs jours",
}
REPERE = re.compile(r"\{([a-z_]+)\}")
DEUX_FOIS = re.compile(r"(\([^()]+\)) \1")


def enumerer(noms) -> str:
    """« a, b et c »."""
    noms = [str(nom) for nom in noms]
    if len(noms) < 2:
        return "".join(noms)
    return f"{', '.join(noms[:-1])} et {noms[-1]}"


def mois_apres(jour: date, mois: int) -> str:
    """« mars 2027 »."""
    rang = jour.year * 12 + jour.month - 1 + mois
    return formater(date(rang // 12, rang % 12 + 1, 1), "F Y")


def remplir(texte: str, valeurs: dict[str, str]) -> str:
    """Put the atelier's words in place of the names; an unknown one stays as it is.

    « {territoire} ({departement}) » says the département once: the territory says it already.
    """
    rempli = REPERE.sub(lambda m: valeurs.get(m[1], m[0]), texte)
    return DEUX_FOIS.sub(r"\1", rempli)


def _noms(collection, tri: str) -> list[str]:
    """In order, from what a page brought along if it did."""
    return [objet.nom for objet in sorted(collection.all(), key=attrgetter(tri))]


def valeurs(atelier) -> dict[str, str]:
    """One value per name of REPERES."""
    dispositif, perimetre = atelier.dispositif, atelier.perimetre
    etapes = list(dispositif.etapes.all())
    in_situ = sum(etape.genre == GenreSeance.ATELIER for etape in etapes)
    competences = [
        f"{Discipline(d).label.lower()} ({pluriel(jours, 'jour')})"
        for d, jours in demandees(atelier)
    ]
    departements = _noms(perimetre.departements, "code")
    lieux = _noms(perimetre.epcis, "code") + _noms(perimetre.communes, "code")
    seances = f"{pluriel(len(etapes), 'séance')}, dont {pluriel(in_situ, 'atelier')} in situ"
    return {
        "atelier": atelier.nom,
        "reference": atelier.reference,
        "territoire": perimetre.lieu,
        "departement": enumerer(departements) or "département à préciser",
        "communes": enumerer(lieux) or perimetre.nom,
        "population": f"{nombre(perimetre.population or 0)} habitants",
        "service_pilote": francais.avec_article(atelier.service_pilote.nom),
        "porteurs": enumerer(_noms(atelier.porteurs, "nom")),
        "dispositif": dispositif.nom,
        "duree": f"{dispositif.duree_min_mois} à {dispositif.duree_max_mois} mois",
        "seances": seances,
        "preavis": f"{dispositif.preavis_mois} mois",
        "livrables": enumerer(x.libelle for x in dispositif.livrables.all()),
        "competences": enumerer(competences),
    }


def tableau(genre: str, atelier) -> dict | None:
    """{titre, entetes, lignes} as plain text, ready to be frozen."""
    faire = {
        TableauCahier.SEANCES: _seances,
        TableauCahier.COMPETENCES: _competences,
        TableauCahier.LIVRABLES: _livrables,
    }.get(genre)
    return faire(atelier) if faire else None


def _seances(atelier) -> dict:
    lignes = [
        [
            etape.libelle,
            etape.objectif or "–",
            _duree(etape),
            mois_apres(atelier.ouvert_le, etape.mois_prevu),
        ]
        for etape in atelier.dispositif.etapes.all()
    ]
    return {
        "titre": "Séances du dispositif, et mois envisagés à ce jour",
        "entetes": ["Séance", "Objectif", "Durée", "Mois"],
        "lignes": lignes,
    }


def _duree(etape) -> str:
    """As the calendar looks for it."""
    if etape.genre in EN_DEMI_JOURNEE and etape.duree_jours <= 1:
        return "une demi-journée"
    return pluriel(etape.duree_jours, "jour")


def _competences(atelier) -> dict:
    demande = demandees(atelier)
    lignes = [[Discipline(d).label, pluriel(jours, "jour")] for d, jours in demande]
    if demande:
        lignes.append(["Ensemble", pluriel(sum(jours for _, jours in demande), "jour")])
    return {
        "titre": "Compétences demandées à l’équipe et jours que chacune y consacre",
        "entetes": ["Compétence", "Jours demandés"],
        "lignes": lignes,
    }


def _livrables(atelier) -> dict:
    lignes = []
    for livrable in atelier.dispositif.livrables.all():
        apres = GenreSeance(livrable.apres_genre).label if livrable.apres_genre else "–"
        if livrable.apres_rang:
            apres = f"{apres} {livrable.apres_rang}"
        lignes.append([livrable.libelle, apres])
    return {
        "titre": "Livrables attendus et séance qu’ils suivent",
        "entetes": ["Livrable", "Après"],
        "lignes": lignes,
    }
