"""One verb a view: refusals, double click, two texts, session lost."""

import uuid

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from lxml import html

from socle.interface.domaine import jetons
from socle.interface.models import Jeton
from tests.socle.interface import urls_essai

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.socle.interface.urls_essai")]
ECRIRE, CLORE = "/essai/ecrire/", "/essai/clore/"


@pytest.fixture(autouse=True)
def appels():
    urls_essai.APPELS.clear()
    return urls_essai.APPELS


@pytest.fixture
def agent(connecte):
    return connecte("ddt")


def donnees(texte, **autres):
    return {"texte": texte, "revision": "2", **autres}


def phrases(reponse):
    return [str(m) for m in get_messages(reponse.wsgi_request)]


def resume(reponse):
    page = html.fromstring(reponse.content)
    return [li.text_content() for li in page.xpath("//*[@data-resume-erreurs]//li")]


def test_formulaire_enregistre_et_redirige(agent, appels):
    reponse = agent.post(ECRIRE, donnees("bonjour"))
    assert (reponse.status_code, reponse.url) == (302, "/essai/fini/")
    assert (appels, phrases(reponse)) == (["bonjour"], ["La note est enregistrée."])


def test_refus_garde_le_texte_et_dit_pourquoi(agent):
    reponse = agent.post(ECRIRE, donnees("refus"))
    assert resume(reponse) == ["La note n’est plus modifiable."]
    page = html.fromstring(reponse.content)
    assert page.xpath("//textarea[@name='texte']")[0].text.strip() == "refus"


def test_manques_une_ligne_chacun(agent):
    assert resume(agent.post(ECRIRE, donnees("manque"))) == ["Un titre manque.", "Une date manque."]


def test_interdit_donne_403_avec_la_phrase(agent):
    reponse = agent.post(ECRIRE, donnees("interdit"))
    assert reponse.status_code == 403
    assert "Seul le pilote écrit la note." in reponse.content.decode()


def test_double_clic_n_enregistre_qu_une_fois(agent, appels):
    jeton = html.fromstring(agent.get(ECRIRE).content).xpath("//input[@name='jeton']/@value")[0]
    agent.post(ECRIRE, donnees("un", jeton=jeton))
    second = agent.post(ECRIRE, donnees("un", jeton=jeton))
    assert (second.status_code, second.url, appels) == (302, "/essai/fini/", ["un"])
    assert phrases(second)[-1] == "Votre saisie était déjà enregistrée."


def test_un_refus_rend_le_jeton(agent, appels):
    jeton = str(uuid.uuid4())
    agent.post(ECRIRE, donnees("refus", jeton=jeton))
    assert not Jeton.objects.exists()
    agent.post(ECRIRE, donnees("mieux", jeton=jeton))
    assert appels == ["mieux"]


def test_jeton_illisible_est_ignore(agent, appels):
    assert agent.post(ECRIRE, donnees("un", jeton="xx")).status_code == 302
    assert appels == ["un"]


def test_purge_des_jetons(time_machine=None):
    recent = jetons.consommer(uuid.uuid4())
    ancien = jetons.consommer(uuid.uuid4())
    Jeton.objects.filter(pk=ancien.pk).update(pose_le=ancien.pose_le - 2 * jetons.GARDE)
    assert jetons.purger() == 1
    assert list(Jeton.objects.all()) == [recent]


def test_conflit_montre_les_deux_textes_et_la_nouvelle_revision(agent):
    reponse = agent.post(ECRIRE, donnees("conflit"))
    page = html.fromstring(reponse.content)
    assert reponse.status_code == 409
    textes = [t.text_content().split("\n")[0] for t in page.find_class("conflit__texte")]
    assert len(textes) == 2
    assert "Version du collègue" in page.find_class("conflit__texte")[0].text_content()
    assert "conflit" in page.find_class("conflit__texte--mien")[0].text_content()
    assert page.xpath("//input[@name='revision']/@value") == ["3"]


def test_verbe_fait_et_dit(agent, appels):
    reponse = agent.post(CLORE, {"motif": " complet "})
    assert (reponse.status_code, reponse.url) == (302, "/essai/fini/")
    assert (appels, phrases(reponse)) == ([("appel", "complet")], ["L’appel est clos."])


def test_verbe_ne_se_lit_pas(agent):
    assert agent.get(CLORE).status_code == 405


def test_verbe_refuse_revient_ou_etait_le_bouton(agent):
    origine = "http://testserver/appels/"
    reponse = agent.post(CLORE, {"motif": "manque"}, headers={"referer": origine})
    assert (reponse.status_code, reponse.url) == (302, origine)
    assert phrases(reponse) == ["Un titre manque.", "Une date manque."]


def test_jamais_vers_un_autre_site(agent):
    reponse = agent.post(CLORE, {"motif": "manque"}, headers={"referer": "https://ailleurs.fr/"})
    assert reponse.url == "/tableau-de-bord/"


def test_refus_en_fragment_va_dans_la_zone_des_messages(agent):
    reponse = agent.post(CLORE, {"motif": "manque"}, headers={"hx-request": "true"})
    assert (reponse.status_code, reponse["HX-Retarget"]) == (422, "#messages")


def test_refus_en_lecture(agent):
    reponse = agent.get("/essai/lire/")
    assert reponse.status_code == 409
    assert "Le dossier n’est pas encore lisible." in reponse.content.decode()


class TestReprise:
    def test_la_saisie_attend_la_connexion_puis_se_renvoie(self, client, distribution, appels):
        perdue = client.post(ECRIRE, donnees("long texte", csrfmiddlewaretoken="z"))
        assert perdue.url == "/connexion/?next=%2Freprendre%2F"
        client.force_login(distribution.ddt)
        page = html.fromstring(client.get("/reprendre/").content)
        assert [dt.text for dt in page.iter("dt")] == ["Texte de la note"]
        assert [dd.text for dd in page.iter("dd")] == ["long texte"]
        renvoi = page.xpath("//form[@action='/essai/ecrire/']")[0]
        champs = {e.get("name"): e.get("value") for e in renvoi.iter("input")}
        assert (champs["texte"], champs["revision"]) == ("long texte", "2")
        client.post(ECRIRE, champs)
        assert appels == ["long texte"]
        assert client.get("/reprendre/").url == "/tableau-de-bord/"

    def test_le_tableau_de_bord_la_propose(self, client, distribution):
        client.post(ECRIRE, donnees("long texte"))
        client.force_login(distribution.ddt)
        assert "Reprendre cette saisie" in client.get("/tableau-de-bord/").content.decode()

    def test_on_peut_l_effacer(self, client, distribution):
        client.post(ECRIRE, donnees("long texte"))
        client.force_login(distribution.ddt)
        client.post("/reprendre/abandonner/")
        assert client.get("/reprendre/").status_code == 302

    def test_les_mots_de_passe_ne_sont_pas_gardes(self, client):
        client.post(ECRIRE, donnees("x", mot_de_passe="secret"))
        assert client.session["saisie_perdue"]["champs"] == {"texte": ["x"], "revision": ["2"]}

    def test_une_saisie_enorme_n_est_pas_gardee(self, client):
        reponse = client.post(ECRIRE, donnees("x" * 400_000))
        assert "saisie_perdue" not in client.session
        assert reponse.status_code == 302

    def test_un_fragment_recoit_l_adresse_de_connexion(self, client):
        reponse = client.post(ECRIRE, donnees("x"), headers={"hx-request": "true"})
        assert reponse["HX-Redirect"] == "/connexion/?next=%2Freprendre%2F"


class TestJetonPerime:
    """A form opened before somebody signed in again in another tab."""

    @pytest.fixture
    def strict(self, distribution):
        client = Client(enforce_csrf_checks=True)
        client.force_login(distribution.ddt)
        return client

    def test_la_saisie_attend_sur_reprendre(self, strict):
        reponse = strict.post(
            ECRIRE, donnees("long texte"), headers={"referer": "http://testserver/essai/ecrire/"}
        )
        assert (reponse.status_code, reponse.url) == (302, "/reprendre/")
        assert "long texte" in strict.get("/reprendre/").content.decode()

    def test_en_fragment(self, strict):
        entetes = {"referer": "http://testserver/essai/ecrire/", "hx-request": "true"}
        reponse = strict.post(ECRIRE, donnees("x"), headers=entetes)
        assert reponse["HX-Redirect"] == "/reprendre/"

    @pytest.mark.parametrize("origine", ["https://ailleurs.fr/", ""])
    def test_rien_ne_vient_d_un_autre_site(self, strict, origine):
        reponse = strict.post(ECRIRE, donnees("piège"), headers={"referer": origine})
        assert reponse.status_code == 403
        assert "Le formulaire n’a pas été transmis" in reponse.content.decode()
        assert "saisie_perdue" not in strict.session
