"""The gates of the démarche, one by one."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ateliers.seances.domaine import agenda, preparation
from ateliers.seances.models import Glissement, Seance
from socle.erreurs import (
    ActionInterdite,
    ElementsManquants,
    ErreurMetier,
    MotifRequis,
    TransitionImpossible,
)
from tests.factories import ateliers as fabrique

pytestmark = pytest.mark.django_db
PASSEE = {"date_passee"}


def test_un_atelier_ne_se_programme_pas_avant_le_precedent(distribution):
    atelier = fabrique.faire_en_cours(distribution)
    with pytest.raises(ElementsManquants) as refus:
        fabrique.programmer(distribution, fabrique.seance_de(atelier, rang=2), 100)
    assert refus.value.message == (
        "La séance « Atelier 1 : découverte » n’a pas encore de date : programmez-la d’abord."
    )


def test_l_atelier_2_ne_se_tient_pas_avant_l_atelier_1(distribution):
    atelier = fabrique.faire_en_cours(distribution)
    fabrique.programmer(distribution, fabrique.seance_de(atelier, rang=1), 200)
    deux = fabrique.programmer(distribution, fabrique.seance_de(atelier, rang=2), 100)
    with pytest.raises(ElementsManquants) as refus:
        agenda.tenir(seance=deux, par=distribution.ddt)
    assert refus.value.message == "La séance « Atelier 1 : découverte » n’est pas encore tenue."


def test_l_atelier_3_attend_un_site_demonstrateur(distribution):
    atelier = fabrique.faire_en_cours(distribution)
    fabrique.tenir(distribution, fabrique.seance_de(atelier, rang=1), 200)
    fabrique.tenir(distribution, fabrique.seance_de(atelier, rang=2), 150)
    trois = fabrique.programmer(distribution, fabrique.seance_de(atelier, rang=3), 100)
    with pytest.raises(ElementsManquants):
        agenda.tenir(seance=trois, par=distribution.ddt)
    fabrique.designer(distribution, atelier)
    agenda.tenir(seance=trois, par=distribution.ddt)
    assert fabrique.frais(atelier).etat == "restitution"


def test_pas_d_inter_atelier_en_flash(distribution):
    atelier = fabrique.faire_en_cours(distribution, "flash")
    with pytest.raises(ErreurMetier) as refus:
        preparation.ajouter_seance(
            atelier=atelier, par=distribution.ddt, genre="inter_atelier", titre="Entretiens"
        )
    assert "ne comporte pas d’inter-atelier" in refus.value.message


def test_rien_ne_se_tient_avant_la_notification(distribution):
    atelier = fabrique.faire_atelier(distribution, "flash")
    seance = fabrique.programmer(distribution, fabrique.seance_de(atelier), 100)
    with pytest.raises(ElementsManquants) as refus:
        agenda.tenir(seance=seance, par=distribution.ddt)
    assert refus.value.message == "Aucun contrat n’est notifié à l’équipe."


def test_une_seance_future_n_est_pas_tenue(distribution):
    atelier = fabrique.faire_en_cours(distribution, "flash")
    seance = fabrique.programmer(distribution, fabrique.seance_de(atelier), -10)
    with pytest.raises(ErreurMetier):
        agenda.tenir(seance=seance, par=distribution.ddt)


def test_un_report_garde_la_date_abandonnee_et_son_motif(distribution):
    atelier = fabrique.faire_en_cours(distribution, "flash")
    seance = fabrique.programmer(distribution, fabrique.seance_de(atelier), 100)
    with pytest.raises(MotifRequis):
        agenda.reporter(seance=seance, par=distribution.ddt, motif=" ", **fabrique.moments(90))
    agenda.reporter(
        seance=seance,
        par=distribution.ddt,
        motif="Élections",
        confirmes=PASSEE,
        **fabrique.moments(90),
    )
    glissement = Glissement.objects.get()
    assert (glissement.ancien_debut, glissement.motif) == (seance.debut_prevu, "Élections")
    assert glissement.nouveau_debut - glissement.ancien_debut == timedelta(days=10)


def test_un_report_ne_depasse_pas_l_atelier_suivant(distribution):
    atelier = fabrique.faire_en_cours(distribution)
    un = fabrique.programmer(distribution, fabrique.seance_de(atelier, rang=1), 200)
    fabrique.programmer(distribution, fabrique.seance_de(atelier, rang=2), 150)
    with pytest.raises(ElementsManquants):
        agenda.reporter(seance=un, par=distribution.ddt, motif="Crue", **fabrique.moments(140))


def test_un_atelier_in_situ_ne_s_annule_pas(distribution):
    atelier = fabrique.faire_en_cours(distribution)
    with pytest.raises(ErreurMetier):
        agenda.annuler(seance=fabrique.seance_de(atelier), par=distribution.ddt, motif="Crue")
    inter = fabrique.seance_de(atelier, "inter_atelier")
    assert agenda.annuler(seance=inter, par=distribution.ddt, motif="Crue").etat == "annulee"


def test_les_heures_sont_celles_du_site(distribution):
    atelier = fabrique.faire_en_cours(distribution, "flash")
    Seance.objects.filter(atelier=atelier).update(fuseau="America/Cayenne")
    seance = fabrique.programmer(distribution, fabrique.seance_de(atelier), 100)
    assert (seance.debut.hour, seance.debut_prevu.utcoffset()) == (9, timedelta(hours=-3))


@pytest.mark.parametrize("role", ["collectivite", "equipe", "dreal", "ddt_autre", "evaluateur"])
def test_seul_le_pilote_fixe_les_dates(distribution, role):
    atelier = fabrique.faire_en_cours(distribution, "flash")
    with pytest.raises(ActionInterdite):
        agenda.programmer(
            seance=fabrique.seance_de(atelier),
            par=getattr(distribution, role),
            **fabrique.moments(100),
        )


def test_le_suivi_attend_la_restitution(distribution, monkeypatch):
    monkeypatch.setattr("ateliers.parcours.suivi._DECLARES", [])
    atelier = fabrique.faire_en_restitution(distribution)
    with pytest.raises(ElementsManquants):
        preparation.ouvrir_suivi(atelier=atelier, par=distribution.ddt)
    fabrique.tenir(distribution, fabrique.seance_de(atelier, "restitution"), 20)
    assert preparation.ouvrir_suivi(atelier=atelier, par=distribution.ddt).etat == "suivi"
    with pytest.raises(TransitionImpossible):
        preparation.ouvrir_suivi(atelier=atelier, par=distribution.ddt)


@pytest.mark.parametrize(
    "valeurs",
    [
        {"genre": "atelier", "rang": 1},
        {"genre": "atelier", "rang": None},
        {"genre": "copil", "etat": "programmee"},
        {"genre": "copil", "etat": "tenue"},
        {"genre": "copil", "debut_reel": timezone.now(), "fin_reelle": timezone.now()},
    ],
)
def test_la_base_refuse_une_seance_incoherente(distribution, valeurs):
    atelier = fabrique.faire_atelier(distribution, "flash")
    with pytest.raises(IntegrityError), transaction.atomic():
        Seance.objects.create(atelier=atelier, titre="Fausse", **valeurs)


def test_la_base_refuse_une_fin_avant_le_debut(distribution):
    atelier = fabrique.faire_atelier(distribution, "flash")
    maintenant = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Seance.objects.create(
            atelier=atelier,
            titre="Fausse",
            genre="copil",
            debut_prevu=maintenant,
            fin_prevu=maintenant - timedelta(hours=1),
        )
