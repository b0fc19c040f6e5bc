"""Outlines read from a GeoJSON, KML or GPX file. Nothing of the file is kept but its polygons."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from socle.erreurs import ErreurMetier
from socle.territoires.domaine.traces import Anneau, Anneaux, assembler

if TYPE_CHECKING:
    from shapely.geometry import MultiPolygon

TAILLE_MAX = 2_000_000
PROFONDEUR_MAX = 20
CRS_ADMIS = ("crs84", "4326", "wgs84", "wgs 84")
SANS_POLYGONE = "Ce fichier ne contient aucun polygone : ni point ni ligne ne font un périmètre."


def lire_trace(nom: str, octets: bytes) -> MultiPolygon:
    """By its content first, then by what its root says."""
    if len(octets) > TAILLE_MAX:
        raise ErreurMetier("Ce fichier est trop lourd : 2 Mo au plus.")
    if octets[:2] == b"PK":
        raise ErreurMetier("Ce fichier est compressé : donnez le KML, et non le KMZ.")
    debut = octets.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if debut == b"{":
        polygones = _geojson(octets)
    elif debut == b"<":
        polygones = _xml(octets)
    else:
        raise ErreurMetier(f"« {nom} » n’est ni un GeoJSON, ni un KML, ni un GPX.")
    if not polygones:
        raise ErreurMetier(SANS_POLYGONE)
    return assembler(polygones)


def _geojson(octets: bytes) -> list[Anneaux]:
    try:
        donnees = json.loads(octets.decode("utf-8-sig"))
        nom = donnees.get("crs") and str(donnees["crs"]["properties"]["name"]).lower()
        if nom and not any(admis in nom for admis in CRS_ADMIS):
            raise ErreurMetier(
                "Ce fichier n’est pas en degrés WGS84 (EPSG:4326) : convertissez-le d’abord."
            )
        return list(_polygones(donnees, 0))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        raise ErreurMetier("Ce fichier GeoJSON ne peut pas être lu.") from None


def _polygones(objet: dict, profondeur: int):
    if profondeur > PROFONDEUR_MAX:
        raise ValueError
    genre = objet["type"]
    if genre == "FeatureCollection":
        for enfant in objet["features"]:
            yield from _polygones(enfant, profondeur + 1)
    elif genre == "GeometryCollection":
        for enfant in objet["geometries"]:
            yield from _polygones(enfant, profondeur + 1)
    elif genre == "Feature" and objet["geometry"]:
        yield from _polygones(objet["geometry"], profondeur + 1)
    elif genre == "Polygon":
        yield _anneaux(objet["coordinates"])
    elif genre == "MultiPolygon":
        for coordonnees in objet["coordinates"]:
            yield _anneaux(coordonnees)


def _anneaux(coordonnees) -> Anneaux:
    dehors, *trous = [[(float(p[0]), float(p[1])) for p in anneau] for anneau in coordonnees]
    return dehors, trous


def _xml(octets: bytes) -> list[Anneaux]:
    """DTDs, entities and external references are refused before anything is read."""
    try:
        racine = fromstring(octets, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise ErreurMetier("Ce fichier XML ne peut pas être lu.") from None
    try:
        genre = _local(racine)
        if genre == "kml":
            return [_polygone_kml(e) for e in racine.iter() if _local(e) == "Polygon"]
        if genre == "gpx":
            return [(a, []) for e in racine.iter() if (a := _suite_gpx(e))]
    except (ValueError, KeyError, IndexError):
        raise ErreurMetier("Les coordonnées de ce fichier ne peuvent pas être lues.") from None
    raise ErreurMetier("Ce fichier XML n’est ni un KML ni un GPX.")


def _local(element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _polygone_kml(polygone) -> Anneaux:
    dehors: list[Anneau] = []
    trous: list[Anneau] = []
    for bord in polygone:
        liste = {"outerBoundaryIs": dehors, "innerBoundaryIs": trous}.get(_local(bord))
        if liste is None:
            continue
        for element in bord.iter():
            if _local(element) == "coordinates":
                triplets = [t.split(",") for t in (element.text or "").split()]
                liste.append([(float(t[0]), float(t[1])) for t in triplets])
    return dehors[0], trous


def _suite_gpx(element) -> Anneau:
    """A track segment or a route that is walked around the site: closed by its first point."""
    if _local(element) not in ("trkseg", "rte"):
        return []
    return [
        (float(p.attrib["lon"]), float(p.attrib["lat"]))
        for p in element
        if _local(p) in ("trkpt", "rtept")
    ]
