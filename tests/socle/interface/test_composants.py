"""Components: plain values, French sentences, nothing from the request."""

from datetime import date, timedelta

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone
from lxml import html

from socle.erreurs import Manque
from socle.interface.taches import Tache, ordre


def rendre(nom, request=None, **contexte):
    return html.fragment_fromstring(
        render_to_string(f"composants/{nom}.html", contexte, request), create_parent="div"
    )


def texte(noeud):
    return " ".join(noeud.text_content().split())


def test_badge_avec_et_sans_ton():
    assert rendre("badge_etat", libelle="Déposée", ton="succes").find("p").get("class") == (
        "fr-badge fr-badge--no-icon fr-badge--success"
    )
    assert rendre("badge_etat", libelle="Brouillon").find("p").get("class") == (
        "fr-badge fr-badge--no-icon"
    )


def test_entete_dit_la_suite_et_qui():
    page = rendre("entete_objet", titre="Doullens", suite="Rendre l’avis", suite_qui="la DREAL")
    assert texte(page) == "Doullens Prochaine étape : Rendre l’avis À faire par la DREAL"


def test_manques_liens_et_silence():
    page = rendre("manques", manques=[Manque("Le titre manque.", "#titre"), Manque("Rien.")])
    assert [texte(li) for li in page.iter("li")] == ["Le titre manque.", "Rien."]
    assert [a.get("href") for a in page.iter("a")] == ["#titre"]
    assert texte(rendre("manques", manques=[])) == ""


def test_action_post_garde_le_jeton_csrf_meme_isolee():
    requete = RequestFactory().get("/")
    page = rendre("action_post", requete, url="/x/", libelle="Clore", motif_requis=True)
    assert page.xpath("//form/@action") == ["/x/"]
    assert len(page.xpath("//input[@name='csrfmiddlewaretoken']/@value")[0]) == 64
    assert page.xpath("//textarea/@name") == ["motif"]
    assert page.xpath("//label/@for") == page.xpath("//textarea/@id")


def test_action_post_simple_sans_volet():
    page = rendre("action_post", RequestFactory().get("/"), url="/x/", libelle="Publier")
    assert page.xpath("//details") == []
    assert texte(page.xpath("//button")[0]) == "Publier"


def test_pagination_garde_les_filtres():
    from socle.interface.templatetags.interface import sans_page

    requete = sans_page(QueryDict("q=eau&page=2"))
    page = rendre("pagination", page=Paginator(range(30), 10).page(2), requete=requete)
    assert page.xpath("//a/@href") == [
        "?q=eau&page=1",
        "?q=eau&page=1",
        "?q=eau&page=3",
        "?q=eau&page=3",
    ]
    assert texte(rendre("pagination", page=Paginator(range(3), 10).page(1))) == ""


def test_taches_retard_demain_et_vide():
    aujourdhui = timezone.localdate()
    taches = [
        Tache("Rendre l’avis", "CAN-1", "/a/", echeance=aujourdhui - timedelta(days=2)),
        Tache("Convoquer", "Séance 1", "/b/", echeance=aujourdhui + timedelta(days=1)),
    ]
    lignes = [texte(li) for li in rendre("taches", taches=taches).iter("li")]
    assert lignes[0].startswith("Rendre l’avis CAN-1 2 jours de retard")
    assert lignes[1] == "Convoquer Séance 1 demain"
    assert texte(rendre("taches", taches=[], vide="Rien.")) == "Rien."


def test_ordre_des_taches():
    loin, pres = (
        Tache("a", "a", "/", echeance=date(2030, 1, 1)),
        Tache("b", "b", "/", echeance=date(2029, 1, 1)),
    )
    sans = Tache("c", "c", "/", depuis=date(2020, 1, 1))
    assert sorted([sans, loin, pres], key=ordre) == [pres, loin, sans]


@pytest.mark.parametrize("code", ["400", "500"])
def test_pages_d_erreur_sans_contexte(code):
    page = render_to_string(f"{code}.html")
    assert "Revenir à l’accueil" in page
    assert "{" not in page
