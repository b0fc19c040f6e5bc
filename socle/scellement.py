"""Sealing at rest: each offer has a key of its own, wrapped by a key of the settings.

AES-GCM binds each ciphertext to the row it belongs to (`sujet`): what was moved from one offer
to another does not open. Forgetting the wrapped key makes the content unreadable for good.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from socle.erreurs import ErreurMetier

TAILLE_CLE = 32
TAILLE_ALEA = 12
PAS = 1024  # the length of an envelope tells nothing of a name or a price


class SceauIllisible(ErreurMetier):
    """The key changed, or the envelope was tampered with."""


def _cles_maitresses() -> list[bytes]:
    """Newest first: it seals; the older ones still open."""
    return [
        HKDF(SHA256(), TAILLE_CLE, salt=None, info=b"offres scellees").derive(cle.encode())
        for cle in settings.CLES_SCELLEMENT
    ]


def nouvelle_cle() -> bytes:
    return AESGCM.generate_key(TAILLE_CLE * 8)


def sceller(cle: bytes, octets: bytes, sujet: str) -> bytes:
    alea = os.urandom(TAILLE_ALEA)
    return alea + AESGCM(cle).encrypt(alea, octets, sujet.encode())


def desceller(cle: bytes, scelle: bytes, sujet: str) -> bytes:
    scelle = bytes(scelle)
    try:
        return AESGCM(cle).decrypt(scelle[:TAILLE_ALEA], scelle[TAILLE_ALEA:], sujet.encode())
    except (InvalidTag, ValueError) as erreur:
        raise SceauIllisible("Ce pli est illisible : son sceau ne correspond plus.") from erreur


def envelopper(cle: bytes, sujet: str) -> bytes:
    return sceller(_cles_maitresses()[0], cle, sujet)


def developper(enveloppe: bytes, sujet: str) -> bytes:
    for maitresse in _cles_maitresses():
        try:
            return desceller(maitresse, enveloppe, sujet)
        except SceauIllisible:
            continue
    raise SceauIllisible("Ce pli est illisible : la clé de scellement a changé.")


def ajuster(octets: bytes) -> bytes:
    """Pad JSON with spaces up to a multiple of `PAS`."""
    return octets + b" " * (-len(octets) % PAS)
