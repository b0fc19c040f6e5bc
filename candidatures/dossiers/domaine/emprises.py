"""The outline and the parcels of a project: read, saved as fields, frozen, drawn, exported."""

from __future__ import annotations

from django.db import transaction

from candidatures.dossiers.choix import CleRubrique
from candidatures.dossiers.domaine.parcelles import (
    Parcelle,
    communes_admises,
    en_lignes,
    lire_parcelles,
)
from candidatures.dossiers.models import Candidature, Emprise
from socle.territoires.domaine import traces
from socle.territoires.domaine.contours import (
    EST,
    HAUTEUR,
    LARGEUR,
    NORD,
    OUEST,
    SUD,
    contour_departement,
    contours,
    departements_touches,
    en_pixels,
    sort_de,
)
from socle.territoires.models import Departement


def emprise(candidature: Candidature) -> Emprise:
    """The stored one, or an empty one that nobody saved."""
    lues = list(candidature.emprises.all())
    return lues[0] if lues else Emprise(candidature_id=candidature.pk)


def initiales(candidature: Candidature) -> dict[str, str]:
    """What the form shows."""
    lue = emprise(candidature)
    return {"trace": traces.en_texte(lue.trace), "parcelles": en_lignes(lue.parcelles)}


def _codes_departements(candidature) -> list[str]:
    perimetre = candidature.perimetre
    return sorted(d.pk for d in perimetre.departements.all()) if perimetre else []


def _ecrire(candidature, **valeurs) -> None:
    Emprise.objects.update_or_create(candidature_id=candidature.pk, defaults=valeurs)


def ecrire_trace(candidature: Candidature, texte: str) -> None:
    forme = traces.lire_texte(texte)
    if forme is None:
        vide = {
            "trace": None,
            "surface_ha": None,
            "points": 0,
            "departements": [],
            "deborde": False,
        }
        _ecrire(candidature, **vide)
        return
    _ecrire(
        candidature,
        trace=traces.en_geojson(forme),
        surface_ha=traces.surface_ha(forme),
        points=traces.nombre_de_points(forme),
        departements=departements_touches(forme),
        deborde=sort_de(forme, _codes_departements(candidature)),
    )


def suivre_le_perimetre(candidature: Candidature) -> None:
    """After the perimeter changed: does the outline leave its départements?"""
    stockee = Emprise.objects.filter(candidature_id=candidature.pk, trace__isnull=False).first()
    if stockee:
        forme = traces.depuis_geojson(stockee.trace)
        stockee.deborde = sort_de(forme, _codes_departements(candidature))
        stockee.save(update_fields=["deborde"])


class ChampTrace:
    """Named `trace`; its value is the text of its points."""

    partie = CleRubrique.IDENTITE
    libelle = "Tracé du périmètre"

    def lire(self, candidature) -> str:
        geojson = Emprise.objects.filter(candidature_id=candidature.pk).values_list("trace")
        return traces.en_texte(geojson[0][0]) if geojson else ""

    def ecrire(self, candidature, valeur: str, par) -> None:
        ecrire_trace(candidature, valeur)


class ChampParcelles:
    """Named `parcelles`; one per line."""

    partie = CleRubrique.IDENTITE
    libelle = "Parcelles cadastrales"

    def lire(self, candidature) -> str:
        lues = Emprise.objects.filter(candidature_id=candidature.pk).values_list("parcelles")
        return en_lignes(lues[0][0]) if lues else ""

    def ecrire(self, candidature, valeur: str, par) -> None:
        _ecrire(candidature, parcelles=lire_parcelles(valeur, candidature.perimetre))


CHAMPS_EMPRISE = {"trace": ChampTrace(), "parcelles": ChampParcelles()}


def contenu(candidature: Candidature) -> dict | None:
    """Plain data for `VersionNote.contenu`, and for the page before the deposit."""
    lue = emprise(candidature)
    if not lue.trace and not lue.parcelles:
        return None
    noms = communes_admises(candidature.perimetre) if lue.parcelles else {}
    return {
        "trace": lue.trace,
        "surface_ha": lue.surface_ha,
        "points": lue.points,
        "departements": _departements(candidature, lue.departements),
        "deborde": lue.deborde,
        "parcelles": [Parcelle(code).en_donnees(noms) for code in lue.parcelles],
    }


def _departements(candidature: Candidature, codes: list[str]) -> list[dict]:
    """Those of the perimeter are there already."""
    perimetre = candidature.perimetre
    noms = {d.pk: d.nom for d in perimetre.departements.all()} if perimetre else {}
    if ailleurs := set(codes) - noms.keys():
        noms |= dict(Departement.objects.filter(pk__in=ailleurs).values_list("pk", "nom"))
    return [{"code": code, "nom": noms[code]} for code in sorted(codes) if code in noms]


def figee(candidature: Candidature) -> dict | None:
    """That of the last frozen version, read alone: an outline is heavy."""
    lues = candidature.versions.order_by("-numero").values_list("contenu__emprise", flat=True)
    return lues.first()


def a_montrer(candidature: Candidature) -> dict | None:
    """What was deposited, or what is written so far, with its drawing."""
    lue = figee(candidature) if candidature.deposee_le else contenu(candidature)
    return lue and lue | {"dessin": dessin(lue)}


def dessin(lue: dict) -> traces.Dessin | None:
    if not lue["trace"]:
        return None
    return traces.dessiner(lue["trace"], [d["code"] for d in lue["departements"]])


def avertissements_emprise(candidature: Candidature) -> list[str]:
    if emprise(candidature).deborde:
        return ["Le tracé sort des départements du périmètre."]
    return []


def en_geojson(candidature: Candidature, lue: dict) -> dict:
    """A Feature, in WGS84 as RFC 7946 has it."""
    return {
        "type": "Feature",
        "geometry": lue["trace"],
        "properties": {
            "reference": candidature.reference,
            "titre": candidature.titre,
            "surface_ha": lue["surface_ha"],
        },
    }


@transaction.atomic
def reprendre(*, depuis: Candidature, vers: Candidature) -> None:
    """Last year’s outline and parcels, for a candidature that starts again from it."""
    ancienne = emprise(depuis)
    if ancienne.pk:
        champs = ("trace", "surface_ha", "points", "departements", "deborde", "parcelles")
        _ecrire(vers, **{nom: getattr(ancienne, nom) for nom in champs})


def carte(candidature: Candidature) -> dict | None:
    """Outlines on which to draw, in pixels of the national drawing; None where none is held."""
    tous = contours()["departements"]
    codes = [code for code in _codes_departements(candidature) if code in tous]
    if not codes:
        return None
    ouest, nord, est, sud = 1e9, 1e9, -1e9, -1e9
    for code in codes:
        x0, y0, x1, y1 = contour_departement(code).bounds
        (gauche, bas), (droite, haut) = en_pixels(x0, y0), en_pixels(x1, y1)
        ouest, nord = min(ouest, gauche), min(nord, haut)
        est, sud = max(est, droite), max(sud, bas)
    marge = 6
    cadre = [ouest - marge, nord - marge, est - ouest + 2 * marge, sud - nord + 2 * marge]
    return {
        "chemins": [tous[code]["d"] for code in codes],
        "vue": " ".join(f"{n:.1f}" for n in cadre),
        "coins": f"{OUEST} {EST} {NORD} {SUD} {LARGEUR} {HAUTEUR}",
    }
