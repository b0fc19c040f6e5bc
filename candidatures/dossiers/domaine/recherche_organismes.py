"""Find an organisation by its name, its SIREN or the code of its commune: known ones, then any
commune or EPCI of the découpage, whose organisme is made when it is chosen.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from socle.comptes.domaine.collectivites import organisme_d_epci, organisme_de_commune
from socle.comptes.models import Organisme
from socle.erreurs import ErreurMetier
from socle.territoires.domaine.recherche import rechercher
from socle.territoires.domaine.saisie import lire_codes
from socle.territoires.domaine.siret import identite_connue, lire_siret
from socle.territoires.texte import formes, plier

LIMITE = 12
CODES = {"commune": "code Insee", "epci": "SIREN"}


@dataclass(frozen=True)
class Proposition:
    """`cle`: « O12 » for a known organisme, « C80253 » or « E200… » for a territory."""

    cle: str
    libelle: str


def _code_dit(resultat) -> str:
    code = f"{CODES[resultat.nature]} {resultat.code[1:]}"
    return "" if resultat.precision.startswith(code) else f"{code}, "


def _designe(organisme: Organisme) -> str:
    """The name with what tells it from its likes: its code and its département."""
    if commune := organisme.commune:
        return f"{organisme.nom}, code Insee {commune.pk}, {commune.departement}"
    if epci := organisme.epci:
        departements = ", ".join(str(d) for d in epci.departements.all())
        return f"{organisme.nom}, SIREN {epci.pk}, {departements}"
    return f"{organisme.nom} ({organisme.get_nature_display()})"


def _propositions(organismes: list[Organisme]) -> list[Proposition]:
    prefetch_related_objects(organismes, "commune__departement", "epci__departements")
    return [Proposition(f"O{o.pk}", _designe(o)) for o in organismes]


def _connus(texte: str, organismes) -> list[Proposition]:
    """Every word typed starts a word of the name or of the sigle."""
    mots = [formes(mot) for mot in plier(texte).split()]
    trouves = []
    for organisme in organismes:
        nom = f" {plier(f'{organisme.nom} {organisme.sigle}')}"
        siren = organisme.siret[:9]
        if all(any(f" {forme}" in nom for forme in mot) for mot in mots) or (
            siren and siren == texte.replace(" ", "")[:9]
        ):
            trouves.append(organisme)
    return _propositions(trouves[:LIMITE])


def _par_numero(texte: str) -> list[Proposition]:
    try:
        identite = identite_connue(lire_siret(texte))
    except ErreurMetier:
        return []
    return [Proposition(identite.code, identite.phrase)] if identite else []


def _territoires(texte: str) -> list[Proposition]:
    if numero := _par_numero(texte):
        return numero
    return [
        Proposition(r.code, f"{r.nom}, {_code_dit(r)}{r.precision}")
        for r in rechercher(texte, LIMITE)
    ]


def proposer(texte: str, organismes, *, territoires: bool = True) -> list[Proposition]:
    """Best first, no organisation twice. `organismes`: those that may be chosen."""
    texte = texte.strip()[:120]
    if len(plier(texte)) < 2:
        return []
    connus = _connus(texte, organismes.select_related(None))
    if not territoires:
        return connus
    # A territory that an organisme already acts for is that organisme, or may not be chosen.
    lieux = _territoires(texte)
    deja = Organisme.objects.exclude(commune=None, epci=None).filter(nature__in=("commune", "epci"))
    deja = deja.filter(commune__in=[p.cle[1:] for p in lieux if p.cle[0] == "C"]) | deja.filter(
        epci__in=[p.cle[1:] for p in lieux if p.cle[0] == "E"]
    )
    representes = {
        f"C{o.commune_id}" if o.nature == "commune" else f"E{o.epci_id}": o for o in deja
    }
    admis = set(organismes.values_list("pk", flat=True)) if representes else set()
    for lieu in lieux:
        organisme = representes.get(lieu.cle)
        if organisme is None:
            connus.append(lieu)
        elif organisme.pk in admis and all(p.cle != f"O{organisme.pk}" for p in connus):
            connus += _propositions([organisme])
    return connus[:LIMITE]


def choisi(cle: str, organismes) -> Organisme:
    """The organisme behind a proposition, made when nobody acted for this territory before."""
    if cle.startswith("O"):
        return organismes.get(pk=cle[1:])
    lecture = lire_codes([cle])
    if lecture.communes:
        return organisme_de_commune(lecture.communes[0])
    return organisme_d_epci(lecture.epcis[0])
