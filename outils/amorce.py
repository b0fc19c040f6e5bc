"""Prepare the machine: virtual environment, hashed packages, Debian libraries.

Standard library only: this runs before anything is installed. `amorce.py demo|essais`.
"""

import ctypes
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import venv
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
VENV = RACINE / ".venv"
VAR = RACINE / "var"
BIBLIOTHEQUES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
POLICES = "fonts-dejavu-core"
NAVIGATEURS = ("chromium", "chromium-browser", "google-chrome")


def dire(phrase):
    print(f"· {phrase}", flush=True)


def renoncer(phrase):
    sys.exit(f"✗ {phrase}")


def lire_port():
    """Return the asked port when it is free, or stop with one sentence."""
    texte = os.environ.get("PORT", "8000")
    if not texte.isdigit() or not 1 <= int(texte) <= 65535:
        renoncer(f"PORT={texte} n’est pas un numéro de port (de 1 à 65535).")
    with socket.socket() as prise:
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prise.bind(("127.0.0.1", int(texte)))
        except PermissionError:
            renoncer(
                f"Le port {texte} est réservé : choisissez-en un autre, « make demo PORT=8001 »."
            )
        except OSError:
            renoncer(
                f"Le port {texte} est déjà pris : arrêtez ce qui l’occupe "
                f"ou choisissez-en un autre, « make demo PORT={min(int(texte) + 1, 65535)} »."
            )
    return int(texte)


def executer(commande, journal):
    """Run a command with its output in `var/`; return True when it succeeds."""
    VAR.mkdir(exist_ok=True)
    with (VAR / journal).open("ab") as sortie:
        return subprocess.run(commande, stdout=sortie, stderr=subprocess.STDOUT).returncode == 0


def installer_debian(paquets):
    """Install Debian packages, as root or through sudo; one sentence when it cannot."""
    liste = " ".join(paquets)
    consigne = f"Installez-les avec « sudo apt-get install {liste} », puis relancez la commande."
    if not shutil.which("apt-get"):
        renoncer(f"Il manque des paquets du système ({liste}) et apt-get est absent. {consigne}")
    prefixe = []
    if os.geteuid() != 0:
        if not shutil.which("sudo"):
            renoncer(f"Il manque des paquets du système ({liste}). {consigne}")
        prefixe = ["sudo"] if sys.stdin.isatty() else ["sudo", "-n"]
    dire(f"Installation des paquets Debian qui manquent : {liste}")
    apt = [*prefixe, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    installer = [*apt, "install", "-y", "--no-install-recommends", *paquets]
    if executer(installer, "apt.log"):
        return
    if not (executer([*apt, "update"], "apt.log") and executer(installer, "apt.log")):
        renoncer(f"apt-get n’a pas pu installer {liste} (détail dans var/apt.log). {consigne}")


def bibliotheque_presente(fichier):
    try:
        ctypes.CDLL(fichier)
    except OSError:
        return False
    return True


def police_presente():
    dossiers = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    return any(next(d.rglob("*.[to]tf"), None) for d in dossiers if d.is_dir())


def paquets_manquants(pour):
    manquants = [p for p, fichier in BIBLIOTHEQUES.items() if not bibliotheque_presente(fichier)]
    if not police_presente():
        manquants.append(POLICES)
    if pour == "essais" and not any(shutil.which(nom) for nom in NAVIGATEURS):
        manquants.append("chromium")
    return manquants


def preparer_venv():
    """Create `.venv` with this Python, 3.11 or later."""
    if (VENV / "bin" / "python").exists() and (VENV / "bin" / "pip").exists():
        return
    if sys.version_info < (3, 11):  # noqa: UP036
        renoncer("Python 3.11 ou plus récent est nécessaire (« make demo PYTHON=python3.11 »).")
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        installer_debian(["python3-venv"])
    dire("Création de l’environnement Python (.venv)")
    venv.create(VENV, with_pip=True, clear=VENV.exists())


def empreinte(fichier):
    return hashlib.sha256((RACINE / fichier).read_bytes()).hexdigest()


def installer_paquets(pour):
    """Install the hashed list unless the very same file was installed last time."""
    listes = {"essais": "requirements-dev.txt", "demo": "requirements-demo.txt"}
    temoin = VENV / ".listes-installees"
    installees = temoin.read_text().split() if temoin.exists() else []
    suffisantes = [listes["essais"]] if pour == "essais" else list(listes.values())
    if any(empreinte(liste) in installees for liste in suffisantes):
        return
    liste = listes[pour]
    dire(f"Installation des paquets Python ({liste}, empreintes vérifiées)")
    commande = [str(VENV / "bin" / "pip"), "install", "--require-hashes", "-r", liste]
    commande += ["--disable-pip-version-check", "--no-input"]
    if not executer(commande, "pip.log"):
        fin = (VAR / "pip.log").read_text(errors="replace").splitlines()[-3:]
        renoncer("pip n’a pas pu installer les paquets (var/pip.log) :\n  " + "\n  ".join(fin))
    temoin.write_text(empreinte(liste) + "\n")


def principal():
    pour = sys.argv[1] if len(sys.argv) > 1 else "demo"
    os.chdir(RACINE)
    if pour == "--verifier":
        manquants = paquets_manquants("essais")
        dire(f"Il manque : {' '.join(manquants)}" if manquants else "Rien ne manque.")
        return
    if pour == "demo":
        lire_port()
    preparer_venv()
    manquants = paquets_manquants(pour)
    if manquants:
        installer_debian(manquants)
    installer_paquets(pour)


if __name__ == "__main__":
    principal()
