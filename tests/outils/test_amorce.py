"""The bootstrap: what it says when it cannot, what it does when something is missing."""

import os
import socket
import subprocess
import sys

import pytest

from tests.fixtures.gabarits import RACINE


@pytest.fixture
def amorce(monkeypatch):
    monkeypatch.syspath_prepend(str(RACINE / "outils"))
    import amorce

    return amorce


def lancer(port):
    return subprocess.run(
        [sys.executable, "outils/amorce.py", "demo"],
        cwd=RACINE,
        env=os.environ | {"PORT": str(port)},
        capture_output=True,
        text=True,
    )


def test_un_port_pris_se_dit_en_une_phrase():
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        prise.listen()
        port = prise.getsockname()[1]
        resultat = lancer(port)
    assert (resultat.returncode, resultat.stdout, resultat.stderr.count("\n")) == (1, "", 1)
    assert resultat.stderr.startswith(f"✗ Le port {port} est déjà pris : ")


@pytest.mark.parametrize("port", ["abc", "0", "70000", ""])
def test_un_port_impossible_se_dit_en_une_phrase(port):
    resultat = lancer(port)
    attendu = f"✗ PORT={port} n’est pas un numéro de port (de 1 à 65535).\n"
    assert (resultat.returncode, resultat.stderr) == (1, attendu)


def test_une_bibliotheque_absente_designe_son_paquet(amorce, monkeypatch):
    monkeypatch.setattr(amorce, "BIBLIOTHEQUES", {"libabsente-1-0": "libabsente-1.0.so.0"})
    assert amorce.paquets_manquants("demo") == ["libabsente-1-0"]


def test_il_ne_manque_rien_ici(amorce):
    assert amorce.paquets_manquants("essais") == []


def test_sans_police_ni_navigateur(amorce, monkeypatch):
    monkeypatch.setattr(amorce, "police_presente", lambda: False)
    monkeypatch.setattr(amorce.shutil, "which", lambda nom: None)
    assert amorce.paquets_manquants("demo") == ["fonts-dejavu-core"]
    assert amorce.paquets_manquants("essais") == ["fonts-dejavu-core", "chromium"]


def commandes_lancees(amorce, monkeypatch, resultats, racine=True):
    lancees = []

    def executer(commande, journal):
        lancees.append(" ".join(commande))
        return resultats.pop(0)

    monkeypatch.setattr(amorce, "executer", executer)
    monkeypatch.setattr(amorce.os, "geteuid", lambda: 0 if racine else 1000)
    monkeypatch.setattr(amorce.shutil, "which", lambda nom: f"/usr/bin/{nom}")
    monkeypatch.setattr(amorce.sys.stdin, "isatty", lambda: False, raising=False)
    return lancees


APT = "env DEBIAN_FRONTEND=noninteractive apt-get"
INSTALLER = f"{APT} install -y --no-install-recommends libpango-1.0-0"


def test_installation_en_administrateur(amorce, monkeypatch):
    lancees = commandes_lancees(amorce, monkeypatch, [True])
    amorce.installer_debian(["libpango-1.0-0"])
    assert lancees == [INSTALLER]


def test_installation_par_sudo_apres_mise_a_jour_des_listes(amorce, monkeypatch):
    lancees = commandes_lancees(amorce, monkeypatch, [False, True, True], racine=False)
    amorce.installer_debian(["libpango-1.0-0"])
    assert lancees == [f"sudo -n {INSTALLER}", f"sudo -n {APT} update", f"sudo -n {INSTALLER}"]


@pytest.mark.parametrize("absent", ["apt-get", "sudo"])
def test_ce_qu_on_ne_peut_pas_installer_se_dit_avec_la_commande_a_lancer(
    amorce, monkeypatch, absent
):
    commandes_lancees(amorce, monkeypatch, [], racine=False)
    monkeypatch.setattr(amorce.shutil, "which", lambda nom: None if nom == absent else nom)
    with pytest.raises(SystemExit) as arret:
        amorce.installer_debian(["libpango-1.0-0"])
    assert str(arret.value).startswith("✗ Il manque des paquets du système (libpango-1.0-0)")
    assert "« sudo apt-get install libpango-1.0-0 »" in str(arret.value)


def test_la_meme_liste_ne_s_installe_pas_deux_fois(amorce, monkeypatch, tmp_path):
    monkeypatch.setattr(amorce, "VENV", tmp_path)
    lancees = commandes_lancees(amorce, monkeypatch, [True, True])
    amorce.installer_paquets("essais")
    amorce.installer_paquets("essais")
    amorce.installer_paquets("demo")
    assert len(lancees) == 1
    monkeypatch.setattr(amorce, "empreinte", lambda liste: f"nouvelle-{liste}")
    amorce.installer_paquets("demo")
    assert len(lancees) == 2
