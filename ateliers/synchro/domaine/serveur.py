"""A CalDAV server as this product needs it; every failure becomes one of our sentences."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin

import niquests.exceptions as reseau
from caldav.collection import Calendar
from caldav.davclient import DAVClient
from caldav.lib import error

from ateliers.agendas.choix import Echec
from ateliers.agendas.domaine import intervalles
from ateliers.synchro.domaine import garde
from ateliers.synchro.domaine.garde import EchecAgenda

DELAI = 10
SURCHARGES = (429, 502, 503, 504)
DECOUVERTE = "/.well-known/caldav"
ICS = {"Content-Type": "text/calendar; charset=utf-8"}


class Divergence(Exception):
    """The server holds something else than what we wrote: its owner changed it."""


class DejaLa(Exception):
    """Another resource of this calendar has the same UID."""


@dataclass(frozen=True)
class Rdv:
    """A stored appointment: its text as it stands, and its ETag."""

    etag: str
    texte: str


def _de_la_bibliotheque(erreur: error.DAVError, interdit: Echec) -> Echec:
    if isinstance(erreur, error.RateLimitError) or erreur.status in SURCHARGES:
        return Echec.SURCHARGE
    if isinstance(erreur, error.AuthorizationError):
        return interdit if erreur.status == 403 else Echec.REFUS
    if isinstance(erreur, error.NotFoundError) or erreur.status in (301, 302, 404, 405, 410, 501):
        return Echec.ADRESSE
    return Echec.INATTENDU


@contextmanager
def traduire(interdit: Echec = Echec.ADRESSE):
    """`interdit`: what a 403 means here."""
    try:
        yield
    except (EchecAgenda, Divergence, DejaLa):
        raise
    except error.DAVError as erreur:
        raise EchecAgenda(_de_la_bibliotheque(erreur, interdit)) from None
    except reseau.Timeout:
        raise EchecAgenda(Echec.DELAI) from None
    except reseau.SSLError:
        raise EchecAgenda(Echec.CERTIFICAT) from None
    except (reseau.TooManyRedirects, reseau.InvalidURL, reseau.MissingSchema):
        raise EchecAgenda(Echec.ADRESSE) from None
    except (reseau.RequestException, OSError):
        raise EchecAgenda(Echec.INJOIGNABLE) from None
    except Exception:
        # An HTML page, a broken file: the library stumbles in many ways over what is not CalDAV.
        raise EchecAgenda(Echec.INATTENDU) from None


class Serveur:
    """One connection, for the time of a task. Nothing of it is ever written to a log."""

    def __init__(self, adresse: str, identifiant: str, mot_de_passe: str):
        garde.verifier(adresse)
        self.adresse, self.acces = adresse, (identifiant, mot_de_passe)
        self.client = self._client(adresse)

    def _client(self, adresse) -> DAVClient:
        identifiant, mot_de_passe = self.acces
        client = DAVClient(
            url=adresse,
            username=identifiant,
            password=mot_de_passe,
            timeout=DELAI,
            enable_rfc6764=False,  # it would resolve names on its own, out of our guard
        )
        client.session.close()
        client.session = garde.Session()
        return client

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.close()

    def calendriers(self) -> list[tuple[str, str]]:
        """(address, name) of those that hold appointments; asked where the person said, then at
        the usual place of discovery."""
        try:
            return self._calendriers()
        except EchecAgenda as echec:
            if echec.echec not in (Echec.ADRESSE, Echec.INATTENDU):
                raise
        self.client.close()
        self.client = self._client(urljoin(self.adresse, DECOUVERTE))
        try:
            return self._calendriers()
        except EchecAgenda as echec:
            autre = echec.echec == Echec.INATTENDU
            raise EchecAgenda(Echec.ADRESSE if autre else echec.echec) from None

    def _calendriers(self):
        with traduire():
            trouves = [
                (str(c.url), (c.get_display_name() or c.id or "").strip()[:200])
                for c in self.client.principal().get_calendars()
                if "VEVENT" in c.get_supported_components()
            ]
        if not trouves:
            raise EchecAgenda(Echec.VIDE)
        return [(url, nom or "Calendrier") for url, nom in trouves if len(url) <= 800]

    def _calendrier(self, url) -> Calendar:
        return Calendar(client=self.client, url=url)

    def bilan(self, url, debut, fin) -> list[intervalles.Intervalle] | None:
        """Busy intervals as the server counts them; None when it does not know how to."""
        try:
            with traduire():
                recu = self._calendrier(url).freebusy_request(debut, fin)
                return intervalles.d_un_bilan(recu.data)
        except EchecAgenda as echec:
            if echec.echec in (Echec.ADRESSE, Echec.INATTENDU):
                return None
            raise

    def occurrences(self, url, debut, fin) -> list:
        """Every occurrence between two instants, recurring ones expanded."""
        try:
            with traduire():
                trouves = self._calendrier(url).search(
                    start=debut, end=fin, event=True, expand=True
                )
                return [ligne.icalendar_component for ligne in trouves]
        except EchecAgenda as echec:
            disparu = echec.echec == Echec.ADRESSE
            raise EchecAgenda(Echec.DISPARU if disparu else echec.echec) from None

    def connait(self, url, uid) -> bool:
        with traduire():
            try:
                self._calendrier(url).get_event_by_uid(uid)
            except error.NotFoundError:
                return False
            return True

    def lire(self, href) -> Rdv | None:
        with traduire():
            reponse = self.client.request(href, "GET")
            if reponse.status in (404, 410):
                return None
            self._verifier(reponse.status)
            return Rdv(reponse.headers.get("ETag", ""), reponse.raw)

    def ecrire(self, href, texte: bytes, etag: str | None) -> str:
        """Create (`etag` None) or replace; the new ETag, empty when the server keeps it back."""
        entetes = {"If-None-Match": "*"} if etag is None else {"If-Match": etag} if etag else {}
        with traduire(interdit=Echec.LECTURE_SEULE):
            reponse = self.client.put(href, texte.decode(), ICS | entetes)
            if reponse.status == 412:
                raise Divergence
            if reponse.status == 409 or (etag is None and reponse.status == 400):
                raise DejaLa
            self._verifier(reponse.status)
            return reponse.headers.get("ETag", "")

    def effacer(self, href, etag: str) -> None:
        with traduire(interdit=Echec.LECTURE_SEULE):
            reponse = self.client.delete(href, {"If-Match": etag} if etag else {})
            if reponse.status == 412:
                raise Divergence
            if reponse.status not in (404, 410):
                self._verifier(reponse.status)

    @staticmethod
    def _verifier(statut: int) -> None:
        if statut in SURCHARGES:
            raise EchecAgenda(Echec.SURCHARGE)
        if statut in (404, 410):
            raise EchecAgenda(Echec.DISPARU)
        if not 200 <= statut < 300:
            raise EchecAgenda(Echec.INATTENDU)
