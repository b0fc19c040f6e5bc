"""Typed reading of the environment: a bad value stops the boot with one sentence."""

from __future__ import annotations

import ipaddress
import secrets
import sys
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

RACINE = Path(__file__).resolve().parent.parent
SUFFIXES_PRIVES = (".localhost", ".local", ".internal", ".test")


def hotes(texte: str) -> list[str]:
    return [hote.strip() for hote in texte.split(",") if hote.strip()]


def est_public(hote: str) -> bool:
    """Could the outside reach this host? A bare name or a private address could not."""
    nom = hote.strip("[]").lower()
    try:
        return not ipaddress.ip_address(nom).is_private
    except ValueError:
        return nom == "*" or ("." in nom and not nom.endswith(SUFFIXES_PRIVES))


class Environnement(BaseSettings):
    """Every variable that the product reads, with its type and its default."""

    model_config = SettingsConfigDict(extra="ignore", case_sensitive=True)

    DEBUG: bool = False
    DEMO: bool = False
    SECRET_KEY: str = Field(default="", description="At least 50 characters in production.")
    ALLOWED_HOSTS: str = "127.0.0.1,localhost"
    ADRESSE_PUBLIQUE: str = "http://127.0.0.1:8000"
    DATABASE_URL: str = "postgresql://postgres@127.0.0.1:5432/ateliers"
    REDIS_URL: str = "redis://127.0.0.1:6379/0"
    MEDIA_ROOT: Path = RACINE / "var" / "media"
    STATIC_ROOT: Path = RACINE / "var" / "static"
    EMAIL_HOST: str = ""
    EMAIL_PORT: int = Field(default=25, ge=1, le=65535)
    EMAIL_HOST_USER: str = ""
    EMAIL_HOST_PASSWORD: str = ""
    EMAIL_USE_TLS: bool = False
    COURRIEL_EXPEDITEUR: str = "Atelier des territoires <ne-pas-repondre@ateliers.example>"
    COURRIEL_AGENDA: str = Field(default="", pattern=r"^$|^[^@\s<>]+@[^@\s<>]+$")
    TAILLE_MAX_PIECE_MO: int = Field(default=20, ge=1, le=500)
    CLAMD_URL: str = Field(default="", pattern=r"^$|^(tcp|unix)://.+")
    CLES_SCELLEMENT: str = Field(default="", description="Newest first, separated by commas.")
    FOND_DE_PLAN: str = ""
    FOND_DE_PLAN_CREDIT: str = ""
    PASSERELLE_SMS_URL: str = Field(default="", pattern=r"^$|^https?://.+")
    PASSERELLE_SMS_JETON: str = ""
    PASSERELLE_SMS_EXPEDITEUR: str = Field(default="", max_length=15)
    AGENDAS_HOTES_INTERNES: str = ""
    ANNUAIRE_ENTREPRISES_URL: str = Field(default="", pattern=r"^$|^https?://.+")
    DEMARCHES_SIMPLIFIEES_URL: str = Field(default="", pattern=r"^$|^https?://.+")
    DEMARCHES_SIMPLIFIEES_JETON: str = ""
    DUREE_SESSION_H: int = Field(default=12, ge=1, le=720)
    HTTPS: bool = True
    VERSION: str = "0.1.0"

    @field_validator("DATABASE_URL")
    @classmethod
    def _postgresql_seulement(cls, valeur: str) -> str:
        if not valeur.startswith(("postgresql://", "postgres://")):
            raise ValueError("seul PostgreSQL est pris en charge (postgresql://…)")
        return valeur

    @field_validator("REDIS_URL")
    @classmethod
    def _redis(cls, valeur: str) -> str:
        if not valeur.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("une adresse redis://, rediss:// ou unix:// est attendue")
        return valeur

    def verifier(self) -> None:
        """Raise ValueError where two values contradict each other."""
        production = not self.DEBUG and not self.DEMO
        if production and len(self.SECRET_KEY) < 50:
            raise ValueError("SECRET_KEY : donnez une clé d'au moins 50 caractères en production")
        adresses = [*hotes(self.ALLOWED_HOSTS), urlsplit(self.ADRESSE_PUBLIQUE).hostname or ""]
        publics = [adresse for adresse in adresses if est_public(adresse)]
        if self.DEMO and publics:
            raise ValueError(
                "DEMO : la démonstration (connexion en un clic) ne peut pas répondre à "
                f"« {publics[0]} », seulement à cette machine ou à un réseau privé "
                "(ALLOWED_HOSTS, ADRESSE_PUBLIQUE)"
            )
        passerelle = urlsplit(self.PASSERELLE_SMS_URL)
        if production and passerelle.scheme == "http" and est_public(passerelle.hostname or ""):
            raise ValueError(
                "PASSERELLE_SMS_URL : une passerelle publique se joint en https, jamais en clair"
            )
        if self.DEMO and self.ADRESSE_PUBLIQUE.startswith("https://"):
            raise ValueError(
                "DEMO : la démonstration (connexion en un clic) ne peut pas être servie "
                "sur une adresse publique en https"
            )


def lire() -> Environnement:
    """Return the environment, or stop the process with one sentence."""
    try:
        env = Environnement()
        env.verifier()
    except ValidationError as erreur:
        premiere = erreur.errors()[0]
        message = premiere["msg"].removeprefix("Value error, ")
        sys.exit(f"Configuration refusée — {premiere['loc'][0]} : {message}.")
    except ValueError as erreur:
        sys.exit(f"Configuration refusée — {erreur}.")
    if not env.SECRET_KEY:
        env.SECRET_KEY = secrets.token_urlsafe(64)
    return env
