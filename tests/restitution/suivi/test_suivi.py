from datetime import date

import pytest
from django.db import IntegrityError, transaction

from restitution import taches
from restitution.feuilles.models import Action
from restitution.suivi.domaine import suivi
from restitution.suivi.domaine.requetes import ajouter_mois, echeances
from restitution.suivi.models import ConstatAvancement
from socle.erreurs import ActionInterdite, TransitionImpossible
from tests.factories import restitution as fabrique

pytestmark = pytest.mark.usefixtures("sans_pdf")


def test_le_dernier_constat_fait_l_etat_de_l_action(distribution):
    fabrique.officialisee(distribution)
    action = Action.objects.first()
    for avancement, jour in [("en_cours", 20), ("realisee", 25), ("en_difficulte", 22)]:
        suivi.constater_avancement(
            action=action,
            avancement=avancement,
            note="Vu sur place.",
            constate_le=date(2026, 6, jour),
            par=distribution.collectivite,
        )
    action.refresh_from_db()
    assert action.avancement == "realisee"


def test_le_suivi_attend_l_officialisation(distribution):
    fabrique.approuvee(distribution)
    with pytest.raises(TransitionImpossible):
        suivi.constater_avancement(
            action=Action.objects.first(),
            avancement="en_cours",
            note="Trop tôt.",
            par=distribution.ddt,
        )


def test_l_equipe_ne_tient_pas_le_suivi(distribution):
    feuille = fabrique.officialisee(distribution)
    with pytest.raises(ActionInterdite):
        suivi.ajouter_suite(
            feuille=feuille,
            genre="etude",
            titre="Étude",
            date=date(2026, 9, 1),
            par=distribution.equipe,
        )


def test_un_constat_sans_preuve_est_refuse_par_la_base(distribution):
    fabrique.officialisee(distribution)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConstatAvancement.objects.create(
            action=Action.objects.first(),
            avancement="realisee",
            note="",
            constate_le=date(2026, 7, 1),
            par=distribution.ddt,
        )


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 6, 10), 12, date(2027, 6, 10)),
        (date(2026, 12, 1), 24, date(2028, 12, 1)),
    ],
)
def test_ajouter_mois(jour, mois, attendu):
    assert ajouter_mois(jour, mois) == attendu


def test_trois_points_d_etape(distribution):
    feuille = fabrique.officialisee(distribution)
    assert [e.prevue_le for e in echeances(feuille)] == [
        date(2026, 12, 10),
        date(2027, 6, 10),
        date(2028, 6, 10),
    ]
    suivi.tenir_point_etape(
        feuille=feuille,
        mois=6,
        tenu_le=date(2026, 11, 1),
        synthese="Ça avance.",
        par=distribution.ddt,
    )
    with pytest.raises(TransitionImpossible):
        suivi.tenir_point_etape(
            feuille=feuille,
            mois=6,
            tenu_le=date(2026, 11, 2),
            synthese="Encore.",
            par=distribution.ddt,
        )


def verbes(utilisateur):
    return [tache.verbe for tache in taches.a_traiter(utilisateur)]


def test_a_chacun_son_tour(distribution):
    feuille = fabrique.redigee(distribution)
    assert verbes(distribution.ddt) == ["Valider techniquement la feuille de route"]
    assert verbes(distribution.equipe) == ["Achever la feuille de route"]
    assert verbes(distribution.collectivite) == []
    feuille = fabrique.approuvee(distribution)
    assert verbes(distribution.collectivite) == ["Recueillir les signatures des élus"]
    fabrique.signer(distribution, feuille, "elu", "etat")
    assert verbes(distribution.collectivite) == ["Officialiser la feuille de route"]
    assert verbes(distribution.dgaln) == []
    assert verbes(distribution.ddt_autre) == []
