"""The only module that imports WeasyPrint. Loaded by workers, when a document is made.

Every asset comes from disk: "static:…" through the staticfiles finders, "media:…" from the
storage. A missing one stops the rendering: WeasyPrint swallows any other exception.
"""

from __future__ import annotations

import io
import logging
import mimetypes
import re
import threading
from collections.abc import Callable
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousOperation
from django.utils._os import safe_join
from weasyprint import CSS, HTML
from weasyprint.logger import PROGRESS_LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from socle.documents.erreurs import RenduImpossible

FEUILLE_COMMUNE = "documents/base.css"
DPI = 150
_PAGE = re.compile(r"Page (\d+)")
Signal = Callable[[int, str], None]
PROGRESS_LOGGER.propagate = False  # its messages feed the progress, not the worker's log


class RessourceIntrouvable(FatalURLFetchingError):
    """An image, a font or a stylesheet that the document names is not on disk."""


def chemin_static(nom: str) -> Path:
    trouve = finders.find(nom)
    if not trouve:
        raise RessourceIntrouvable(f"fichier « {nom} » introuvable dans les fichiers statiques")
    return Path(trouve)


def chemin_media(nom: str) -> Path:
    try:
        chemin = Path(safe_join(str(settings.MEDIA_ROOT), nom))
    except SuspiciousOperation as erreur:
        raise RessourceIntrouvable(f"chemin refusé : « {nom} »") from erreur
    if not chemin.is_file():
        raise RessourceIntrouvable(f"fichier « {nom} » introuvable dans les pièces")
    return chemin


class Disque(URLFetcher):
    """Reads "static:", "media:" and "data:"; anything else, the network first, is fatal."""

    def fetch(self, url, headers=None):
        genre, _, nom = url.partition(":")
        if genre == "data":
            return super().fetch(url, headers)
        nom = unquote(nom).split("?")[0].split("#")[0].lstrip("/")
        if genre == "static":
            chemin = chemin_static(nom)
        elif genre == "media":
            chemin = chemin_media(nom)
        else:
            raise RessourceIntrouvable(f"adresse refusée : « {url[:120]} »")
        mime = mimetypes.guess_type(chemin.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, chemin.read_bytes(), {"Content-Type": mime})


@lru_cache(maxsize=1)
def polices() -> FontConfiguration:
    """One per process: fonts are loaded once, whatever the number of documents."""
    return FontConfiguration()


@lru_cache(maxsize=32)
def _feuille(nom: str, modifiee_le: float) -> CSS:
    texte = chemin_static(nom).read_text()
    return CSS(string=texte, font_config=polices(), url_fetcher=Disque(), base_url="static:/")


def feuilles(noms: tuple[str, ...]) -> list[CSS]:
    return [_feuille(nom, chemin_static(nom).stat().st_mtime) for nom in (FEUILLE_COMMUNE, *noms)]


@contextmanager
def _pages_signalees(signal: Signal):
    """Turn WeasyPrint's progress messages of this thread into a percentage and a sentence."""
    fil = threading.get_ident()

    class Ecoute(logging.Handler):
        def emit(self, message):
            page = _PAGE.search(message.getMessage())
            if page and message.thread == fil and int(page[1]) % 5 == 0:
                signal(min(80, 35 + int(page[1])), f"Mise en page, page {page[1]}")

    ecoute, niveau = Ecoute(), PROGRESS_LOGGER.level
    PROGRESS_LOGGER.addHandler(ecoute)
    PROGRESS_LOGGER.setLevel(logging.INFO)
    try:
        yield
    finally:
        PROGRESS_LOGGER.removeHandler(ecoute)
        PROGRESS_LOGGER.setLevel(niveau)


def rendre_pdf(html: str, *, styles: tuple[str, ...], identifiant: bytes, signal: Signal):
    """Return (PDF bytes, number of pages): tagged PDF/UA-1, fonts embedded, reproducible."""
    try:
        with _pages_signalees(signal):
            signal(25, "Préparation de la mise en page")
            source = HTML(string=html, base_url="static:/", url_fetcher=Disque())
            feuilles_chargees = feuilles(styles)
            signal(35, "Mise en page")
            document = source.render(
                font_config=polices(),
                stylesheets=feuilles_chargees,
                pdf_variant="pdf/ua-1",
                pdf_identifier=identifiant,
                optimize_images=True,
                dpi=DPI,
            )
        signal(85, "Écriture du PDF")
        cible = io.BytesIO()
        document.write_pdf(
            cible,
            pdf_variant="pdf/ua-1",
            pdf_tags=True,
            pdf_identifier=identifiant,
            optimize_images=True,
            dpi=DPI,
        )
    except FatalURLFetchingError as erreur:
        raise RenduImpossible(str(erreur)) from erreur
    return cible.getvalue(), len(document.pages)
