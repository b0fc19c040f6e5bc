"""A closed committee and a published decision do not move, even by SQL."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from candidatures.comite.documents import contexte_pv
from candidatures.comite.domaine.deliberations import Voix
from candidatures.comite.models import Deliberation, Scenario
from candidatures.instruction.choix import SensDecision as S
from candidatures.instruction.domaine.evaluation import confier_evaluation
from candidatures.instruction.models import Decision, ProfilEvaluateur
from tests.factories.comite import clore_comite, deliberer, faire_comite, ouvrir_comite
from tests.factories.instruction import (
    decider,
    deporter,
    faire_en_evaluation,
    faire_evaluateur,
    preparer,
)

CLOS = "Le comité est clos"


def _joue(distribution, notes=((5, 5, 5), (3, 3, 3), (1, 1, 1))):
    comite, candidatures = faire_comite(distribution, notes=notes)
    comite = ouvrir_comite(distribution, comite)
    membres = list(comite.membres.all())
    membres[2].deporte_de.add(candidatures[0])
    deliberer(distribution, comite, candidatures[0], voix=Voix(contre=2))  # refused first
    votes = {m.pk: "pour" for m in membres[:2]}
    deliberer(distribution, comite, candidatures[0], voix=Voix(par_membre=votes))
    return comite, candidatures


ORDRES = [
    "UPDATE candidatures_deliberation SET motif = 'autre'",
    "DELETE FROM candidatures_propositionrejetee",
    "UPDATE candidatures_deliberation SET rang_reserve = 9 WHERE rang_reserve IS NOT NULL",
    "DELETE FROM candidatures_vote",
    "UPDATE candidatures_vote SET sens = 'contre'",
    "UPDATE candidatures_membrecomite SET present = false",
    "DELETE FROM candidatures_membrecomite_deporte_de",
    "UPDATE candidatures_scenario SET nom = 'autre'",
    "DELETE FROM candidatures_scenario",
]


@pytest.mark.parametrize("ordre", ORDRES)
def test_rien_d_un_comite_clos_ne_change_par_sql(distribution, ordre):
    comite, _ = _joue(distribution)
    with connection.cursor() as c, transaction.atomic():
        c.execute(ordre)  # the sitting is open: the database lets it through
        assert c.rowcount > 0
        transaction.set_rollback(True)
    clore_comite(distribution, comite)
    with (
        pytest.raises(IntegrityError, match=CLOS),
        transaction.atomic(),
        connection.cursor() as c,
    ):
        c.execute(ordre)


def test_rien_ne_s_ajoute_a_un_comite_clos(distribution):
    comite, _ = _joue(distribution)
    comite = clore_comite(distribution, comite)
    autre = faire_en_evaluation(distribution, titre="Tardif")
    with pytest.raises(IntegrityError, match=CLOS), transaction.atomic():
        Deliberation.objects.create(
            comite=comite, candidature=autre, proposition="retenir", par=distribution.dgaln
        )
    with pytest.raises(IntegrityError, match=CLOS), transaction.atomic():
        Scenario.objects.create(
            comite=comite, nom="Tardif", par=distribution.dgaln, le=timezone.now()
        )
    with pytest.raises(IntegrityError, match=CLOS), transaction.atomic():
        comite.membres.first().deporte_de.add(autre)


@pytest.mark.parametrize("ordre", ["UPDATE candidatures_comite SET quorum = 1"])
def test_un_comite_clos_ne_se_rouvre_pas(distribution, ordre):
    comite, _ = _joue(distribution)
    clore_comite(distribution, comite)
    rouvrir = "UPDATE candidatures_comite SET etat = 'ouvert'"
    for sql in (ordre, rouvrir, "DELETE FROM candidatures_comite"):
        with (
            pytest.raises(IntegrityError, match="Un comité clos ne change plus"),
            transaction.atomic(),
            connection.cursor() as c,
        ):
            c.execute(sql)


def test_un_comite_clos_montre_ce_qui_est_scelle(distribution, connecte):
    """Deliberated otherwise than ranked, then a late recusal: screen and minutes say the same."""
    notes = ((5, 5, 5), (4, 4, 4), (1, 1, 1))
    comite, (a, b, c) = faire_comite(distribution, notes=notes, plafond_places=2, reserve=0)
    deporte = faire_evaluateur(distribution, 90)
    confier_evaluation(candidature=a, evaluateur=deporte, par=distribution.dgaln)
    deporter(distribution, a, deporte)
    comite = ouvrir_comite(distribution, comite)
    deliberer(distribution, comite, b, "reserve", rang_reserve=1)
    comite = clore_comite(distribution, comite)
    deporter(distribution, a, distribution.evaluateur)  # its only evaluation no longer counts
    dgaln = connecte("dgaln")
    lu = dgaln.get(f"/instruction/comite/{comite.pk}/").context["t"]
    groupes = [[(r.cle, r.rang) for r in g] for g in (lu.retenues, lu.reserve, lu.autres)]
    assert groupes == [[(a.pk, 1)], [(b.pk, 2)], [(c.pk, 3)]]
    assert [(r.moyenne, r.detail, r.deports, r.suite) for r in (*lu.retenues, *lu.reserve)] == [
        (Decimal("5.00"), "1 évaluation sur 1", 1, ""),
        (Decimal("4.00"), "1 évaluation sur 1", 0, "Réserve n°\u00a01"),
    ]
    page = dgaln.get(f"/instruction/comite/{comite.pk}/deliberations/")
    assert [ligne["rangee"].rang for ligne in page.context["lignes"]] == [1, 2, 3]
    (premiere, *_) = (
        dgaln.get(f"/instruction/comite/{comite.pk}/pv/").context["contexte"].deliberations
    )
    assert [(e.nom, bool(e.motif)) for e in premiere.ecartees] == [(deporte.nom_complet, True)]


def test_une_decision_publiee_ne_change_plus(distribution):
    publiee = decider(distribution, faire_en_evaluation(distribution), S.RESERVE)
    attente = faire_en_evaluation(distribution, titre="En attente")
    preparer(distribution, attente, S.RESERVE)
    Decision.objects.filter(candidature=attente).update(rang_reserve=2)
    for champs in ({"rang_reserve": 1}, {"sens": S.RETENUE}, {"motif": "x"}, {"publication": None}):
        with pytest.raises(IntegrityError, match="publiée"), transaction.atomic():
            Decision.objects.filter(candidature=publiee).update(**champs)
    with pytest.raises(IntegrityError, match="publiée"), transaction.atomic():
        Decision.objects.filter(candidature=publiee).delete()


def test_une_charge_nulle_est_refusee_par_la_base(distribution):
    with (
        pytest.raises(IntegrityError, match="profil_evaluateur_charge_positive"),
        transaction.atomic(),
    ):
        ProfilEvaluateur.objects.create(personne=distribution.evaluateur, charge_max=0)


def test_le_pv_suit_le_classement_et_dit_ce_qui_est_compte(distribution, client):
    """Made in the order 1, 3, 5, 3: written from the best, the equals by reference."""
    comite, (a, b, c, d) = faire_comite(
        distribution, notes=((1, 1, 1), (3, 3, 3), (5, 5, 5), (3, 3, 3)), reserve=2
    )
    comite = ouvrir_comite(distribution, comite)
    membre = comite.membres.first()
    membre.deporte_de.add(c)
    deliberer(distribution, comite, c, voix=Voix(pour=2), dissidence="Trop cher.")
    comite = clore_comite(distribution, comite)
    pv = contexte_pv(comite)
    ordre = [c.reference, *sorted([b.reference, d.reference]), a.reference]
    assert [lue.reference for lue in pv.classement] == ordre
    assert [lue.reference for lue in pv.deliberations] == ordre
    assert [lue.rang for lue in pv.deliberations] == ["1", "2", "2", "4"]
    assert {lue.evaluations for lue in pv.classement} == {"1 sur 1"}
    premiere = pv.deliberations[0]
    assert (premiere.evaluations, premiere.deportes, premiere.dissidence) == (
        "1 évaluation sur 1",
        [membre.nom],
        ["Trop cher."],
    )
    client.force_login(distribution.dgaln)
    texte = client.get(f"/instruction/comite/{comite.pk}/pv/").content.decode()
    assert texte.count("Aucun déport.") == 3
    assert texte.count("Aucune opinion dissidente.") == 3
    assert "Rang 1, 1 évaluation sur 1." in texte
