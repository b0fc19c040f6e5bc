"""Quarantine: a real clamd protocol on a socket, nothing read before its verdict."""

import socket
import struct
import threading
from contextlib import suppress
from datetime import date

import pytest
from django.urls import reverse

from candidatures.dossiers.domaine import analyse, pieces, versions, visas
from candidatures.dossiers.models import Mandat, Piece
from socle.journal.domaine import historique
from tests.factories.candidatures import PDF, faire_brouillon

pytestmark = pytest.mark.django_db


def recevoir(prise, taille):
    recu = b""
    while len(recu) < taille:
        lu = prise.recv(taille - len(recu))
        if not lu:
            raise ConnectionError
        recu += lu
    return recu


@pytest.fixture
def clamd(settings):
    """A server that speaks INSTREAM and finds « EICAR »."""
    serveur = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD_URL = f"tcp://127.0.0.1:{serveur.getsockname()[1]}"

    def servir():
        while True:
            try:
                prise, _ = serveur.accept()
            except OSError:
                return
            with prise, suppress(ConnectionError):
                assert recevoir(prise, 10) == b"zINSTREAM\0"
                contenu = b""
                while taille := struct.unpack("!L", recevoir(prise, 4))[0]:
                    contenu += recevoir(prise, taille)
                trouve = b"EICAR" in contenu
                prise.sendall(b"stream: Eicar FOUND\0" if trouve else b"stream: OK\0")

    fil = threading.Thread(target=servir, daemon=True)
    fil.start()
    yield serveur
    serveur.close()


def joindre(distribution, octets):
    candidature = faire_brouillon(distribution)
    return pieces.joindre(
        candidature=candidature, nom="note.pdf", octets=octets, par=distribution.ddt
    )


def en_quarantaine(distribution):
    """As it is between the deposit and the worker’s verdict (the test’s worker runs at once)."""
    piece = joindre(distribution, PDF)
    assert piece.analyse == "en_analyse"
    Piece.objects.filter(pk=piece.pk).update(analyse="en_analyse")
    return Piece.objects.get(pk=piece.pk)


def statut(client, piece):
    url = reverse("candidatures:piece", args=[piece.candidature.reference, piece.uuid])
    reponse = client.get(url)
    if reponse.streaming:
        b"".join(reponse.streaming_content)  # reading to the end closes the file
    return reponse.status_code


def test_sans_clamd_la_piece_est_servie_et_le_dit(distribution, connecte, settings):
    settings.CLAMD_URL = ""
    piece = joindre(distribution, PDF)
    assert piece.analyse == "non_analysee"
    assert statut(connecte("ddt"), piece) == 200


def test_une_piece_attend_puis_est_servie(distribution, connecte, clamd):
    piece = en_quarantaine(distribution)
    client = connecte("ddt")
    assert statut(client, piece) == 403
    assert analyse.analyser(piece.pk) == "saine"
    assert analyse.analyser(piece.pk) == "saine"
    assert statut(client, piece) == 200


def test_une_piece_infectee_quitte_le_dossier(distribution, connecte, clamd):
    piece = joindre(distribution, PDF + b"EICAR")
    assert analyse.analyser(piece.pk) == "refusee"
    piece = Piece.objects.get(pk=piece.pk)
    assert (piece.active, statut(connecte("ddt"), piece)) == (False, 403)
    assert historique(piece.candidature)[0][0].action == "candidature.piece_refusee"


def test_clamd_muet_laisse_la_piece_en_quarantaine(distribution, clamd, settings):
    piece = en_quarantaine(distribution)
    settings.CLAMD_URL = "unix:///nulle/part.sock"
    with pytest.raises(analyse.AnalyseImpossible):
        analyse.analyser(piece.pk)
    assert Piece.objects.get(pk=piece.pk).analyse == "en_analyse"


def test_un_mandat_attend_puis_se_lit_ou_tombe(distribution, connecte, clamd):
    candidature = faire_brouillon(distribution)
    commun = {
        "candidature": candidature,
        "mandant": distribution.collectivite.organisme,
        "signe_le": date(2026, 1, 15),
        "nom": "mandat.pdf",
        "par": distribution.ddt,
    }
    mandat = visas.enregistrer_mandat(octets=PDF + b"EICAR", **commun)
    url = reverse("candidatures:mandat", args=[candidature.reference, mandat.pk])
    Mandat.objects.filter(pk=mandat.pk).update(analyse="en_analyse")
    assert connecte("ddt").get(url).status_code == 403
    assert analyse.analyser_le_mandat(mandat.pk) == "refusee"
    mandat.refresh_from_db()
    assert mandat.motif_retrait == "Écarté par l’analyse antivirus."
    assert versions.contenu(candidature)["mandats"] == []
    assert connecte("ddt").get(url).status_code == 403
    sain = visas.enregistrer_mandat(octets=PDF, **commun)
    assert analyse.analyser_le_mandat(sain.pk) == "saine"
    assert len(versions.contenu(candidature)["mandats"]) == 1
