"""Turn the npm package @etalab/decoupage-administratif into the one compact file that we keep.

Usage: npm pack @etalab/decoupage-administratif@6.0.0 && tar xzf etalab-*.tgz
       python outils/convertir_cog.py package socle/territoires/donnees/cog.json.gz
Same input, same bytes out. Only facts are kept: codes, names, populations, memberships.
"""

import gzip
import json
import sys
from pathlib import Path

MILLESIME = 2026
SOURCE = {
    "source": (
        "npm @etalab/decoupage-administratif 6.0.0, d’après le Code officiel géographique et les "
        "populations légales (Insee), la liste des EPCI à fiscalité propre (DGCL) et la base "
        "officielle des codes postaux (La Poste)"
    ),
    "millesime": MILLESIME,
    "licence": "Licence Ouverte 2.0 (Etalab)",
    "colonnes": {
        "regions": ["code", "nom"],
        "departements": ["code", "nom", "region"],
        "epcis": ["code", "nom", "nature"],
        "communes": ["code", "nom", "departement", "epci", "population", "codes_postaux", "siren"],
    },
}


def lire(dossier: Path, nom: str) -> list[dict]:
    return json.loads((dossier / "data" / f"{nom}.json").read_text(encoding="utf-8"))


def convertir(dossier: Path) -> dict:
    epcis = lire(dossier, "epci")
    epci_de = {membre["code"]: epci["code"] for epci in epcis for membre in epci["membres"]}
    communes = [c for c in lire(dossier, "communes") if c["type"] == "commune-actuelle"]
    return SOURCE | {
        "regions": sorted(
            [r["code"], r["nom"].replace("'", "’")] for r in lire(dossier, "regions")
        ),
        "departements": sorted(
            [d["code"], d["nom"].replace("'", "’"), d["region"]]
            for d in lire(dossier, "departements")
        ),
        "epcis": sorted([e["code"], e["nom"].replace("'", "’"), e["type"]] for e in epcis),
        "communes": sorted(
            [
                c["code"],
                c["nom"].replace("'", "’"),
                c["departement"],
                epci_de.get(c["code"], ""),
                c.get("population", 0),
                " ".join(sorted(c.get("codesPostaux", []))),
                c.get("siren", ""),
            ]
            for c in communes
        ),
    }


def main() -> None:
    dossier, sortie = Path(sys.argv[1]), Path(sys.argv[2])
    texte = json.dumps(convertir(dossier), ensure_ascii=False, separators=(",", ":"))
    sortie.write_bytes(gzip.compress(texte.encode(), compresslevel=9, mtime=0))
    print(f"{sortie} : {sortie.stat().st_size // 1024} Kio")


if __name__ == "__main__":
    main()
