"""Where the server may connect to when a person gives an address: the outside, over TLS.

The check is made by the resolver that opens the connection, on the very addresses it connects to:
a name that answers something else a second later gains nothing, nor does a redirection.
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

import niquests
from django.conf import settings
from niquests.packages.urllib3.contrib.resolver.system import SystemResolver

from ateliers.agendas.choix import Echec

TAILLE_MAX = 20 * 1024 * 1024
REDIRECTIONS = 3
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class EchecAgenda(Exception):
    """What a diary answered, or did not. Holds no address and no secret: it may be logged."""

    def __init__(self, echec: Echec):
        super().__init__(echec.value)
        self.echec = Echec(echec)


def essai_local() -> bool:
    """A demonstration and the tests talk to a diary on their own machine."""
    return bool(settings.DEMO or settings.DEBUG)


def _contenues(ip) -> list:
    """The address itself, and the IPv4 ones that an IPv6 address carries."""
    if ip.version == 4:
        return [ip]
    dedans = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in NAT64:
        dedans.append(ipaddress.ip_address(int(ip) & 0xFFFFFFFF))
    return [d for d in dedans if d] or [ip]


def permise(adresse: str, hote: str) -> bool:
    """May we connect to this address, reached under this name?"""
    if hote.lower().rstrip(".") in settings.AGENDAS_HOTES_INTERNES:
        return True
    for ip in _contenues(ipaddress.ip_address(adresse.split("%")[0])):
        if ip.is_loopback and essai_local():
            continue
        if not ip.is_global or ip.is_multicast:
            return False
    return True


def _boucle_locale(hote: str) -> bool:
    try:
        return ipaddress.ip_address(hote).is_loopback
    except ValueError:
        return hote == "localhost"


def verifier(adresse: str) -> None:
    """Raise EchecAgenda when this address is not one that we connect to."""
    try:
        morceaux = urlsplit(adresse)
        hote, _ = (morceaux.hostname or "").lower(), morceaux.port
    except ValueError:
        raise EchecAgenda(Echec.ADRESSE) from None
    if morceaux.scheme == "http" and not (essai_local() and _boucle_locale(hote)):
        raise EchecAgenda(Echec.CHIFFREE)
    if morceaux.scheme not in ("http", "https") or not hote or morceaux.username is not None:
        raise EchecAgenda(Echec.ADRESSE)


class Resolveur(SystemResolver):
    """The names of the system, minus those that lead inside."""

    def getaddrinfo(self, host, port, *args, **options):
        nom = host.decode() if isinstance(host, bytes) else str(host)
        try:
            trouvees = super().getaddrinfo(host, port, *args, **options)
        except socket.gaierror:
            raise EchecAgenda(Echec.INCONNUE) from None
        if not trouvees or not all(permise(str(t[4][0]), nom.strip("[]")) for t in trouvees):
            raise EchecAgenda(Echec.INTERDITE)
        return trouvees


class Session(niquests.Session):
    """Each hop is checked, no proxy nor ~/.netrc of the machine, answers of a bounded size."""

    def __init__(self):
        super().__init__(
            resolver=Resolveur(), disable_http3=True, revocation_configuration=None, retries=0
        )
        self.trust_env = False
        self.max_redirects = REDIRECTIONS

    def send(self, demande, **options):
        verifier(demande.url)
        reponse = super().send(demande, **(options | {"stream": True}))
        morceaux, taille = [], 0
        for morceau in reponse.iter_content(65_536):
            taille += len(morceau)
            if taille > TAILLE_MAX:
                reponse.close()
                raise EchecAgenda(Echec.INATTENDU)
            morceaux.append(morceau)
        reponse._content, reponse._content_consumed = b"".join(morceaux), True
        return reponse
