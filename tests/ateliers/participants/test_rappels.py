"""Reminders by SMS: asked for by the person, sent once, through a real gateway on the loopback."""

import json
import socket
import threading
from datetime import date, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ateliers.participants.domaine import passerelle, rappels
from ateliers.participants.domaine.telephone import normaliser
from ateliers.participants.domaine.texte_sms import GSM, TAILLE, composer, en_gsm
from ateliers.participants.lien import chemin, jeton
from ateliers.participants.models import Invitation, RappelSms
from ateliers.participants.tasks import purger_rappels, rappeler_par_sms
from ateliers.seances.models import Seance
from socle.erreurs import ErreurMetier
from socle.journal.models import Entree
from tests.factories.participants import faire_invites

NUMERO = "06 12 34 56 78"


class Passerelle:
    """What a gateway receives; `statuts` are its next answers, 202 afterwards."""

    def __init__(self, url):
        self.url, self.recus, self.statuts, self.entetes = url, [], [], {}


@pytest.fixture
def sms(settings):
    class Reponse(BaseHTTPRequestHandler):
        def do_POST(self):
            corps = self.rfile.read(int(self.headers["Content-Length"]))
            ouverte.recus.append((self.headers["Authorization"], json.loads(corps)))
            self.send_response(ouverte.statuts.pop(0) if ouverte.statuts else 202)
            for cle, valeur in (ouverte.entetes | {"Content-Length": "0"}).items():
                self.send_header(cle, valeur)
            self.end_headers()

        def log_message(self, *_):
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Reponse)
    ouverte = Passerelle(f"http://127.0.0.1:{http.server_port}/messages")
    fil = threading.Thread(target=http.serve_forever, daemon=True)
    fil.start()
    settings.PASSERELLE_SMS_URL = ouverte.url
    settings.PASSERELLE_SMS_JETON = "jeton-de-la-passerelle"
    settings.PASSERELLE_SMS_EXPEDITEUR = "Ateliers"
    settings.ADRESSE_PUBLIQUE = "https://ateliers.exemple.gouv.fr"
    yield ouverte
    http.shutdown()
    fil.join()
    http.server_close()


def seance_du(distribution, jour=date(2027, 3, 9), heure=time(9, 30), fuseau="Europe/Paris"):
    """(séance convoked, Jeanne's invitation): she comes."""
    debut = datetime.combine(jour, heure, tzinfo=ZoneInfo(fuseau))
    seance, lignes = faire_invites(
        distribution, debut_prevu=debut, fin_prevu=debut + timedelta(hours=3), fuseau=fuseau
    )
    Seance.objects.filter(pk=seance.pk).update(etat="convoquee")
    Invitation.objects.filter(seance=seance).update(
        convoque_le=debut - timedelta(days=20), reponse="accepte", repondu_le=debut
    )
    jeanne = next(i for i in lignes if i.participant.prenom == "Jeanne")
    return Seance.objects.get(pk=seance.pk), Invitation.objects.get(pk=jeanne.pk)


def a(heures, minutes=0, jour=8, fuseau="Europe/Paris"):
    return datetime(2027, 3, jour, heures, minutes, tzinfo=ZoneInfo(fuseau))


@pytest.mark.parametrize(
    ("texte", "fuseau", "attendu"),
    [
        ("06 12 34 56 78", "Europe/Paris", "+33612345678"),
        ("06.12.34.56.78", "Europe/Paris", "+33612345678"),
        ("+33 (0)7 56 78 90 12", "Europe/Paris", "+33756789012"),
        ("0692 12 34 56", "Indian/Reunion", "+262692123456"),
        ("0690 12 34 56", "America/Guadeloupe", "+590690123456"),
        ("06 12 34 56 78", "Indian/Reunion", "+33612345678"),
        ("+32 470 12 34 56", "Europe/Paris", "+32470123456"),
    ],
)
def test_un_numero_s_ecrit_comme_on_veut(texte, fuseau, attendu):
    assert normaliser(texte, fuseau) == attendu


@pytest.mark.parametrize("texte", ["", "bonjour", "03 22 97 80 80", "06 12 34", "3615", "+1 2"])
def test_un_numero_qui_n_est_pas_un_mobile_est_refuse(texte):
    with pytest.raises(ErreurMetier) as refus:
        normaliser(texte, "Europe/Paris")
    assert refus.value.champ == "numero"


@given(st.text(max_size=200), st.text(max_size=200), st.integers(20, 120))
def test_le_message_tient_en_un_sms_et_garde_son_adresse(titre, lieu, taille):
    adresse = ("https://ateliers.exemple.gouv.fr/invitation/" + "a1:_-Z" * 20)[:taille]
    message = composer("Demain 23 h 59", lieu, titre, adresse)
    assert len(message) <= TAILLE
    assert set(message) <= GSM
    assert message.startswith("Demain 23 h 59") and message.endswith(f" {adresse}")


def test_le_message_se_lit():
    assert en_gsm("L’île « Œuvrée » à Saint-Leu, ça va… 5 €") == (
        'L\'ile " OEuvrée " à Saint-Leu, ca va... 5 euros'
    )
    assert composer("Demain 9 h 30", "Salle des fêtes", "Atelier 2", "https://a.fr/i/1") == (
        "Demain 9 h 30, Salle des fetes: Atelier 2. https://a.fr/i/1"
    )


@pytest.mark.django_db
class TestEnvoi:
    def test_une_fois_la_veille_a_qui_l_a_demande(self, distribution, sms):
        seance, jeanne = seance_du(distribution)
        rappels.accepter(jeanne, numero=NUMERO)
        attendus = [(a(16, 59), 0), (a(17), 1), (a(17, 15), 0), (a(19, 59), 0)]
        assert [rappels.envoyer_tous(m) for m, _ in attendus] == [n for _, n in attendus]
        ((autorisation, corps),) = sms.recus
        assert autorisation == "Bearer jeton-de-la-passerelle"
        assert sorted(corps) == ["from", "text", "to"]
        assert (corps["to"], corps["from"]) == ("+33612345678", "Ateliers")
        assert corps["text"] == (
            "Demain 9 h 30, Salle des fetes: Atelier 1. "
            f"https://ateliers.exemple.gouv.fr{chemin(jeanne)}"
        )
        assert len(corps["text"]) <= TAILLE
        assert rappels.bilan(seance) == {"demandes": 1, "envoyes": 1, "refuses": []}

    @pytest.mark.parametrize(
        ("moment", "nombre"),
        [(a(20), 0), (a(18, jour=7), 0), (a(18, jour=9), 0), (a(18), 1)],
    )
    def test_ni_trop_tard_ni_un_autre_jour(self, distribution, sms, moment, nombre):
        _, jeanne = seance_du(distribution)
        rappels.accepter(jeanne, numero=NUMERO)
        assert rappels.envoyer_tous(moment) == nombre == len(sms.recus)

    def test_a_l_heure_du_site(self, distribution, sms):
        _, jeanne = seance_du(distribution, fuseau="Pacific/Noumea")
        rappels.accepter(jeanne, numero=NUMERO)
        assert rappels.envoyer_tous(a(18)) == 0
        assert rappels.envoyer_tous(a(18, fuseau="Pacific/Noumea")) == 1
        assert sms.recus[0][1]["text"].startswith("Demain 9 h 30,")

    @pytest.mark.parametrize(
        "reponse", ["attendue", "decline", "annulee", "programmee", "retire", "pas_convoque"]
    )
    def test_jamais_a_qui_ne_vient_pas(self, distribution, sms, reponse):
        seance, jeanne = seance_du(distribution)
        rappels.accepter(jeanne, numero=NUMERO)
        lignes = Invitation.objects.filter(pk=jeanne.pk)
        if reponse in ("annulee", "programmee"):
            Seance.objects.filter(pk=seance.pk).update(etat=reponse)
        elif reponse == "retire":
            rappels.revoquer(jeanne)
        elif reponse == "pas_convoque":
            lignes.update(convoque_le=None)
        else:
            lignes.update(reponse=reponse)
        assert (rappels.envoyer_tous(a(18)), sms.recus) == (0, [])

    def test_une_nouvelle_date_a_son_rappel(self, distribution, sms):
        seance, jeanne = seance_du(distribution)
        rappels.accepter(jeanne, numero=NUMERO)
        assert rappels.envoyer_tous(a(18)) == 1
        debut = seance.debut_prevu + timedelta(days=3)
        Seance.objects.filter(pk=seance.pk).update(
            debut_prevu=debut, fin_prevu=debut + timedelta(hours=1)
        )
        assert [rappels.envoyer_tous(a(18, jour=11)) for _ in range(2)] == [1, 0]

    @pytest.mark.parametrize("statut", [429, 503])
    def test_ce_qui_passe_est_retente(self, distribution, sms, statut):
        seance, jeanne = seance_du(distribution)
        rappels.accepter(jeanne, numero=NUMERO)
        sms.statuts = [statut]
        assert [rappels.envoyer_tous(a(17, m)) for m in (0, 15, 30)] == [0, 1, 0]
        assert rappels.bilan(seance)["envoyes"] == 1

    @pytest.mark.parametrize(
        ("statut", "motif"),
        [
            (422, "numéro refusé par la passerelle"),
            (401, "accès à la passerelle refusé"),
            (500, "erreur de la passerelle"),
            (302, "erreur de la passerelle"),
        ],
    )
    def test_un_refus_garde_son_motif(self, distribution, sms, statut, motif):
        seance, jeanne = seance_du(distribution)
        rappels.accepter(jeanne, numero=NUMERO)
        sms.statuts, sms.entetes = [statut], {"Location": sms.url}
        assert [rappels.envoyer_tous(a(17, m)) for m in (0, 15)] == [0, 0]
        assert len(sms.recus) == 1
        assert rappels.bilan(seance) == {"demandes": 1, "envoyes": 0, "refuses": [(motif, 1)]}

    def test_une_passerelle_muette_n_est_pas_rappelee(
        self, distribution, sms, settings, monkeypatch
    ):
        seance, jeanne = seance_du(distribution)
        rappels.accepter(jeanne, numero=NUMERO)
        monkeypatch.setattr(passerelle, "DELAI_S", 0.3)
        with socket.socket() as prise:
            prise.bind(("127.0.0.1", 0))
            settings.PASSERELLE_SMS_URL = f"http://127.0.0.1:{prise.getsockname()[1]}/"
            assert rappels.envoyer_tous(a(17)) == 0
            assert rappels.bilan(seance)["refuses"] == []  # nobody listens: nothing left
            prise.listen()
            assert rappels.envoyer_tous(a(17, 15)) == 0
        motif = "passerelle sans réponse, message peut-être parti"
        assert rappels.bilan(seance)["refuses"] == [(motif, 1)]

    def test_trente_jours_apres_il_n_en_reste_rien(self, distribution, sms, monkeypatch):
        seance, jeanne = seance_du(distribution)
        rappels.accepter(jeanne, numero=NUMERO)
        limite = seance.fin_prevu + timedelta(days=30)
        assert rappels.purger(limite) == 0
        assert rappels.purger(limite + timedelta(seconds=1)) == 1
        assert RappelSms.objects.count() == purger_rappels() == 0
        assert "612345678" not in repr(list(Entree.objects.values()))


@pytest.mark.django_db
class TestPages:
    def test_demander_changer_retirer(self, distribution, sms, client):
        _, jeanne = seance_du(distribution)
        page = reverse("ateliers:rappel_sms", args=[jeton(jeanne)])
        assert page in client.get(chemin(jeanne)).content.decode()
        sans = client.post(page, {"numero": NUMERO}).content.decode()
        assert "Cochez pour recevoir le SMS" in sans and NUMERO in sans
        faux = client.post(page, {"numero": "03 22 97 80 80", "accord": "on"}).content.decode()
        assert "Ce numéro de mobile n’est pas valable." in faux and "03 22 97 80 80" in faux
        assert RappelSms.objects.count() == 0
        assert client.post(page, {"numero": NUMERO, "accord": "on"}).status_code == 302
        assert "+33 6 12 34 56 78" in client.get(page).content.decode()
        client.post(page, {"numero": "07 56 78 90 12", "accord": "on"})
        assert RappelSms.objects.get().numero == "+33756789012"
        client.post(reverse("ateliers:rappel_retirer", args=[jeton(jeanne)]))
        assert RappelSms.objects.count() == 0

    def test_le_pilote_lit_des_nombres(self, distribution, sms, connecte):
        seance, jeanne = seance_du(distribution)
        rappels.accepter(jeanne, numero=NUMERO)
        url = reverse("ateliers:invitations", args=[seance.atelier.slug, seance.pk])
        page = connecte("ddt").get(url).content.decode()
        assert "Rappels par SMS\u00a0: 1\xa0demandé, 0\xa0envoyé" in page
        assert "612345678" not in page and "06 12 34" not in page
        for role in ("collectivite", "equipe"):
            assert "SMS" not in connecte(role).get(url).content.decode()

    def test_sans_passerelle_aucun_ecran_n_en_parle(self, distribution, connecte, client):
        seance, jeanne = seance_du(distribution)
        url = reverse("ateliers:invitations", args=[seance.atelier.slug, seance.pk])
        assert "SMS" not in connecte("ddt").get(url).content.decode()
        assert "SMS" not in client.get(chemin(jeanne)).content.decode()
        assert rappeler_par_sms() == 0
        with pytest.raises(ErreurMetier):
            rappels.accepter(jeanne, numero=NUMERO)
