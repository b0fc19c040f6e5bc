"""A dossier of Démarches simplifiées fills a candidature: a real HTTP server answers the test."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse

from candidatures.appels.domaine.appels import regler_correspondances
from candidatures.dossiers.domaine import demarches_api
from candidatures.dossiers.models import Candidature
from socle.territoires.models import Commune
from tests.factories.appels import poser, publier, reviser
from tests.factories.candidatures import PDF, faire_appel

pytestmark = pytest.mark.django_db
NUMERO = "123456"


class Plateforme(BaseHTTPRequestHandler):
    """GraphQL on POST, the pieces on GET."""

    reponse, statut, demandes, fichiers = {}, 200, [], {}

    def do_POST(self):
        corps = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.demandes.append((self.headers["Authorization"], corps["variables"]))
        brute = type(self).reponse
        self._repondre(
            type(self).statut, brute if isinstance(brute, bytes) else json.dumps(brute).encode()
        )

    def do_GET(self):
        assert "Authorization" not in self.headers
        octets = self.fichiers.get(self.path)
        self._repondre(200 if octets is not None else 404, octets or b"")

    def _repondre(self, statut, octets):
        self.send_response(statut)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()
        self.wfile.write(octets)

    def log_message(self, *args):
        pass


@pytest.fixture
def plateforme(settings):
    http = ThreadingHTTPServer(("127.0.0.1", 0), Plateforme)
    http.daemon_threads = True
    threading.Thread(target=http.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{http.server_port}"
    settings.DEMARCHES_SIMPLIFIEES_URL = f"{base}/api/v2/graphql"
    settings.DEMARCHES_SIMPLIFIEES_JETON = "jeton-de-l-essai"
    Plateforme.statut, Plateforme.demandes = 200, []
    Plateforme.fichiers = {"/note.pdf": PDF, "/faux.pdf": b"MZ pas un PDF"}
    yield base
    http.shutdown()
    http.server_close()


def champ(label, texte=None, **plus):
    return {"__typename": "TextChamp", "label": label, "valeur": texte, **plus}


def fichier(url, nom="note.pdf", taille=60):
    return {"files": [{"filename": nom, "taille": taille, "url": url}]}


def dossier(courriel, *champs):
    return {
        "data": {
            "dossier": {
                "number": int(NUMERO),
                "usager": {"email": courriel},
                "demandeur": {},
                "demarche": {"title": "Ateliers 2025"},
                "champs": list(champs),
            }
        }
    }


def adresse(appel):
    return reverse("candidatures:reprendre_demarche", args=[appel.slug])


def test_rien_n_est_propose_quand_le_site_n_est_pas_relie(distribution, connecte):
    appel, client = faire_appel(distribution), connecte("ddt")
    page = client.get(reverse("candidatures:creer", args=[appel.slug]))
    assert "Démarches simplifiées" not in page.content.decode()
    assert client.get(adresse(appel)).status_code == 404


def test_les_reponses_et_les_pieces_se_lisent_puis_se_reprennent(
    distribution, connecte, plateforme
):
    appel = faire_appel(distribution)
    version = reviser(distribution, appel)
    poser(distribution, version, "Combien d’habitants ?", type_="nombre")
    poser(distribution, version, "Une friche ?", type_="oui_non")
    publier(distribution, version)
    regler_correspondances(
        appel=appel, correspondances={"section.objet": "Votre question"}, par=distribution.dgaln
    )
    requise = appel.dispositif.pieces.first()
    commune = Commune.objects.filter(departement_id="80").order_by("code").first()
    Plateforme.reponse = dossier(
        distribution.ddt.email.upper(),
        champ("Titre de la candidature", "La vallée"),
        champ("VOTRE QUESTION", "Que faire\r\ndu bourg ?"),
        champ("Combien d’habitants ?", "beaucoup"),
        champ("Une friche ?", "true", coche=True),
        champ("Commune", "Abbeville", commune={"code": commune.pk}),
        champ("Couleur préférée", "Bleu"),
        champ(requise.libelle, **fichier(f"{plateforme}/note.pdf")),
    )
    client = connecte("ddt")
    assert (
        "Démarches simplifiées"
        in client.get(reverse("candidatures:creer", args=[appel.slug])).content.decode()
    )
    apercu = client.post(adresse(appel), {"numero": NUMERO})
    assert apercu.status_code == 200
    assert Candidature.objects.count() == 0
    lu = apercu.context["apercu"]
    assert [(r.destination.libelle, bool(r.refus)) for r in lu.reprises] == [
        ("Titre de la candidature", False),
        ("Objet de l’atelier", False),
        ("Combien d’habitants ?", True),
        ("Une friche ?", False),
        (requise.libelle, False),
    ]
    assert lu.laisses == ("Commune", "Couleur préférée")
    assert "Écrivez un nombre, en chiffres." in apercu.content.decode()
    page = client.post(adresse(appel), {"numero": NUMERO, "titre": "La vallée"}, follow=True)
    creee = Candidature.objects.get()
    assert page.redirect_chain[0][0] == reverse(
        "candidatures:etape", args=[creee.reference, "identite"]
    )
    assert creee.titre == "La vallée"
    assert creee.sections.get(cle="objet").texte == "Que faire\ndu bourg ?"
    assert [c.pk for c in creee.perimetre.communes.all()] == [commune.pk]
    assert {r.cle: r.valeur for r in creee.reponses.all()} == {"une_friche": "oui"}
    assert [(p.piece_requise, p.nom) for p in creee.pieces.all()] == [(requise, "note.pdf")]
    assert Plateforme.demandes == [("Bearer jeton-de-l-essai", {"number": int(NUMERO)})] * 2


@pytest.mark.parametrize("cas", ["ailleurs", "absente", "faux", "trop_grosse", "menteuse"])
def test_une_piece_qui_ne_vient_pas_se_dit(distribution, connecte, plateforme, settings, cas):
    appel = faire_appel(distribution)
    requise = appel.dispositif.pieces.first()
    settings.TAILLE_MAX_PIECE = 1024 * 1024
    Plateforme.fichiers["/grosse.pdf"] = PDF + b" " * (1024 * 1024)
    recue = {
        "ailleurs": fichier("http://127.0.0.2:9/note.pdf"),
        "absente": fichier(f"{plateforme}/rien.pdf"),
        "faux": fichier(f"{plateforme}/faux.pdf"),
        "trop_grosse": fichier(f"{plateforme}/note.pdf", taille=30_000_000),
        "menteuse": fichier(f"{plateforme}/grosse.pdf", taille=10),
    }[cas]
    raison = {
        "ailleurs": "elle est conservée sur un autre site",
        "absente": "le téléchargement n’a pas abouti",
        "faux": "ce fichier n’est pas lisible ici",
        "trop_grosse": "elle dépasse 1\u00a0Mo",
        "menteuse": "elle dépasse 1\u00a0Mo",
    }[cas]
    Plateforme.reponse = dossier(distribution.ddt.email, champ(requise.libelle, **recue))
    page = connecte("ddt").post(
        adresse(appel), {"numero": NUMERO, "titre": "Sans pièce"}, follow=True
    )
    texte = page.content.decode()
    assert f"La pièce «\u00a0{requise.libelle}\u00a0» n’est pas reprise\u00a0: {raison}" in texte
    assert Candidature.objects.get().pieces.count() == 0


def test_le_dossier_d_un_autre_n_existe_pas(distribution, connecte, plateforme):
    """The same sentence as for an unknown number: nothing tells that it exists."""
    appel = faire_appel(distribution)
    client = connecte("ddt")
    Plateforme.reponse = dossier("quelqu.un@exemple.fr", champ("Titre", "Un secret"))
    autre = client.post(adresse(appel), {"numero": NUMERO})
    Plateforme.reponse = {
        "data": {"dossier": None},
        "errors": [{"extensions": {"code": "not_found"}}],
    }
    absent = client.post(adresse(appel), {"numero": NUMERO})
    for page in (autre, absent):
        assert page.context["form"].errors == {"numero": [demarches_api.ABSENT]}
        assert "secret" not in page.content.decode()


def test_l_organisme_qui_a_depose_reprend_son_dossier(distribution, connecte, plateforme):
    appel, organisme = faire_appel(distribution), distribution.collectivite.organisme
    organisme.siret = "20007095100017"
    organisme.save()
    reponse = dossier("agent@exemple.fr", champ("Titre de la candidature", "Le bourg"))
    reponse["data"]["dossier"]["demandeur"] = {"siret": "20007095100025"}
    Plateforme.reponse = reponse
    page = connecte("collectivite").post(adresse(appel), {"numero": NUMERO})
    assert page.context["apercu"].titre == "Le bourg"


@pytest.mark.parametrize(
    ("statut", "reponse", "phrase"),
    [
        (401, {}, demarches_api.REFUS),
        (500, {}, demarches_api.PANNE),
        (302, {}, demarches_api.PANNE),
        (200, b"<html>", demarches_api.ILLISIBLE),
        (200, {"data": {"dossier": {"number": "x"}}}, demarches_api.ILLISIBLE),
        (200, {"errors": [{"message": "Syntax"}]}, demarches_api.ILLISIBLE),
        (200, [1], demarches_api.ILLISIBLE),
    ],
)
def test_chaque_panne_est_une_phrase(distribution, connecte, plateforme, statut, reponse, phrase):
    Plateforme.statut, Plateforme.reponse = statut, reponse
    page = connecte("ddt").post(adresse(faire_appel(distribution)), {"numero": NUMERO})
    assert page.context["form"].non_field_errors() == [phrase]


def test_un_site_arrete_se_dit(distribution, connecte, settings):
    settings.DEMARCHES_SIMPLIFIEES_URL = "http://127.0.0.1:1/graphql"
    settings.DEMARCHES_SIMPLIFIEES_JETON = "jeton"
    page = connecte("ddt").post(adresse(faire_appel(distribution)), {"numero": NUMERO})
    assert page.context["form"].non_field_errors() == [demarches_api.PANNE]


def test_la_dgaln_regle_la_table(distribution, connecte):
    appel = faire_appel(distribution)
    client, url = connecte("dgaln"), reverse("candidatures:correspondances", args=[appel.slug])
    page = client.get(url)
    nom = next(n for n, c in page.context["form"].noms.items() if c == "section.objet")
    client.post(url, {nom: "  Votre question  "})
    appel.refresh_from_db()
    assert appel.correspondances == {"section.objet": "Votre question"}
