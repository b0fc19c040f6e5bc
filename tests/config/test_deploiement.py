"""What an operator relies on: safe settings, refusals in one sentence."""

import os
import re
import subprocess
import sys

import pytest

from tests.fixtures.gabarits import RACINE

PRODUCTION = {
    "DEBUG": "0",
    "DEMO": "0",
    "SECRET_KEY": "k9f2-Zq7w_T3xV8mB1nC6yR4uJ0pL5sD-hG2aE7oI9tW3eQ8r-vB6nM4kX",
    "ADRESSE_PUBLIQUE": "https://ateliers.example",
    "ALLOWED_HOSTS": "ateliers.example",
}


def manage(*arguments, **valeurs):
    oublies = {"PYTHONWARNINGS", "HTTPS", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}
    env = {cle: valeur for cle, valeur in os.environ.items() if cle not in oublies}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=RACINE,
        env=env | PRODUCTION | valeurs,
        capture_output=True,
        text=True,
    )


def test_check_deploy_ne_dit_rien():
    resultat = manage("check", "--deploy", "--fail-level", "WARNING")
    assert (resultat.stderr, resultat.returncode) == ("", 0)


@pytest.mark.parametrize(
    ("valeurs", "sujet"),
    [
        ({"SECRET_KEY": "courte"}, "SECRET_KEY"),
        ({"DATABASE_URL": "sqlite:///base.sqlite3"}, "DATABASE_URL"),
        ({"REDIS_URL": "localhost"}, "REDIS_URL"),
        ({"DEMO": "1"}, "DEMO"),
        ({"TAILLE_MAX_PIECE_MO": "beaucoup"}, "TAILLE_MAX_PIECE_MO"),
        ({"EMAIL_PORT": "0"}, "EMAIL_PORT"),
    ],
)
def test_une_mauvaise_valeur_arrete_le_demarrage_en_une_phrase(valeurs, sujet):
    resultat = manage("check", **valeurs)
    assert resultat.returncode == 1
    assert resultat.stderr.count("\n") == 1
    assert resultat.stderr.startswith(f"Configuration refusée — {sujet} : ")


def test_chaque_reglage_arrive_aux_conteneurs():
    """What the compose file does not pass would be set in `.env` without any effect."""
    from config.environnement import Environnement

    du_produit = (RACINE / "docker-compose.yml").read_text().partition("volumes:")[0]
    passes = set(re.findall(r"^    ([A-Z_]+): ", du_produit, re.MULTILINE))
    ecrits_dans_l_image = {"DEBUG", "DEMO", "HTTPS", "VERSION", "MEDIA_ROOT", "STATIC_ROOT"}
    assert passes == set(Environnement.model_fields) - ecrits_dans_l_image
