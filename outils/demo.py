"""Start the demonstration: servers, data, worker, beat, web; stop them all on Ctrl-C."""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

from amorce import RACINE, VAR, dire, lire_port, renoncer
from services import Pile, demarrer

DOSSIER = VAR / "demo"
PYTHON = sys.executable
MOT_DE_PASSE = "demo-atelier"
DISTRIBUTION = [
    ("dgaln@demo.example", "DGALN, pilote national"),
    ("ddt@demo.example", "DDT de la Somme"),
    ("dreal@demo.example", "DREAL Hauts-de-France"),
    ("collectivite@demo.example", "la collectivité porteuse"),
    ("equipe@demo.example", "l’équipe d’assistance"),
    ("evaluateur@demo.example", "un membre du jury"),
    ("ddt-autre@demo.example", "une autre DDT, étrangère aux dossiers"),
    ("collectivite-autre@demo.example", "une autre collectivité"),
]


class Arret(Exception):
    """Somebody asked us to stop."""


def _demander_l_arret(_signal, _cadre):
    raise Arret


def cle_secrete():
    """Keep one key per demonstration, so that sessions survive a restart."""
    fichier = DOSSIER / "cle"
    if not fichier.exists():
        fichier.touch(mode=0o600)
        fichier.write_text(secrets.token_urlsafe(64))
    return fichier.read_text()


def environnement(port, adresses):
    return (
        os.environ
        | adresses
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEBUG": "0",
            "DEMO": "1",
            "HTTPS": "0",
            "SECRET_KEY": cle_secrete(),
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "COURRIEL_AGENDA": "agenda@demo.example",
            "ADRESSE_PUBLIQUE": f"http://127.0.0.1:{port}",
            "MEDIA_ROOT": str(DOSSIER / "media"),
            "STATIC_ROOT": str(DOSSIER / "static"),
            "PYTHONUNBUFFERED": "1",
        }
    )


def manage(env, *arguments):
    resultat = subprocess.run([PYTHON, "manage.py", *arguments], env=env)
    if resultat.returncode:
        renoncer(f"« manage.py {arguments[0]} » a échoué (voir ci-dessus).")


def rassembler_les_statiques(env):
    """Run collectstatic when a static file or the list of packages has changed."""
    calcul = hashlib.sha256((RACINE / "requirements.txt").read_bytes())
    for dossier in ("static", "socle", "candidatures", "ateliers", "restitution"):
        for fichier in sorted((RACINE / dossier).rglob("*")):
            if fichier.is_file() and "static" in fichier.parts:
                calcul.update(f"{fichier}:{fichier.stat().st_mtime_ns}".encode())
    temoin = DOSSIER / "statiques"
    if temoin.exists() and temoin.read_text() == calcul.hexdigest():
        return
    dire("Rassemblement des feuilles de style, scripts et images")
    manage(env, "collectstatic", "--noinput", "--verbosity", "0")
    temoin.write_text(calcul.hexdigest())


def lancer_les_processus(pile, env, port):
    celery = [PYTHON, "-m", "celery", "-A", "config"]
    planning = str(DOSSIER / "beat")
    worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO", "--without-mingle"]
    pile.lancer("worker", worker, env, delai_arret=20)
    pile.lancer("beat", [*celery, "beat", "--schedule", planning, "--loglevel", "INFO"], env)
    web = [PYTHON, "-m", "gunicorn", "--config", "python:config.gunicorn"]
    web += ["config.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    web += ["--workers", "2", "--worker-class", "gthread", "--threads", "4", "--timeout", "60"]
    pile.lancer("web", [*web, "--access-logfile", "-"], env)


def attendre_la_sante(pile, port):
    """Wait until every service answers; tell which one does not."""
    limite, reponse = time.monotonic() + 90, {}
    while time.monotonic() < limite:
        mort = pile.premier_mort()
        if mort:
            renoncer(f"Le service « {mort} » s’est arrêté :\n{pile.fin_du_journal(mort)}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sante/", timeout=5):
                return
        except urllib.error.HTTPError as erreur:
            corps = erreur.read()
            reponse = json.loads(corps) if corps.startswith(b"{") else {"web": erreur.code}
        except OSError:
            pass
        time.sleep(0.3)
    renoncer(f"Les services ne sont pas tous prêts : {json.dumps(reponse, ensure_ascii=False)}")


def presenter(port, duree):
    largeur = max(len(adresse) for adresse, _ in DISTRIBUTION)
    print(f"\n  L’Atelier des territoires est ouvert : http://127.0.0.1:{port}/  ({duree:.0f} s)\n")
    print(f"  Comptes de démonstration (mot de passe : {MOT_DE_PASSE}),")
    print(f"  en un clic depuis http://127.0.0.1:{port}/connexion/\n")
    for adresse, role in DISTRIBUTION:
        print(f"    {adresse:<{largeur}}  {role}")
    print("\n  Journaux dans var/demo/journaux. Ctrl-C arrête tout.\n", flush=True)


def verrouiller():
    VAR.mkdir(exist_ok=True)
    verrou = (VAR / "demo.verrou").open("w")
    try:
        fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        renoncer("La démonstration tourne déjà depuis ce dossier : arrêtez-la avec Ctrl-C.")
    return verrou


def preparer(pile, port):
    adresses = demarrer(pile, DOSSIER)
    env = environnement(port, adresses)
    dire("Migrations, découpage territorial, référentiels, données de démonstration")
    manage(env, "preparer", "--demo")
    rassembler_les_statiques(env)
    return env


def recommencer():
    if os.environ.get("DATABASE_URL"):
        renoncer("DATABASE_URL est donnée : « make demo-neuve » n’efface pas une base extérieure.")
    shutil.rmtree(DOSSIER, ignore_errors=True)


def principal():
    debut = time.monotonic()
    os.chdir(RACINE)
    for attendu in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(attendu, _demander_l_arret)
    port, verrou = lire_port(), verrouiller()
    if "--neuve" in sys.argv:
        recommencer()
    pile = Pile(DOSSIER / "journaux")
    try:
        env = preparer(pile, port)
        lancer_les_processus(pile, env, port)
        attendre_la_sante(pile, port)
        presenter(port, time.monotonic() - debut)
        while not (mort := pile.premier_mort()):
            time.sleep(0.5)
        renoncer(f"Le service « {mort} » s’est arrêté :\n{pile.fin_du_journal(mort)}")
    except Arret:
        print("\n· Arrêt en cours…", flush=True)
    finally:
        for attendu in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(attendu, signal.SIG_IGN)
        pile.prevenir("web", "beat", "worker")
        pile.arreter()
        verrou.close()
    dire("Tout est arrêté ; les données sont gardées dans var/demo.")


if __name__ == "__main__":
    principal()
