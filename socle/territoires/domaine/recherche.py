"""Finding a territory by typing: names, word starts, postal codes, INSEE codes, SIREN."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace

from django.db.models import Case, F, Func, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from socle.interface.francais import de
from socle.territoires.domaine.mouvements import successeurs
from socle.territoires.models import Commune, Departement, Epci
from socle.territoires.texte import developper, formes, plier

_CODE = re.compile(r"^(\d{2,9}|2[ab]\d{0,3})$")
LONGUEUR_MIN = 2
LONGUEUR_NOM_DEPARTEMENT = 4


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


def _proches(requete: QuerySet, ici: Q | None) -> QuerySet:
    """Names of one’s own département that start as typed go before the same ones elsewhere."""
    if ici is None:
        return requete.annotate(loin=Value(1))
    return requete.annotate(
        loin=Case(When(ici & Q(rang__lte=1), then=0), default=1, output_field=IntegerField())
    )


def _ordre(trouve: tuple[int, Resultat]) -> tuple:
    """An EPCI holds its main town and would always outweigh it: it counts for a quarter."""
    loin, resultat = trouve
    poids = resultat.population // (4 if resultat.nature == "epci" else 1)
    return loin, resultat.rang, -poids, resultat.code


def rechercher(texte: str, limite: int = 12, departement: str = "") -> list[Resultat]:
    """Best first: exact name, then names that start so, then others, each by population.

    `departement`: code of the searcher’s own, whose names come first.
    """
    plie = plier(texte[:100])
    if len(plie) < LONGUEUR_MIN:
        return []
    communes, epcis = _requetes(plie)
    ordre = ("loin", "rang", "-population", "code")
    chez_soi = Epci.departements.through.objects.filter(departement=departement).values("epci")
    communes = _proches(communes, Q(departement=departement) if departement else None)
    epcis = _proches(epcis, Q(pk__in=chez_soi) if departement else None)
    en_vigueur = communes.filter(actif=True).select_related("departement").order_by(*ordre)
    epcis = epcis.filter(actif=True).prefetch_related("departements").order_by(*ordre)
    trouves = [(c.loin, _dire_code(resultat_commune(c, c.rang), plie)) for c in en_vigueur[:limite]]
    trouves += [(e.loin, resultat_epci(e, e.rang)) for e in epcis[:limite]]
    trouves += _anciennes(communes, {r.code for _, r in trouves}, limite)
    trouves = trouves or _du_departement_nomme(plie)
    return [resultat for _, resultat in sorted(trouves, key=_ordre)][:limite]


def _dire_code(resultat: Resultat, plie: str) -> Resultat:
    """« 80600 » is the code Insee of one commune and the postal code of others: said which."""
    if not _CODE.match(plie):
        return resultat
    insee = resultat.code[1:].lower().startswith(plie)
    genre = f"code Insee {resultat.code[1:]}" if insee else f"code postal {plie}"
    return replace(resultat, precision=f"{genre}, {resultat.precision}")


def _anciennes(communes: QuerySet, deja: set[str], limite: int) -> list[tuple[int, Resultat]]:
    """Communes that merged, as the loaded découpages tell it: the one in force answers."""
    finies = list(communes.filter(actif=False).order_by("rang", "code")[:limite])
    if not finies:
        return []
    suivantes = successeurs([c.pk for c in finies])
    actuelles = (
        Commune.objects.filter(actif=True)
        .select_related("departement")
        .in_bulk(list(suivantes.values()))
    )
    trouves = []
    for finie in finies:
        actuelle = actuelles.get(suivantes.get(finie.pk, ""))
        if actuelle is None or f"C{actuelle.pk}" in deja:
            continue
        deja.add(f"C{actuelle.pk}")
        resultat = resultat_commune(actuelle, finie.rang)
        dit = f"ancienne commune {de(finie.nom)}, {resultat.precision}"
        trouves.append((finie.loin, replace(resultat, precision=dit)))
    return trouves


def _du_departement_nomme(plie: str) -> list[tuple[int, Resultat]]:
    """« saint pierre et miquelon » names no commune: those of the département, failing others."""
    if len(plie) < LONGUEUR_NOM_DEPARTEMENT:
        return []
    nommes = [d.pk for d in Departement.objects.all() if plier(d.nom).startswith(plie)]
    communes = Commune.objects.filter(actif=True, departement__in=nommes[:1])
    return [(1, resultat_commune(c, 3)) for c in communes.select_related("departement")]
