"""The year and the date of an échéance agree; each refusal stands beside its field."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from lxml import html

from restitution.feuilles.domaine import actions, ecriture
from restitution.feuilles.models import Action
from socle.erreurs import ErreurMetier
from tests.factories import restitution as fabrique

pytestmark = pytest.mark.django_db


@pytest.fixture
def axe(distribution):
    feuille = fabrique.ouvrir(distribution)
    return ecriture.enregistrer_axe(feuille=feuille, titre="Axe", par=distribution.equipe)


def test_la_date_donne_l_annee(distribution, axe):
    action = actions.enregistrer_action(
        axe=axe, titre="Planter", echeance_date=date(2030, 1, 1), par=distribution.equipe
    )
    assert action.echeance_annee == 2030


def test_l_annee_et_la_date_s_accordent(distribution, axe):
    with pytest.raises(ErreurMetier) as refus:
        actions.enregistrer_action(
            axe=axe,
            titre="Planter",
            echeance_annee=2028,
            echeance_date=date(2030, 1, 1),
            par=distribution.equipe,
        )
    assert refus.value.champ == "echeance_annee"


def test_la_base_refuse_deux_annees(distribution, axe):
    action = actions.enregistrer_action(
        axe=axe, titre="Planter", echeance_date=date(2030, 1, 1), par=distribution.equipe
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(echeance_annee=2028)


@pytest.mark.parametrize(
    ("champs", "fautifs"),
    [
        ({"montant": "-3", "echeance_annee": "1990"}, ["echeance_annee", "montant"]),
        ({"echeance_annee": "2028", "echeance_date": "2030-01-01"}, ["echeance_annee"]),
    ],
)
def test_chaque_erreur_est_a_cote_de_son_champ(distribution, axe, client, champs, fautifs):
    client.force_login(distribution.equipe)
    adresse = reverse("restitution:action_nouvelle", args=[axe.feuille.atelier.slug, axe.pk])
    saisie = {
        "axe": axe.pk,
        "titre": "Planter",
        "priorite": "haute",
        "horizon": "court",
        "revision": 0,
    }
    page = html.fromstring(client.post(adresse, saisie | champs).content.decode())
    assert page.xpath("//*[@data-resume-erreurs]//a/@href") == [f"#id_{n}" for n in fautifs]
    assert page.xpath("//*[@aria-invalid='true']/@name") == fautifs
    assert len(page.xpath("//*[contains(@class,'fr-message--error')]")) == len(fautifs)
    assert Action.objects.count() == 0
