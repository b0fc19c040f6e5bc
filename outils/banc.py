"""Measure the pages against a floor taken in the same run; write var/bench.json."""

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

import mesure
from amorce import RACINE, VAR, dire, renoncer
from services import Pile, demarrer_postgresql, demarrer_redis

DOSSIER = VAR / "banc"
BASE = "banc"
CANDIDATURES = 5_000
FOIS = 10
PYTHON = sys.executable
COMPARABLES = (
    *("Candidatures", "Instruction", "Tableau de bord", "Décisions", "Confirmer", "Comité"),
    *("Dossier", "Préparer", "Lire", "Côte", "Évaluations", "Exports", "Calendrier", "Carte"),
)


def refaire_la_base(pile) -> str:
    """A database of our own on the given server, else on the embedded one; made anew."""
    import psycopg

    donnee = os.environ.get("DATABASE_URL")
    adresse = donnee or demarrer_postgresql(pile, DOSSIER / "postgresql", "postgres", rapide=True)
    parties = urllib.parse.urlsplit(adresse)
    maintenance = urllib.parse.urlunsplit(parties._replace(path="/postgres"))
    with psycopg.connect(maintenance, autocommit=True) as connexion:
        connexion.execute(f'drop database if exists "{BASE}" with (force)')
        connexion.execute(f'create database "{BASE}"')
    return urllib.parse.urlunsplit(parties._replace(path=f"/{BASE}"))


def environnement(pile) -> dict:
    """Production settings; nothing of the caller’s environment but the servers’ addresses."""
    garde = {nom: os.environ[nom] for nom in ("PATH", "HOME", "LC_ALL") if nom in os.environ}
    return garde | {
        "DJANGO_SETTINGS_MODULE": "config.banc.settings",
        "DATABASE_URL": refaire_la_base(pile),
        "REDIS_URL": os.environ.get("REDIS_URL") or demarrer_redis(pile, DOSSIER / "redis"),
        "DEBUG": "0",
        "DEMO": "0",
        "HTTPS": "1",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": mesure.HOTE,
        "ADRESSE_PUBLIQUE": f"https://{mesure.HOTE}",
        "MEDIA_ROOT": str(DOSSIER / "media"),
        "STATIC_ROOT": str(DOSSIER / "static"),
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(RACINE),
    }


def manage(env, *arguments, lire=False) -> str:
    sortie = subprocess.PIPE if lire else None
    fait = subprocess.run([PYTHON, "manage.py", *arguments], env=env, stdout=sortie, text=True)
    if fait.returncode:
        renoncer(f"« manage.py {' '.join(arguments)} » a échoué (voir ci-dessus).")
    return fait.stdout or ""


def chronometrer(phrase, env, *arguments):
    debut = time.monotonic()
    manage(env, *arguments)
    dire(f"{phrase} ({time.monotonic() - debut:.0f} s)")


def servir(pile, env) -> int:
    """Two synchronous workers, as in production; return the port."""
    port = mesure.port_libre()
    serveur = pile.lancer(
        "web",
        [PYTHON, "-m", "gunicorn", "--config", "python:config.gunicorn", "config.wsgi:application"]
        + ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--worker-class", "sync"],
        env,
    )
    limite = time.monotonic() + 60
    while not mesure.repond(port):
        if serveur.poll() is not None or time.monotonic() > limite:
            renoncer("Le serveur ne répond pas :\n" + pile.fin_du_journal("web"))
        time.sleep(0.2)
    return port


def mesurer(pile, env, tours, garder=lambda page: True):
    """Serve, measure, stop: two series share nothing but the database."""
    plan = json.loads(manage(env, "banc", "pages", lire=True))
    plan["pages"] = [p for p in plan["pages"] if p["genre"] == "plancher" or garder(p)]
    port = servir(pile, env)
    resultats = mesure.mesurer(port, plan, tours)
    pile.prevenir("web")
    return resultats


def peser_les_exports(pile, env):
    """Every candidature in each format, by a worker: the peak of its process, in MiB."""
    ouvrier = pile.lancer(
        "ouvrier",
        [PYTHON, "-m", "celery", "-A", "config", "worker", "--concurrency", "1"]
        + ["--without-mingle", "--loglevel", "WARNING"],
        env,
    )
    lignes = json.loads(manage(env, "banc", "exporter", lire=True))
    enfants = Path(f"/proc/{ouvrier.pid}/task/{ouvrier.pid}/children").read_text().split()
    sommet = max(_sommet_mio(int(pid)) for pid in enfants)
    pile.prevenir("ouvrier")
    for ligne in lignes:
        dire(
            "Export {format} de {lignes} candidatures : {octets} octets, {secondes} s".format(
                **ligne
            )
        )
    dire(f"Mémoire de l’ouvrier, au plus : {sommet:.0f} Mio (but : 200)")
    (VAR / "bench-exports.json").write_text(
        json.dumps({"sommet_mio": round(sommet), "exports": lignes}, indent=1) + "\n"
    )


def _sommet_mio(pid) -> float:
    for ligne in Path(f"/proc/{pid}/status").read_text().splitlines():
        if ligne.startswith("VmHWM:"):
            return int(ligne.split()[1]) / 1024
    return 0.0


def comparer(avant, apres):
    """The ratio 50,000 / 5,000 of what both series measured, each against its own floor."""
    connus = {r["page"]: r["ratio_plancher"] for r in avant}
    for r in apres:
        if connus.get(r["page"]):
            r["ratio_croissance"] = round(r["ratio_plancher"] / connus[r["page"]], 2)


def ecrire(resultats):
    chemin = VAR / "bench.json"
    chemin.write_text(json.dumps(resultats, ensure_ascii=False, indent=1) + "\n")
    dire(f"Résultats dans {chemin.relative_to(RACINE)}")


def principal():
    debut = time.monotonic()
    os.chdir(RACINE)
    sys.path.insert(0, str(Path(__file__).parent))
    rapide = "--rapide" in sys.argv
    DOSSIER.mkdir(parents=True, exist_ok=True)
    pile = Pile(DOSSIER / "journaux")
    try:
        env = environnement(pile)
        chronometrer("Base, découpage, référentiels", env, "banc", "preparer")
        chronometrer("Fichiers statiques", env, "collectstatic", "--noinput", "--verbosity", "0")
        chronometrer(f"{CANDIDATURES} candidatures", env, "banc", "semer", str(CANDIDATURES))
        resultats = mesurer(pile, env, 10 if rapide else 20)
        mesure.imprimer(resultats)
        peser_les_exports(pile, env)
        if not rapide:
            chronometrer("Croissance à 50 000", env, "banc", "multiplier", str(FOIS))
            listes = mesurer(pile, env, 10, lambda p: p["page"].startswith(COMPARABLES))
            comparer(resultats, listes)
            mesure.imprimer_croissance(listes)
            par_page = {r["page"]: r for r in listes}
            for r in resultats:
                r["ratio_50000_5000"] = par_page.get(r["page"], {}).get("ratio_croissance")
        ecrire(resultats)
    finally:
        pile.arreter()
        shutil.rmtree(DOSSIER / "static", ignore_errors=True)
    dire(f"En {time.monotonic() - debut:.0f} s")


if __name__ == "__main__":
    principal()
