"""The State’s public directory « Recherche d’entreprises »: who is the SIREN that we do not know?

Off unless ANNUAIRE_ENTREPRISES_URL is set. It only ever helps: three seconds at most, its answer
checked, kept in the cache; when it fails, whoever types goes on by hand.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from time import monotonic
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.cache import cache
from pydantic import BaseModel, Field, ValidationError

from socle.territoires.domaine.siret import Identite, identite_connue, lire_siret

DELAI_S = 3
OCTETS_MAX = 200_000
GARDE_TROUVE, GARDE_INCONNU, GARDE_PANNE = 7 * 86_400, 86_400, 60
SOURCE = "annuaire public « Recherche d’entreprises »"
INCONNU = "Aucune commune, aucune intercommunalité du découpage ne porte ce numéro."
ETEINT = f"{INCONNU} L’annuaire des entreprises n’est pas consulté : saisissez le nom à la main."
ABSENT = "L’annuaire public ne connaît pas ce numéro : vérifiez-le, ou saisissez le nom à la main."
PANNE = "L’annuaire public ne répond pas pour l’instant : saisissez le nom à la main."
SATURE = (
    "L’annuaire public reçoit trop de demandes : réessayez dans une minute, ou saisissez le nom."
)


class _Siege(BaseModel):
    libelle_commune: str | None = Field(default=None, max_length=200)
    departement: str | None = Field(default=None, max_length=5)


class _Unite(BaseModel):
    siren: str = Field(pattern=r"^\d{9}$")
    nom_complet: str = Field(min_length=1, max_length=400)
    nature_juridique: str | None = Field(default=None, max_length=10)
    siege: _Siege | None = None


class _Reponse(BaseModel):
    results: list[_Unite] = Field(max_length=25)


@dataclass(frozen=True)
class Recherche:
    """Either who it is, or a sentence that says why it is not known."""

    identite: Identite | None = None
    phrase: str = ""


class _SansRedirection(HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def identifier(texte: str) -> Recherche:
    """What we hold first, then the directory. ErreurMetier for a number that cannot be."""
    chiffres = lire_siret(texte)
    if connue := identite_connue(chiffres):
        return Recherche(connue)
    if not settings.ANNUAIRE_ENTREPRISES_URL:
        return Recherche(phrase=ETEINT)
    cle = f"annuaire:{chiffres[:9]}"
    if (gardee := cache.get(cle)) is not None:
        return Recherche(
            Identite(**gardee["identite"]) if gardee["identite"] else None, gardee["phrase"]
        )
    trouvee, garde = _interroger(chiffres[:9])
    identite = asdict(trouvee.identite) if trouvee.identite else None
    cache.set(cle, {"identite": identite, "phrase": trouvee.phrase}, garde)
    return trouvee


def _interroger(siren: str) -> tuple[Recherche, int]:
    """The answer, and how long to keep it."""
    try:
        reponse = _Reponse.model_validate(json.loads(_lire(siren)))
    except HTTPError as erreur:
        return Recherche(phrase=SATURE if erreur.code == 429 else PANNE), GARDE_PANNE
    except (OSError, ValueError, ValidationError):
        return Recherche(phrase=PANNE), GARDE_PANNE
    unite = next((u for u in reponse.results if u.siren == siren), None)
    if unite is None:
        return Recherche(phrase=ABSENT), GARDE_INCONNU
    siege = unite.siege or _Siege()
    lieu = " ".join(
        t for t in (siege.libelle_commune, siege.departement and f"({siege.departement})") if t
    )
    identite = Identite(
        siren=siren,
        nom=" ".join(unite.nom_complet.split())[:180],
        precision=lieu,
        source=SOURCE,
        nature_juridique=unite.nature_juridique or "",
    )
    return Recherche(identite), GARDE_TROUVE


def _lire(siren: str) -> bytes:
    """A slow drip does not get around the delay: it is counted from the first byte asked."""
    fin = monotonic() + DELAI_S
    requete = Request(
        f"{settings.ANNUAIRE_ENTREPRISES_URL}?{urlencode({'q': siren, 'per_page': 5})}",
        headers={"Accept": "application/json", "User-Agent": "atelier-des-territoires"},
    )
    octets = b""
    with build_opener(_SansRedirection).open(requete, timeout=DELAI_S) as reponse:
        while morceau := reponse.read1(8192):
            octets += morceau
            if len(octets) > OCTETS_MAX or monotonic() > fin:
                raise TimeoutError
    return octets
