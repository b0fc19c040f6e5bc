"""Addresses that we connect to, and the sentence for each thing that may go wrong."""

import contextlib
import logging
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from celery.exceptions import Retry

from ateliers.agendas.choix import Echec, EtatAgenda
from ateliers.agendas.models import AgendaDistant
from ateliers.synchro.domaine import branchement, garde, passage, serveur
from ateliers.synchro.domaine.garde import EchecAgenda
from ateliers.synchro.domaine.taches import synchroniser_agenda
from socle.erreurs import ErreurMetier
from socle.journal.models import Entree
from tests.factories.agendas import brancher, faire_convoquee
from tests.fixtures.radicale import IDENTIFIANT, MOT_DE_PASSE


@contextlib.contextmanager
def petit_serveur(statut, corps=b"", **entetes):
    """Answers the same thing to every request; counts them."""

    class Reponse(BaseHTTPRequestHandler):
        def _repondre(self):
            demandes.append(self.command)
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(statut)
            for cle, valeur in ({"Content-Length": str(len(corps))} | entetes).items():
                self.send_header(cle.replace("_", "-"), valeur)
            self.end_headers()
            self.wfile.write(corps)

        do_PROPFIND = do_REPORT = do_GET = do_PUT = do_OPTIONS = _repondre  # noqa: N815

        def log_message(self, *_):
            pass

    demandes = []
    http = ThreadingHTTPServer(("127.0.0.1", 0), Reponse)
    fil = threading.Thread(target=http.serve_forever, daemon=True)
    fil.start()
    try:
        yield f"http://127.0.0.1:{http.server_port}/", demandes
    finally:
        http.shutdown()
        fil.join()
        http.server_close()


@pytest.mark.parametrize(
    ("adresse", "attendu"),
    [
        ("8.8.8.8", True), ("2001:4860:4860::8888", True),
        ("10.1.2.3", False), ("172.20.0.1", False), ("192.168.1.1", False),
        ("127.0.0.1", False), ("::1", False), ("0.0.0.0", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("224.0.0.1", False), ("fe80::1%eth0", False), ("fd00::1", False),
        ("::ffff:10.0.0.1", False), ("64:ff9b::a00:1", False), ("2002:a00:1::", False),
    ],
)  # fmt: skip
def test_seul_le_dehors_se_joint(settings, adresse, attendu):
    settings.DEMO = False
    assert garde.permise(adresse, "agenda.exemple.fr") is attendu
    settings.AGENDAS_HOTES_INTERNES = frozenset({"agenda.interne.fr"})
    assert garde.permise(adresse, "Agenda.interne.fr.") is True
    assert garde.permise(adresse, "autre.interne.fr") is attendu


@pytest.mark.parametrize(
    ("adresse", "echec"),
    [
        ("http://agenda.exemple.fr/", Echec.CHIFFREE),
        ("http://127.0.0.1/", Echec.CHIFFREE),
        ("ftp://agenda.exemple.fr/", Echec.ADRESSE),
        ("https://", Echec.ADRESSE),
        ("https://agenda.exemple.fr:99999/", Echec.ADRESSE),
        ("https://qui:secret@agenda.exemple.fr/", Echec.ADRESSE),
        ("https://127.0.0.1/", Echec.INTERDITE),
        ("https://localhost/", Echec.INTERDITE),
        ("https://[::1]/", Echec.INTERDITE),
        ("https://2130706433/", Echec.INTERDITE),
        ("https://10.0.0.1/", Echec.INTERDITE),
        ("https://agenda.invalid/", Echec.INCONNUE),
    ],
)
def test_en_production_l_adresse_est_refusee_avant_toute_connexion(settings, adresse, echec):
    settings.DEMO = False
    with pytest.raises(EchecAgenda) as refus:
        serveur.Serveur(adresse, "x", "y").calendriers()
    assert refus.value.echec == echec


def test_une_redirection_ne_mene_pas_dedans():
    for cible, echec in (
        ("https://10.0.0.1/", Echec.INTERDITE),
        ("http://10.0.0.1/", Echec.CHIFFREE),
        ("https://169.254.169.254/latest/", Echec.INTERDITE),
    ):
        with (
            petit_serveur(301, Location=cible) as (adresse, _),
            pytest.raises(EchecAgenda) as refus,
        ):
            serveur.Serveur(adresse, "x", "y").calendriers()
        assert refus.value.echec == echec


def essayer(distribution, adresse, mot_de_passe="x", champ="adresse"):
    with pytest.raises(ErreurMetier) as refus:
        branchement.brancher(
            par=distribution.ddt,
            adresse=adresse,
            identifiant=IDENTIFIANT,
            mot_de_passe=mot_de_passe,
        )
    assert refus.value.champ == champ
    assert AgendaDistant.objects.count() == 0
    return refus.value.message


def test_chaque_echec_a_sa_phrase(distribution, caldav, monkeypatch):
    refus = essayer(distribution, caldav.adresse, champ="mot_de_passe")
    assert refus == "L’identifiant ou le mot de passe est refusé."
    vide = essayer(distribution, caldav.adresse, MOT_DE_PASSE)
    assert vide == "Aucun calendrier de rendez-vous n’a été trouvé à cette adresse."
    for statut, corps, echec in (
        (404, b"", Echec.ADRESSE),
        (200, b"<html><body>Bonjour", Echec.ADRESSE),
        (207, b"<pas du xml", Echec.ADRESSE),
        (503, b"", Echec.SURCHARGE),
        (302, b"", Echec.ADRESSE),
    ):
        with petit_serveur(statut, corps) as (adresse, _):
            assert essayer(distribution, adresse) == echec.label
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        ferme = f"http://127.0.0.1:{prise.getsockname()[1]}/"
        assert essayer(distribution, ferme) == Echec.INJOIGNABLE.label
        monkeypatch.setattr(serveur, "DELAI", 0.3)
        prise.listen()
        assert essayer(distribution, ferme) == Echec.DELAI.label


def test_dix_essais_puis_une_pause(distribution):
    with petit_serveur(404) as (adresse, demandes):
        for _ in range(branchement.ESSAIS):
            essayer(distribution, adresse)
        avant = len(demandes)
        trop = essayer(distribution, adresse, champ="")
        assert trop.startswith("Trop d’essais")
        assert len(demandes) == avant


def test_une_reponse_sans_fin_est_coupee(monkeypatch):
    monkeypatch.setattr(garde, "TAILLE_MAX", 1000)
    with petit_serveur(207, b"x" * 5000) as (adresse, _), pytest.raises(EchecAgenda):
        serveur.Serveur(adresse, "x", "y").calendriers()


@pytest.mark.django_db
def test_le_mot_de_passe_n_est_ecrit_nulle_part(distribution, caldav, connecte, caplog):
    caplog.set_level(logging.DEBUG)
    faire_convoquee(distribution, distribution.ddt)
    agenda = brancher(caldav, distribution.ddt)
    assert MOT_DE_PASSE.encode() not in bytes(agenda.secret)
    assert len(bytes(agenda.secret)) == 1024 + 28
    visiteur = connecte("ddt")
    pages = "".join(
        visiteur.get(f"/calendrier/agenda/{suite}").content.decode()
        for suite in ("", "brancher/", "calendriers/", "debrancher/")
    )
    entrees = repr(list(Entree.objects.values()))
    for texte in (pages, caplog.text, entrees):
        assert MOT_DE_PASSE not in texte
    assert IDENTIFIANT not in entrees


def test_un_secret_deplace_ou_d_une_autre_cle_ne_s_ouvre_pas(distribution, caldav, settings):
    agenda = brancher(caldav, distribution.ddt, ecrit="", lus=("bureau",))
    settings.CLES_SCELLEMENT = ["une autre clé"]
    with pytest.raises(EchecAgenda):
        passage.synchroniser(agenda.pk)
    agenda.refresh_from_db()
    assert (agenda.etat, agenda.echec) == (EtatAgenda.REFUSE, Echec.SECRET)


def test_un_mot_de_passe_change_arrete_les_essais(distribution, caldav):
    agenda = brancher(caldav, distribution.ddt)
    with petit_serveur(401, WWW_Authenticate='Basic realm="x"') as (adresse, demandes):
        AgendaDistant.objects.update(adresse=adresse)
        agenda.calendriers.update(url=f"{adresse}bureau/")
        synchroniser_agenda.delay(agenda.pk)
        nombre = len(demandes)
        synchroniser_agenda.delay(agenda.pk)
        assert len(demandes) == nombre > 0
    agenda.refresh_from_db()
    assert (agenda.etat, agenda.echec) == (EtatAgenda.REFUSE, Echec.REFUS)
    assert agenda.echec_le is not None


@pytest.mark.parametrize(("statut", "attentes"), [(503, [30, 120, 480]), (404, [])])
def test_seul_le_passager_est_retente_de_plus_en_plus_tard(distribution, caldav, statut, attentes):
    agenda = brancher(caldav, distribution.ddt, ecrit="bureau", lus=())
    faire_convoquee(distribution, distribution.ddt)
    agenda.evenements.all().delete()
    trouvees = []
    with petit_serveur(statut) as (adresse, demandes):
        AgendaDistant.objects.update(adresse=adresse)
        agenda.calendriers.update(url=f"{adresse}bureau/")
        for essai in range(len(attentes) + 1):
            try:
                synchroniser_agenda.apply(args=[agenda.pk], retries=essai)
            except Retry as retard:
                trouvees.append(retard.when)
        assert demandes.count("REPORT") == len(attentes) + 1
    agenda.refresh_from_db()
    assert trouvees == attentes
    assert (agenda.etat, agenda.en_cours_depuis) == (EtatAgenda.ACTIF, None)
    assert agenda.succes_le is not None
    assert agenda.echec == (Echec.SURCHARGE if attentes else Echec.DISPARU)
