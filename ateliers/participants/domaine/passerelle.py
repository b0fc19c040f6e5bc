"""The SMS gateway of whoever runs the site: one JSON POST per message, no library of a vendor."""

from __future__ import annotations

import json
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

from ateliers.participants.choix import RefusRappel

DELAI_S = 10
PASSAGERS = (429, 502, 503, 504)


class Indisponible(Exception):
    """Nothing left: the message may be tried again."""


class Refuse(Exception):
    """It will not leave; or it may have left, and must not leave twice."""

    def __init__(self, refus: RefusRappel):
        super().__init__(refus.value)
        self.refus = refus


class _SansRedirection(HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def ouverte() -> bool:
    return bool(settings.PASSERELLE_SMS_URL)


def envoyer(numero: str, texte: str) -> None:
    """Raise Indisponible or Refuse; the token goes to the gateway alone, never to a redirection."""
    corps = {"to": numero, "text": texte}
    if settings.PASSERELLE_SMS_EXPEDITEUR:
        corps["from"] = settings.PASSERELLE_SMS_EXPEDITEUR
    entetes = {"Content-Type": "application/json"}
    if settings.PASSERELLE_SMS_JETON:
        entetes["Authorization"] = f"Bearer {settings.PASSERELLE_SMS_JETON}"
    demande = Request(
        settings.PASSERELLE_SMS_URL, data=json.dumps(corps).encode(), headers=entetes, method="POST"
    )
    try:
        with build_opener(_SansRedirection).open(demande, timeout=DELAI_S) as reponse:
            reponse.read(1000)
    except HTTPError as erreur:
        erreur.close()
        raise _de_la_reponse(erreur.code) from None
    except URLError as erreur:
        if isinstance(erreur.reason, TimeoutError):
            raise Refuse(RefusRappel.SANS_REPONSE) from None
        raise Indisponible from None
    except (OSError, HTTPException):  # it was listening: the message may be on its way
        raise Refuse(RefusRappel.SANS_REPONSE) from None


def _de_la_reponse(statut: int) -> Exception:
    if statut in PASSAGERS:
        return Indisponible()
    if statut in (401, 403):
        return Refuse(RefusRappel.ACCES)
    if 400 <= statut < 500:
        return Refuse(RefusRappel.NUMERO)
    return Refuse(RefusRappel.PASSERELLE)
