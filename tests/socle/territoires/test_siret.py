"""Keys, identities held, and the public directory asked over a real socket."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.cache import cache
from django.urls import reverse

from socle.comptes.domaine.collectivites import organisme_d_identite
from socle.erreurs import ErreurMetier
from socle.territoires.domaine import annuaire, importer
from socle.territoires.domaine.siret import identite_connue, lire_siret
from socle.territoires.models import Commune, Epci

INCONNU = "732829320"
UNITE = {
    "siren": INCONNU,
    "nom_complet": "SYNDICAT MIXTE DE  LA VALLÉE",
    "nature_juridique": "7354",
    "siege": {"libelle_commune": "AMIENS", "departement": "80"},
    "autre": {"champ": "ignoré"},
}


@pytest.mark.parametrize("texte", ["732 829 320", "73282932000074", "732\u00a0829\u00a0320 00074"])
def test_la_cle_est_juste(texte):
    assert lire_siret(texte) == "".join(c for c in texte if c.isdigit())


def test_la_poste_suit_sa_propre_regle():
    assert lire_siret("35600000049837") == "35600000049837"


@pytest.mark.parametrize(
    "texte", ["", "73282932", "732829321", "73282932000075", "٧٣٢٨٢٩٣٢٠", "x" * 14]
)
def test_une_erreur_est_une_phrase(texte):
    with pytest.raises(ErreurMetier, match="chiffres|clé"):
        lire_siret(texte)


@pytest.mark.django_db
def test_les_communes_et_les_epci_sont_reconnus():
    importer(["80"])
    communes = Commune.objects.filter(departement="80")
    assert communes.filter(siren="").count() == 0
    assert communes.values("siren").distinct().count() == communes.count()
    amiens = identite_connue(communes.get(code="80021").siren)
    assert (amiens.nom, amiens.code) == ("Amiens", "C80021")
    assert amiens.precision.startswith("commune, Somme (80), ")
    epci = Epci.objects.filter(actif=True).first()
    assert identite_connue(epci.pk).code == f"E{epci.pk}"
    for commune in communes[:50]:
        assert lire_siret(commune.siren) == commune.siren


class Annuaire(BaseHTTPRequestHandler):
    """What the server of the test answers; it counts the questions."""

    reponse, statut, attente, demandes = b"", 200, 0, []

    def do_GET(self):
        self.demandes.append(self.path)
        time.sleep(type(self).attente)
        self.send_response(type(self).statut)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()
        self.wfile.write(type(self).reponse)

    def log_message(self, *args):
        pass


@pytest.fixture
def serveur(settings):
    cache.clear()
    Annuaire.reponse = json.dumps({"results": [UNITE], "total_results": 1}).encode()
    Annuaire.statut, Annuaire.attente, Annuaire.demandes = 200, 0, []
    http = ThreadingHTTPServer(("127.0.0.1", 0), Annuaire)
    http.daemon_threads = True
    threading.Thread(target=http.serve_forever, daemon=True).start()
    settings.ANNUAIRE_ENTREPRISES_URL = f"http://127.0.0.1:{http.server_port}/search"
    yield Annuaire
    http.shutdown()
    http.server_close()
    cache.clear()


@pytest.mark.django_db
def test_l_annuaire_repond_et_sa_reponse_se_garde(serveur):
    trouve = annuaire.identifier(f"{INCONNU}00074").identite
    assert (trouve.nom, trouve.precision) == ("SYNDICAT MIXTE DE LA VALLÉE", "AMIENS (80)")
    assert annuaire.identifier(INCONNU).identite == trouve
    assert serveur.demandes == [f"/search?q={INCONNU}&per_page=5"]
    cree = organisme_d_identite(trouve)
    assert (cree.nature, cree.siret) == ("syndicat", INCONNU)
    assert organisme_d_identite(trouve) == cree


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statut", "reponse", "phrase"),
    [
        (429, b"", annuaire.SATURE),
        (500, b"", annuaire.PANNE),
        (302, b"", annuaire.PANNE),
        (200, b"<html>", annuaire.PANNE),
        (200, b"\xff\xfe", annuaire.PANNE),
        (200, b'{"results": [{"siren": 3}]}', annuaire.PANNE),
        (200, b'{"results": [' + b" " * 300_000 + b"]}", annuaire.PANNE),
        (200, b'{"results": []}', annuaire.ABSENT),
        (200, json.dumps({"results": [UNITE | {"siren": "111111111"}]}).encode(), annuaire.ABSENT),
    ],
)
def test_ce_qui_ne_va_pas_laisse_la_main(serveur, statut, reponse, phrase):
    serveur.statut, serveur.reponse = statut, reponse
    for _ in range(2):
        assert annuaire.identifier(INCONNU) == annuaire.Recherche(phrase=phrase)
    assert len(serveur.demandes) == 1


@pytest.mark.django_db
def test_trois_secondes_au_plus(serveur):
    serveur.attente = 6
    debut = time.monotonic()
    assert annuaire.identifier(INCONNU).phrase == annuaire.PANNE
    assert time.monotonic() - debut < 5


@pytest.mark.django_db
def test_eteint_rien_ne_part(serveur, settings):
    settings.ANNUAIRE_ENTREPRISES_URL = ""
    assert annuaire.identifier(INCONNU).phrase == annuaire.ETEINT
    assert serveur.demandes == []


def test_la_page_dit_qui_c_est(distribution, connecte, serveur):
    adresse = reverse("territoires:organisme")
    client = connecte("collectivite")
    assert client.get(adresse, {"siret": INCONNU}).json() == {
        "trouve": True,
        "phrase": f"SYNDICAT MIXTE DE LA VALLÉE, AMIENS (80). Source : {annuaire.SOURCE}.",
    }
    assert client.get(adresse, {"siret": "12"}).json()["trouve"] is False
