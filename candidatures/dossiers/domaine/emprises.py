"""The outline and the parcels of a project: read, saved as fields, frozen, drawn, exported."""

from __future__ import annotations

from django.db import transaction

from candidatures.dossiers.choix import CleRubrique
from candidatures.dossiers.domaine.ecarts import ecarts
from candidatures.dossiers.domaine.parcelles import (
    Parcelle,
    communes_admises,
    en_lignes,
    lire_parcelles,
    surface_totale,
)
from candidatures.dossiers.models import Candidature, Emprise
from socle.territoires.domaine import traces
from socle.territoires.domaine.cadastre import CREDIT as CREDIT_CADASTRE
from socle.territoires.domaine.cadastre import cadastres_du_perimetre, parcelles_connues
from socle.territoires.domaine.cadres import cadre_des_departements
from socle.territoires.domaine.contours import (
    contour_departement,
    departements_touches,
    sort_de,
)
from socle.territoires.domaine.contours_communes import CREDIT
from socle.territoires.domaine.recouvrement import (
    Proche,
    communes_a_dessiner,
    communes_proches,
    fonds,
)
from socle.territoires.domaine.tuiles import fond_de_plan
from socle.territoires.models import Departement
from socle.territoires.polyligne import PAS_FIN, decoder


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
    lignes = lignes_parcelles(lue.parcelles, noms, parcelles_connues(lue.parcelles))
    return {
        "trace": lue.trace,
        "surface_ha": lue.surface_ha,
        "points": lue.points,
        "departements": _departements(candidature, lue.departements),
        "deborde": lue.deborde,
        "ecarts": ecarts(
            candidature.perimetre, lue.trace, _proches(candidature, lue.trace)
        ).phrases,
        "parcelles": lignes,
        "surface_parcelles": surface_totale(lignes),
    }


def lignes_parcelles(codes: list[str], noms: dict[str, str], connues: dict) -> list[dict]:
    """Plain data; the surface comes from the cadastre, where it is held."""
    return [
        Parcelle(code).en_donnees(noms, connues[code].contenance if code in connues else None)
        for code in codes
    ]


def parcelles_tenues(candidature: Candidature) -> dict:
    """For the form: the communes whose cadastre is held, the parcels written, their outlines."""
    tenues = cadastres_du_perimetre(candidature.perimetre)
    if not tenues:
        return {"tenues": []}
    codes = emprise(candidature).parcelles
    noms = communes_admises(candidature.perimetre) if codes else {}
    connues = parcelles_connues(codes)
    lignes = lignes_parcelles(codes, noms, connues)
    return {
        "tenues": sorted(tenues.values(), key=lambda c: c.commune.nom),
        "lignes": lignes,
        "total": surface_totale(lignes),
        "contours": [p.geometrie for p in connues.values()],
        "credit": CREDIT_CADASTRE,
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
    if not lue:
        return None
    if candidature.deposee_le:
        proches = communes_a_dessiner(traces.depuis_geojson(lue["trace"]))
    else:
        proches = _proches(candidature, lue["trace"])
    return lue | {"dessin": dessin(lue, proches), "credit": CREDIT if proches else ""}


def _proches(candidature: Candidature, trace: dict | None) -> dict[str, Proche]:
    """The communes around the outline, read once per request."""
    gardees = getattr(candidature, "_communes_proches", None)
    if gardees is None or gardees[0] != trace:
        gardees = (trace, communes_proches(traces.depuis_geojson(trace)))
        candidature._communes_proches = gardees
    return gardees[1]


def dessin(lue: dict, proches: dict[str, Proche]) -> traces.Dessin | None:
    if not lue["trace"]:
        return None
    departements = [d["code"] for d in lue["departements"]]
    return traces.dessiner(lue["trace"], departements, fonds(proches))


def avertissements_emprise(candidature: Candidature) -> list[str]:
    lue = emprise(candidature)
    phrases = ["Le tracé sort des départements du périmètre."] if lue.deborde else []
    proches = _proches(candidature, lue.trace)
    return phrases + ecarts(candidature.perimetre, lue.trace, proches).phrases


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


def carte(candidature: Candidature, parcelles: dict | None = None) -> dict | None:
    """Where to draw: the frame, the départements until the browser has read the communes."""
    codes = _codes_departements(candidature)
    cadre = cadre_des_departements(codes)
    if cadre is None:
        return None
    contours = [contour_departement(code) for code in codes]
    return {
        "chemins": [cadre.chemin(c) for c in contours if c is not None],
        "vue": cadre.vue,
        "coins": cadre.coins,
        "departements": codes,
        "credit": CREDIT,
        "fond": fond_de_plan(),
        "parcelles": [
            cadre.chemin(decoder(contour, PAS_FIN))
            for contour in (parcelles or {}).get("contours", ())
        ],
    }
