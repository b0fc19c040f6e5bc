"""Asking one avis: the competent services first, any other by its name."""

import pytest
from django.urls import reverse

from candidatures.instruction.domaine.avis import rendre_avis
from candidatures.instruction.models import Avis, BrouillonAvis
from socle.comptes.choix import NatureOrganisme
from socle.comptes.models import Organisme
from tests.factories.instruction import dans, demander_un_avis, faire_evaluateur, faire_recevable


@pytest.fixture
def page(client, distribution):
    client.force_login(distribution.dgaln)
    candidature = faire_recevable(distribution)
    caue = Organisme.objects.create(nom="CAUE de l’Étang", nature=NatureOrganisme.ASSOCIATION)
    personne = faire_evaluateur(distribution, 9)
    personne.organisme = caue
    personne.save()
    return reverse("candidatures:demander_avis", args=[candidature.reference]), candidature, caue


def proposes(form, nom):
    return [pk for pk, _ in form.fields[nom].widget.choices]


def test_les_services_competents_d_abord_le_reste_se_cherche(client, distribution, page):
    adresse, _, caue = page
    form = client.get(adresse).context["form"]
    assert proposes(form, "organisme") == [distribution.dreal.organisme_id]
    assert proposes(form, "autre") == []
    form = client.get(adresse, {"q": "etang CAUE"}).context["form"]
    assert proposes(form, "autre") == [caue.pk]
    vide = client.get(adresse, {"q": "zzz"}).content.decode()
    assert "Aucun organisme ne répond à «\u00a0zzz\u00a0»." in vide


@pytest.mark.parametrize("champ", ["organisme", "autre"])
def test_un_organisme_et_un_seul(client, distribution, page, champ):
    adresse, candidature, caue = page
    envoi = {"question": "", "echeance": dans(9).isoformat()}
    rate = client.post(adresse, envoi)
    assert "Choisissez un organisme, et un seul." in rate.content.decode()
    deux = envoi | {"organisme": distribution.dreal.organisme_id, "autre": caue.pk}
    relu = client.post(adresse, deux)
    assert relu.status_code == 200
    assert proposes(relu.context["form"], "autre") == [caue.pk]
    voulu = deux[champ]
    assert client.post(adresse, envoi | {champ: voulu}).status_code == 302
    assert Avis.objects.get(candidature=candidature).organisme_id == voulu


def test_qui_porte_le_dossier_ne_se_consulte_pas(client, distribution, page):
    adresse, candidature, _ = page
    client.post(
        adresse,
        {"organisme": distribution.ddt.organisme_id, "echeance": dans(9).isoformat()},
    )
    assert not Avis.objects.filter(candidature=candidature).exists()


def test_le_brouillon_d_un_avis_reste_a_qui_le_rend(distribution, connecte):
    candidature = faire_recevable(distribution)
    demande = demander_un_avis(distribution, candidature)
    dreal, dgaln = connecte("dreal"), connecte("dgaln")
    page = reverse("candidatures:avis_rendre", args=[demande.pk])
    envoi = {"champ": "texte", "valeur": "mot-5", "revision": "0"}
    assert dreal.post(f"{page}saisie/", envoi).json()["revision"] == 1
    conflit = dreal.post(f"{page}saisie/", envoi | {"valeur": "autre"})
    assert (conflit.status_code, conflit.json()["actuel"]) == (409, "mot-5")
    faux = {"champ": "sens", "valeur": "peut-être", "revision": "0"}
    assert dreal.post(f"{page}saisie/", faux).status_code == 422
    assert "mot-5" in dreal.get(page).content.decode()
    for lue in (page, reverse("candidatures:instruire", args=[candidature.reference])):
        assert "mot-5" not in dgaln.get(lue).content.decode()
    rendre_avis(avis=demande, sens="favorable", texte="Oui.", par=distribution.dreal)
    assert not BrouillonAvis.objects.exists()
    assert dreal.post(f"{page}saisie/", envoi | {"revision": "1"}).status_code == 422
