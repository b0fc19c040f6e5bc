"""A member reads the sitting they vote at, and nothing more of it."""

import pytest
from django.urls import reverse

from candidatures.comite.domaine import comites
from candidatures.instruction.domaine.evaluation import confier_evaluation
from candidatures.taches import a_traiter
from tests.factories.comite import clore_comite, faire_comite, ouvrir_comite
from tests.factories.instruction import dater, deporter, faire_evaluateur

LUES = ("comite", "comite_deliberations", "comite_pv")
TENUES = ("comite_membres", "comite_modifier", "comite_decisions")


def statuts(visiteur, comite, noms):
    return [visiteur.get(reverse(f"candidatures:{n}", args=[comite.pk])).status_code for n in noms]


@pytest.fixture
def seance(distribution):
    comite, candidatures = faire_comite(distribution)
    comites.ajouter_membre(
        comite=comite, utilisateur=distribution.evaluateur, par=distribution.dgaln
    )
    return comite, candidatures


def test_aucun_bouton_de_la_page_ne_perd_une_presence(distribution, connecte, seance):
    comite, _ = seance
    dgaln, page = connecte("dgaln"), reverse("candidatures:comite_membres", args=[comite.pk])
    un, deux, *_ = comite.membres.all()
    coches = {"presences": "oui", "present": [un.pk, deux.pk]}
    vide = dgaln.post(page, coches | {"nom": ""})  # nobody to add: refused, the ticks stay
    assert vide.content.decode().count(" checked") == 2
    assert dgaln.post(page, coches | {"nom": "Ada Roy", "votant": "on"}).status_code == 302
    assert set(comite.membres.filter(present=True)) == {un, deux}
    ada = comite.membres.get(nom="Ada Roy")
    retrait = reverse("candidatures:comite_membre_retirer", args=[comite.pk, ada.pk])
    dgaln.post(retrait, {"presences": "oui", "present": [un.pk]})
    assert set(comite.membres.filter(present=True)) == {un}
    dgaln.post(page, {"presences": "oui", "noter": "oui", "present": [deux.pk]})
    assert set(comite.membres.filter(present=True)) == {deux}


def test_un_membre_lit_la_seance_ouverte_sans_la_tenir(distribution, connecte, seance):
    comite, (a, *_) = seance
    visiteur = connecte("evaluateur")
    assert statuts(visiteur, comite, LUES) == [403, 403, 403]
    comite = ouvrir_comite(distribution, comite)
    assert statuts(visiteur, comite, LUES) == [200, 200, 404]
    assert statuts(visiteur, comite, TENUES) == [403, 403, 403]
    page = visiteur.get(reverse("candidatures:comite", args=[comite.pk]), {"places": 3})
    texte = page.content.decode()
    assert (a.titre in texte, "comite-simulation" in texte, "comite-gestes" in texte) == (
        True,
        False,
        False,
    )
    actes = visiteur.get(reverse("candidatures:comite_deliberations", args=[comite.pk]))
    assert "action-post" not in actes.content.decode()
    assert [t.verbe for t in a_traiter(distribution.evaluateur)] == ["Siéger au comité"]
    clore_comite(distribution, comite)
    assert statuts(visiteur, comite, LUES) == [200, 200, 200]
    assert statuts(visiteur, comite, TENUES) == [403, 403, 403]
    assert a_traiter(distribution.evaluateur) == []


@pytest.mark.parametrize("nom", ["ddt", "dreal", "collectivite", "equipe", "ddt_autre"])
def test_qui_ne_siege_pas_ne_lit_rien(distribution, connecte, seance, nom):
    comite = clore_comite(distribution, ouvrir_comite(distribution, seance[0]))
    assert statuts(connecte(nom), comite, LUES) == [403, 403, 403]


def test_un_evaluateur_qui_ne_siege_pas_ne_lit_rien(distribution, connecte):
    comite, _ = faire_comite(distribution)
    comite = clore_comite(distribution, ouvrir_comite(distribution, comite))
    assert statuts(connecte("evaluateur"), comite, LUES) == [403, 403, 403]


def test_qui_doit_une_evaluation_ne_lit_pas_le_rang(distribution, connecte, seance):
    comite, (a, *_) = seance
    autre = faire_evaluateur(distribution, 30)
    comites.ajouter_membre(comite=comite, utilisateur=autre, par=distribution.dgaln)
    confier_evaluation(candidature=a, evaluateur=autre, par=distribution.dgaln)
    comite = ouvrir_comite(distribution, comite)
    visiteur = connecte("evaluateur")
    assert statuts(visiteur, comite, LUES[:1]) == [200]
    visiteur.force_login(autre)
    assert statuts(visiteur, comite, LUES[:2]) == [403, 403]


def test_a_l_aveugle_la_seance_reste_fermee(distribution, connecte, seance):
    comite = ouvrir_comite(distribution, seance[0])
    dater(distribution, comite.appel, aveugle=True, evaluation=(-1, 9))
    assert statuts(connecte("evaluateur"), comite, LUES[:2]) == [403, 403]


def test_un_membre_deporte_ne_lit_ni_le_dossier_ni_le_proces_verbal(distribution, connecte, seance):
    comite, (a, b, _c) = seance
    deporter(distribution, a)
    comite = clore_comite(distribution, ouvrir_comite(distribution, comite))
    visiteur = connecte("evaluateur")
    assert statuts(visiteur, comite, LUES) == [200, 200, 404]
    for nom in LUES[:2]:
        texte = visiteur.get(reverse(f"candidatures:{nom}", args=[comite.pk])).content.decode()
        assert (a.titre in texte, a.reference in texte, b.titre in texte) == (False, False, True)


def test_les_grands_caracteres_cachent_l_en_tete_et_le_pied(distribution, connecte, seance):
    visiteur = connecte("dgaln")
    page = reverse("candidatures:comite", args=[seance[0].pk])
    for adresse, vus in ((page, 1), (f"{page}?grand=1", 0)):
        texte = visiteur.get(adresse).content.decode()
        comptes = [texte.count('id="navigation"'), texte.count('role="banner"')]
        assert [*comptes, texte.count('role="contentinfo"')] == [vus, vus, vus]


def test_la_dgaln_trouve_comites_et_phases(distribution, connecte, seance):
    _, (a, *_) = seance
    visiteur = connecte("dgaln")
    instruire = reverse("candidatures:instruire", args=[a.reference])
    for adresse in ("/tableau-de-bord/", "/instruction/", instruire):
        texte = visiteur.get(adresse).content.decode()
        assert 'href="/instruction/comites/"' in texte
        assert 'href="/instruction/phases/' in texte
