"""Reading what a person picked (codes) or typed without JavaScript (one territory per line)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.db.models import Q

from socle.territoires.models import Commune, Departement, Epci
from socle.territoires.texte import developper, plier

_LIGNE_ZONE = re.compile(r"^zone\s*:\s*(?P<nom>.+?)\s*\(\s*(?P<dept>[0-9AB]{2,3})\s*\)$", re.I)
_AVEC_DEPT = re.compile(r"^(?P<nom>.+?)\s*\(\s*(?P<dept>[^()]+?)\s*\)$")
_CODE_DEPT = re.compile(r"^[0-9AB]{2,3}$", re.I)
_INSEE = re.compile(r"^(\d{5}|2[AB]\d{3})$", re.I)
_SIREN = re.compile(r"^\d{9}$")
LIGNES_MAX = 500


@dataclass
class Lecture:
    communes: list[Commune] = field(default_factory=list)
    epcis: list[Epci] = field(default_factory=list)
    zones: list[tuple[str, Departement]] = field(default_factory=list)
    erreurs: list[str] = field(default_factory=list)


def lire_codes(codes: list[str]) -> Lecture:
    """Codes of the picker, kept in their order. An unknown code gives a sentence."""
    lecture = Lecture()
    communes = Commune.objects.select_related("departement").in_bulk(
        [c[1:] for c in codes if c.startswith("C")]
    )
    epcis = Epci.objects.in_bulk([c[1:] for c in codes if c.startswith("E")])
    depts = Departement.objects.in_bulk(
        [c[1:].partition(":")[0] for c in codes if c.startswith("Z")]
    )
    for code in dict.fromkeys(codes):
        genre, reste = code[:1], code[1:]
        dept, _, nom = reste.partition(":")
        if genre == "C" and reste in communes:
            lecture.communes.append(communes[reste])
        elif genre == "E" and reste in epcis:
            lecture.epcis.append(epcis[reste])
        elif genre == "Z" and dept in depts and nom.strip():
            lecture.zones.append((nom.strip()[:160], depts[dept]))
        else:
            lecture.erreurs.append(f"« {code} » ne désigne aucun territoire connu.")
    return lecture


def lire_lignes(texte: str) -> Lecture:
    """One territory per line: a name, « Saint-Denis (93) », a code, or « Zone : nom (80) »."""
    lecture = Lecture()
    lignes = [ligne.strip() for ligne in texte.splitlines() if ligne.strip()]
    if len(lignes) > LIGNES_MAX:
        lecture.erreurs.append(f"Indiquez au plus {LIGNES_MAX} territoires à la fois.")
        return lecture
    for ligne in dict.fromkeys(lignes):
        _lire_ligne(ligne, lecture)
    return lecture


def _lire_ligne(ligne: str, lecture: Lecture) -> None:
    if zone := _LIGNE_ZONE.match(ligne):
        dept = Departement.objects.filter(code=zone["dept"].upper()).first()
        if dept is None:
            lecture.erreurs.append(f"« {zone['dept']} » n’est pas un département.")
        else:
            lecture.zones.append((zone["nom"][:160], dept))
        return
    trouves = _candidats(ligne)
    if len(trouves) == 1:
        trouve = trouves[0]
        liste = lecture.communes if isinstance(trouve, Commune) else lecture.epcis
        liste += [trouve] if trouve not in liste else []
    elif not trouves:
        lecture.erreurs.append(
            f"« {ligne} » ne correspond à aucune commune ni à aucun EPCI : vérifiez le nom ou "
            "donnez le code Insee."
        )
    else:
        choix = ", ".join(_designation(t) for t in trouves[:8])
        lecture.erreurs.append(f"« {ligne} » désigne plusieurs territoires : {choix}. Précisez.")


def _designation(territoire: Commune | Epci) -> str:
    if isinstance(territoire, Epci):
        return f"{territoire.nom} (SIREN {territoire.code})"
    return f"{territoire} – code Insee {territoire.code}"


def _candidats(ligne: str) -> list[Commune | Epci]:
    communes = Commune.objects.filter(actif=True).select_related("departement")
    epcis = Epci.objects.filter(actif=True)
    compact = ligne.replace(" ", "")
    if _SIREN.match(compact):
        return list(epcis.filter(code=compact)) or list(communes.filter(siren=compact))
    if _INSEE.match(compact):
        code = compact.upper()
        postaux = communes.filter(codes_postaux__contains=[code])
        return list(communes.filter(code=code)) or list(postaux)
    if (avec := _AVEC_DEPT.match(ligne)) and (dept := _departement(avec["dept"])):
        ligne = avec["nom"]
        communes = communes.filter(departement=dept)
        epcis = epcis.filter(departements=dept)
    nom = developper(ligne)
    if not nom:
        return []
    sans_nature = nom.split(" ", 1)[-1]
    proches = epcis.filter(
        Q(nom_recherche__startswith=nom) | Q(nom_recherche__startswith=sans_nature)
    )
    return list(communes.filter(nom_recherche=nom)) or [e for e in proches if _est(e, nom)]


def _departement(dit: str) -> str:
    """The code of a département named by its code (known or not) or by its name."""
    if _CODE_DEPT.match(dit):
        return dit.upper()
    noms = Departement.objects.values_list("nom", "code")
    return next((code for nom, code in noms if plier(nom) == plier(dit)), "")


def _est(epci: Epci, nom: str) -> bool:
    """Its name, with or without the « CC » or « CA » before it."""
    return nom in (developper(epci.nom), developper(epci.nom.removeprefix(f"{epci.nature} ")))
