"""The drawn outline and the list of communes, kept in agreement: gaps told, then mended in one act.

Nothing changes by itself: a proposal is shown, and one act saves the field under its revision.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction

from candidatures.dossiers.domaine.ecarts import Ecarts, situee
from candidatures.dossiers.domaine.revisions import enregistrer_champ
from candidatures.dossiers.models import Candidature, Emprise
from socle.erreurs import ErreurMetier
from socle.territoires.domaine import traces
from socle.territoires.domaine.lues import communes_lues
from socle.territoires.domaine.recouvrement import Reunion, communes_touchees, reunir
from socle.territoires.models import Commune, Epci, Perimetre


@dataclass(frozen=True)
class Ligne:
    """A commune to tick or untick."""

    code: str
    nom: str
    departement: str
    part: float | None  # None: no outline is held
    choisie: bool
    proposee: bool = False

    @property
    def pourcent(self) -> float:
        return 100 * (self.part or 0)


def proposition(candidature: Candidature, trace: dict | None) -> list[Ligne]:
    """Communes touched, the most covered first, then those of the perimeter that are not."""
    perimetre = candidature.perimetre
    communes = communes_lues(perimetre).communes if perimetre else []
    listees = {c.pk for c in communes}
    touchees = communes_touchees(traces.depuis_geojson(trace))
    lignes = [
        Ligne(
            code=t.code,
            nom=t.nom,
            departement=t.departement,
            part=t.part,
            choisie=t.code in listees,
            proposee=t.couverte and t.code not in listees,
        )
        for t in touchees
    ]
    vues = {t.code for t in touchees}
    return lignes + [
        Ligne(c.pk, c.nom, c.departement_id, 0.0 if situee(c) else None, choisie=True)
        for c in communes
        if c.pk not in vues
    ]


def ecarts_de(lignes: Iterable[Ligne]) -> Ecarts:
    """Pure: the gaps, from the lines of a proposal."""
    lignes = list(lignes)
    return Ecarts(
        hors_trace=tuple(ligne.nom for ligne in lignes if ligne.choisie and ligne.part == 0),
        absentes=tuple(ligne.nom for ligne in lignes if ligne.proposee),
    )


def composer(perimetre: Perimetre | None, codes: Collection[str]) -> str:
    """The text of the field `perimetre` for exactly these communes. An EPCI stays while it is
    whole; otherwise its communes are named one by one. Named areas stay."""
    voulues, lignes, couvertes = set(codes), [], set()
    zones = []
    if perimetre:
        entieres = Epci.objects.filter(pk__in=[e.pk for e in perimetre.epcis.all()])
        for epci in entieres.order_by("code").prefetch_related("communes"):
            membres = {c.pk for c in epci.communes.all() if c.actif or c.pk in voulues}
            if membres and membres <= voulues:
                lignes.append(f"E{epci.pk}")
                couvertes |= membres
        zones = [f"Z{z.departement_id}:{z.nom}" for z in perimetre.zones.order_by("pk")]
    nommees = {c.pk for c in perimetre.communes.all()} if perimetre else set()
    seules = (voulues - couvertes) | (voulues & nommees)
    return "\n".join([*lignes, *(f"C{code}" for code in sorted(seules)), *zones])


def epcis_defaits(perimetre: Perimetre | None, codes: Collection[str]) -> list[str]:
    """Names of the whole EPCI that `composer` would replace by their remaining communes."""
    gardes = {ligne[1:] for ligne in composer(perimetre, codes).split("\n") if ligne[:1] == "E"}
    return [e.nom for e in perimetre.epcis.all() if e.pk not in gardes] if perimetre else []


@transaction.atomic
def accorder_les_communes(
    *, candidature: Candidature, codes: Collection[str], revision: int, par
) -> list[str]:
    """Make the perimeter these communes; returns the EPCI that are no longer whole."""
    connues = set(Commune.objects.filter(pk__in=codes).values_list("pk", flat=True))
    if not connues:
        raise ErreurMetier("Gardez au moins une commune dans le périmètre.")
    defaits = epcis_defaits(candidature.perimetre, connues)
    enregistrer_champ(
        candidature=candidature,
        champ="perimetre",
        valeur=composer(candidature.perimetre, connues),
        revision=revision,
        par=par,
    )
    return defaits


def reunion(candidature: Candidature) -> Reunion:
    perimetre = candidature.perimetre
    return reunir(perimetre.couverture if perimetre else [])


def tracer_les_communes(*, candidature: Candidature, revision: int, par) -> int:
    """Replace the outline by that of the communes of the perimeter."""
    forme = reunion(candidature).forme
    if forme is None:
        raise ErreurMetier("Aucun contour n’est tenu pour les communes du périmètre.")
    return enregistrer_champ(
        candidature=candidature,
        champ="trace",
        valeur=traces.en_texte(traces.en_geojson(forme)),
        revision=revision,
        par=par,
    )


def trace_de(candidature: Candidature) -> dict | None:
    lus = Emprise.objects.filter(candidature_id=candidature.pk).values_list("trace", flat=True)
    return lus.first()
