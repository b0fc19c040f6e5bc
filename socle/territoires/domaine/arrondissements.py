"""Paris, Lyon, Marseille: the cadastre numbers their parcels by arrondissement municipal.

The découpage knows the commune alone; its arrondissements have codes that are no commune’s.
"""

from __future__ import annotations

# Commune: first code of its arrondissements, how many.
VILLES = {"75056": (75101, 20), "69123": (69381, 9), "13055": (13201, 16)}
_RANGS = {
    str(premier + rang): (commune, rang + 1)
    for commune, (premier, nombre) in VILLES.items()
    for rang in range(nombre)
}


def commune_de(code: str) -> str:
    """The commune of an arrondissement; any other code is its own."""
    return _RANGS[code][0] if code in _RANGS else code


def arrondissements_de(commune: str) -> list[str]:
    """In their order; empty where there is none."""
    return [code for code, (ville, _) in _RANGS.items() if ville == commune]


def nom_cadastral(code: str, commune: str) -> str:
    """« Lyon 2e Arrondissement », as the COG writes it; the name of the commune elsewhere."""
    if code not in _RANGS:
        return commune
    rang = _RANGS[code][1]
    return f"{commune} {rang}{'er' if rang == 1 else 'e'} Arrondissement"
