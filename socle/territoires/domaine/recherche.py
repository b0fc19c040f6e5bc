"""Finding a territory by typing: names, word starts, postal codes, INSEE codes, SIREN."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

from django.db.models import Case, F, Func, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from socle.territoires.models import Commune, Epci
from socle.territoires.texte import developper, formes, plier

_CODE = re.compile(r"^(\d{2,9}|2[ab]\d{0,3})$")
LONGUEUR_MIN = 2


@dataclass(frozen=True)
class Resultat:
    """One line of the list. `code` is what `ChampPerimetre` takes: « C35238 » or « E243500139 »."""

    code: str
    nom: str
    precision: str
    nature: str
    population: int
    rang: int

    def en_json(self) -> dict:
        return asdict(self)


def _habitants(population: int) -> str:
    return f"{population:,} hab.".replace(",", "\u202f").replace(" hab", "\u00a0hab")


def resultat_commune(commune: Commune, rang: int = 0) -> Resultat:
    return Resultat(
        code=f"C{commune.code}",
        nom=commune.nom,
        precision=f"{commune.departement}, {_habitants(commune.population)}",
        nature="commune",
        population=commune.population,
        rang=rang,
    )


def resultat_epci(epci: Epci, rang: int = 0) -> Resultat:
    depts = ", ".join(sorted(d.code for d in epci.departements.all()))
    return Resultat(
        code=f"E{epci.code}",
        nom=epci.nom,
        precision=f"{epci.get_nature_display()} ({depts}), {_habitants(epci.population)}",
        nature="epci",
        population=epci.population,
        rang=rang,
    )


def _par_mots(requete: QuerySet, mots: list[str]) -> QuerySet:
    """Every typed word starts a word of the name; rank 0 whole name, 1 its start, 2 elsewhere."""
    requete = requete.annotate(
        mots_nom=Concat(Value(" "), "nom_recherche", output_field=TextField())
    )
    for mot in mots:
        filtre = Q()
        for forme in formes(mot):
            filtre |= Q(mots_nom__contains=f" {forme}")
        requete = requete.filter(filtre)
    entier = developper(" ".join(mots))
    brut = " ".join(mots)
    return requete.annotate(
        rang=Case(
            When(nom_recherche__in={entier, brut}, then=0),
            When(Q(nom_recherche__startswith=entier) | Q(nom_recherche__startswith=brut), then=1),
            default=2,
            output_field=IntegerField(),
        )
    )


def _communes_par_code(code: str) -> QuerySet:
    postaux = Func(
        F("codes_postaux"), Value(" "), function="array_to_string", output_field=TextField()
    )
    return (
        Commune.objects.annotate(postaux=Concat(Value(" "), postaux, output_field=TextField()))
        .filter(Q(code__istartswith=code) | Q(postaux__contains=f" {code}"))
        .annotate(
            rang=Case(
                When(code__iexact=code, then=0),
                When(codes_postaux__contains=[code], then=1),
                default=2,
                output_field=IntegerField(),
            )
        )
    )


def _requetes(plie: str) -> tuple[QuerySet, QuerySet]:
    if _CODE.match(plie):
        epcis = Epci.objects.filter(code__startswith=plie).annotate(rang=Value(2))
        return _communes_par_code(plie), epcis
    mots = plie.split()
    return _par_mots(Commune.objects.all(), mots), _par_mots(Epci.objects.all(), mots)


def _ordre(resultat: Resultat) -> tuple:
    """An EPCI holds its main town and would always outweigh it: it counts for a quarter."""
    poids = resultat.population // (4 if resultat.nature == "epci" else 1)
    return resultat.rang, -poids, resultat.code


def rechercher(texte: str, limite: int = 12) -> list[Resultat]:
    """Best first: exact name, then names that start so, then others, each by population."""
    plie = plier(texte[:100])
    if len(plie) < LONGUEUR_MIN:
        return []
    communes, epcis = _requetes(plie)
    ordre = ("rang", "-population", "code")
    communes = communes.filter(actif=True).select_related("departement").order_by(*ordre)
    epcis = epcis.filter(actif=True).prefetch_related("departements").order_by(*ordre)
    resultats = [resultat_commune(c, c.rang) for c in communes[:limite]]
    resultats += [resultat_epci(e, e.rang) for e in epcis[:limite]]
    return sorted(resultats, key=_ordre)[:limite]
