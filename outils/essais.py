"""Run everything that must hold: linters, contracts, migrations, the whole suite."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

from amorce import RACINE, VAR, dire
from services import Pile, demarrer

BIN = Path(sys.executable).parent
COEURS = 2
LIMITE_CALCUL_S = COEURS * 15 * 60  # 15 minutes of two cores, whatever else the machine does
LIMITE_S = 45 * 60  # of the clock: a suite that hangs is stopped
MODELE = "essais_modele"
CONTROLES = [
    ("Règles d’écriture (ruff check)", ["ruff", "check", "--quiet", "."]),
    ("Mise en forme (ruff format)", ["ruff", "format", "--check", "--quiet", "."]),
    ("Contrats d’import (lint-imports)", ["lint-imports", "--no-logo"]),
    ("Migrations à jour", ["python", "manage.py", "makemigrations", "--check", "--dry-run"]),
]


def temps_de_calcul():
    """Return the processor seconds of the finished children: the load of others does not count."""
    emploi = resource.getrusage(resource.RUSAGE_CHILDREN)
    return emploi.ru_utime + emploi.ru_stime


def lancer(titre, commande, env, delai=None):
    """Run one step and return True when it holds."""
    dire(titre)
    debut, calcul = time.monotonic(), temps_de_calcul()
    enfant = subprocess.Popen([str(BIN / commande[0]), *commande[1:]], env=env)
    try:
        code = enfant.wait(delai)
    except subprocess.TimeoutExpired:
        enfant.send_signal(signal.SIGINT)
        try:
            enfant.wait(20)
        except subprocess.TimeoutExpired:
            enfant.kill()
        print(f"✗ {titre} : plus de {delai // 60} minutes, arrêté.", flush=True)
        return False
    duree, calcul = time.monotonic() - debut, temps_de_calcul() - calcul
    signe = "✗" if code else "✓"
    print(f"{signe} {titre} ({duree:.0f} s, dont {calcul:.0f} s de calcul)", flush=True)
    return code == 0


def tient_la_limite(calcul):
    """Say when the template and the suite together took more than the processor time allowed."""
    if calcul <= LIMITE_CALCUL_S:
        return True
    print(f"✗ {calcul:.0f} s de calcul, plus de 15 minutes de {COEURS} cœurs : allégez la suite.")
    return False


def preparer_le_modele(env):
    """Migrate and fill one database; each pytest process copies it instead of migrating its own.

    Returns the environment that names it.
    """
    import psycopg

    parties = urllib.parse.urlsplit(env["DATABASE_URL"])
    with psycopg.connect(env["DATABASE_URL"], autocommit=True) as connexion:
        connexion.execute(f'drop database if exists "{MODELE}" with (force)')
        connexion.execute(f'create database "{MODELE}"')
    adresse = urllib.parse.urlunsplit(parties._replace(path=f"/{MODELE}"))
    media = VAR / "essais" / "media-modele"
    shutil.rmtree(media, ignore_errors=True)
    media.mkdir(parents=True)
    if not lancer(
        "Base modèle (migrations, référentiels)",
        ["python", "-m", "tests.modele"],
        env | {"DATABASE_URL": adresse, "ESSAIS_MEDIA_ROOT": str(media)},
    ):
        sys.exit(1)
    return env | {"ESSAIS_MODELE": MODELE, "ESSAIS_MEDIA_MODELE": str(media)}


def principal():
    os.chdir(RACINE)
    arguments = [a for a in sys.argv[1:] if a != "--controles"]
    dossier = VAR / "essais"
    pile = Pile(dossier / "journaux")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        env = os.environ | demarrer(pile, dossier, rapide=True)
        env |= {"DEMO": "1"}  # bytecode is kept: workers and servers do not compile it again
        env.pop("DJANGO_SETTINGS_MODULE", None)
        tenus = [lancer(titre, commande, env) for titre, commande in CONTROLES]
        if "--controles" not in sys.argv:
            avant = temps_de_calcul()
            env = preparer_le_modele(env)
            # One at a time, in their order: the browser journeys, last, are shared by both.
            pytest = ["pytest", "-n", "2", "--maxschedchunk", "1", *arguments]
            tenus.append(lancer("Suite d’essais (pytest)", pytest, env, LIMITE_S))
            tenus.append(tient_la_limite(temps_de_calcul() - avant))
    except KeyboardInterrupt:
        tenus = [False]
    finally:
        pile.arreter()
    sys.exit(0 if all(tenus) else 1)


if __name__ == "__main__":
    principal()
