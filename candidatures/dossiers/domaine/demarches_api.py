"""Read one dossier of « Démarches simplifiées » by its public GraphQL API, and fetch its pieces.

Off unless DEMARCHES_SIMPLIFIEES_URL and _JETON are set. Nothing is trusted: the answer is
checked and bounded, redirections are refused, a piece comes from the same host or not at all.
"""

from __future__ import annotations

import json
from time import monotonic
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from pydantic import BaseModel, Field, ValidationError

from socle.erreurs import ErreurMetier

DELAI_S = 10
OCTETS_MAX = 5_000_000
PANNE = "Démarches simplifiées ne répond pas pour l’instant : réessayez, ou commencez sans reprise."
REFUS = (
    "Démarches simplifiées refuse l’accès de ce site : la DGALN doit vérifier le jeton. Vous "
    "pouvez commencer la candidature sans reprise."
)
ILLISIBLE = "La réponse de Démarches simplifiées n’est pas lisible : commencez sans reprise."
ABSENT = (
    "Aucun dossier de ce numéro n’a été déposé à votre adresse ou au nom de votre organisme. "
    "Vérifiez le numéro, ou commencez sans reprise."
)

INCONNUS = {"not_found", "unauthorized"}
REQUETE = """
query dossier($number: Int!) {
  dossier(number: $number) {
    number
    usager { email }
    demandeur {
      ... on PersonneMorale { siret }
      ... on PersonneMoraleIncomplete { siret }
    }
    demarche { title }
    champs { ...Valeur ... on RepetitionChamp { rows { champs { ...Valeur } } } }
  }
}
fragment Valeur on Champ {
  __typename
  label
  valeur: stringValue
  ... on DateChamp { date }
  ... on CheckboxChamp { coche: value }
  ... on MultipleDropDownListChamp { values }
  ... on CommuneChamp { commune { code } }
  ... on EpciChamp { epci { code } }
  ... on PieceJustificativeChamp { files { filename taille: byteSizeBigInt url } }
}
"""


class _Code(BaseModel):
    code: str | None = Field(default=None, max_length=20)


class Fichier(BaseModel):
    filename: str = Field(max_length=400)
    taille: int = Field(default=0, ge=0)
    url: str = Field(max_length=4000)


class Champ(BaseModel):
    """One answer. `rows`: those of a repeated block."""

    label: str = Field(max_length=1000)
    valeur: str | None = Field(default=None, max_length=200_000)
    date: str | None = Field(default=None, max_length=40)
    coche: bool | None = None
    values: list[str] = Field(default_factory=list, max_length=500)
    commune: _Code | None = None
    epci: _Code | None = None
    files: list[Fichier] = Field(default_factory=list, max_length=50)
    rows: list[dict[str, list[Champ]]] = Field(default_factory=list, max_length=200)

    @property
    def texte(self) -> str:
        """As it would be typed here: one choice per line, dates in ISO, « oui » or « non »."""
        if self.values:
            return "\n".join(self.values)
        if self.coche is not None:
            return "oui" if self.coche else "non"
        return (self.date or self.valeur or "").replace("\r\n", "\n").strip()


class _Personne(BaseModel):
    email: str | None = Field(default=None, max_length=320)
    siret: str | None = Field(default=None, max_length=20)


class _Demarche(BaseModel):
    title: str = Field(default="", max_length=1000)


class Dossier(BaseModel):
    number: int
    usager: _Personne | None = None
    demandeur: _Personne | None = None
    demarche: _Demarche = Field(default_factory=_Demarche)
    champs: list[Champ] = Field(max_length=2000)


class _SansRedirection(HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def configuree() -> bool:
    return bool(settings.DEMARCHES_SIMPLIFIEES_URL and settings.DEMARCHES_SIMPLIFIEES_JETON)


def lire(numero: int) -> Dossier | None:
    """The dossier, or None when there is no such one; ErreurMetier says why it cannot be read."""
    if not configuree():
        raise ErreurMetier("La reprise depuis Démarches simplifiées n’est pas ouverte ici.")
    corps = json.dumps({"query": REQUETE, "variables": {"number": numero}}).encode()
    demande = Request(
        settings.DEMARCHES_SIMPLIFIEES_URL,
        data=corps,
        headers={
            "Authorization": f"Bearer {settings.DEMARCHES_SIMPLIFIEES_JETON}",
            "Content-Type": "application/json",
            "Accept": "application/json",
            "User-Agent": "atelier-des-territoires",
        },
    )
    try:
        reponse = json.loads(_octets(demande, OCTETS_MAX))
    except HTTPError as erreur:
        raise ErreurMetier(REFUS if erreur.code in (401, 403) else PANNE) from None
    except ValueError:
        raise ErreurMetier(ILLISIBLE) from None
    except OSError:
        raise ErreurMetier(PANNE) from None
    return _dossier(reponse)


def _dossier(reponse: Any) -> Dossier | None:
    if not isinstance(reponse, dict):
        raise ErreurMetier(ILLISIBLE)
    donnees = (reponse.get("data") or {}).get("dossier")
    if donnees is None:
        if {_code(erreur) for erreur in reponse.get("errors") or []} <= INCONNUS:
            return None  # Unknown, or out of the reach of the token: the same to whoever asks.
        raise ErreurMetier(ILLISIBLE)
    try:
        return Dossier.model_validate(donnees)
    except ValidationError:
        raise ErreurMetier(ILLISIBLE) from None


def _code(erreur: Any) -> str:
    plus = erreur.get("extensions") if isinstance(erreur, dict) else None
    return str((plus or {}).get("code", "inconnu"))


def _octets(demande, limite: int) -> bytes:
    """At most `limite` + 1 bytes: a slow drip is counted from the first byte asked."""
    fin = monotonic() + DELAI_S
    octets = b""
    with build_opener(_SansRedirection).open(demande, timeout=DELAI_S) as reponse:
        while morceau := reponse.read1(65_536):
            octets += morceau
            if len(octets) > limite:
                break
            if monotonic() > fin:
                raise TimeoutError
    return octets


def meme_hote(url: str) -> bool:
    ici, la = urlsplit(settings.DEMARCHES_SIMPLIFIEES_URL), urlsplit(url)
    return (ici.scheme, ici.netloc) == (la.scheme, la.netloc)


def telecharger(fichier: Fichier) -> bytes:
    """The bytes of one piece; a sentence when it is elsewhere, too big or not to be had."""
    limite = settings.TAILLE_MAX_PIECE
    if not meme_hote(fichier.url):
        raise ErreurMetier("elle est conservée sur un autre site")
    if fichier.taille > limite:
        raise ErreurMetier(f"elle dépasse {limite // 1024 // 1024}\u00a0Mo")
    try:
        octets = _octets(Request(fichier.url), limite)
    except (OSError, ValueError):
        raise ErreurMetier("le téléchargement n’a pas abouti") from None
    if len(octets) > limite:
        raise ErreurMetier(f"elle dépasse {limite // 1024 // 1024}\u00a0Mo")
    return octets
