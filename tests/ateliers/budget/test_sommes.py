"""Engaged, done and left against naive sums, over random budgets."""

import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest

from ateliers.budget.domaine import lecture, programme
from ateliers.budget.models import Depense, Jalon
from ateliers.cadrage.models import Avenant, Contrat, LigneBudget
from ateliers.parcours.models import Atelier
from tests.factories import participants as poses

pytestmark = pytest.mark.django_db
JOUR = date(2026, 3, 2)


def montant(hasard):
    return Decimal(hasard.randint(1, 9_000_000)) / 100


def remplir(hasard, distribution, atelier):
    """A budget that the verbs could have written, with gaps of every kind."""
    payeurs = [distribution.collectivite.organisme, distribution.collectivite_autre.organisme]
    for rang in range(hasard.randint(0, 2)):
        contrat = Contrat.objects.create(
            atelier=atelier,
            nature="marche",
            numero=str(rang),
            titulaire=distribution.equipe.organisme,
            montant_ht=montant(hasard),
            notifie_le=hasard.choice([None, JOUR]),
        )
        for numero in range(hasard.randint(0, 2)):
            Avenant.objects.create(
                contrat=contrat,
                numero=numero,
                objet="Plus",
                montant_ht=montant(hasard),
                signe_le=JOUR,
            )
        if contrat.notifie_le:
            for ordre in range(hasard.randint(0, 3)):
                fait = hasard.random() < 0.5
                Jalon.objects.create(
                    contrat=contrat,
                    ordre=ordre,
                    libelle="Jalon",
                    montant_ht=montant(hasard),
                    fait_le=JOUR if fait else None,
                    fait_par=distribution.ddt if fait else None,
                )
    if hasard.random() < 0.6:
        _ligne(hasard, atelier, "equipe", distribution.dgaln.organisme)
    for _ in range(hasard.randint(0, 3)):
        ligne = _ligne(hasard, atelier, "logistique", hasard.choice(payeurs))
        for _ in range(hasard.randint(0, 3)):
            faite = hasard.random() < 0.5
            Depense.objects.create(
                ligne=ligne,
                objet="Salle",
                montant_ht=montant(hasard),
                engagee_le=JOUR,
                faite_le=JOUR + timedelta(days=3) if faite else None,
                montant_fait=montant(hasard) if faite else None,
            )


def _ligne(hasard, atelier, nature, payeur):
    return LigneBudget.objects.create(
        atelier=atelier, libelle="Ligne", nature=nature, payeur=payeur, montant_ht=montant(hasard)
    )


def naif(distribution, ateliers):
    """Object by object, with loops, per payer: (planned, engaged, done)."""
    sommes = defaultdict(lambda: [Decimal(0), Decimal(0), Decimal(0)])
    for atelier in ateliers:
        equipe = LigneBudget.objects.filter(atelier=atelier, nature="equipe").first()
        payeur = equipe.payeur.nom if equipe else distribution.dgaln.organisme.nom
        for contrat in Contrat.objects.filter(atelier=atelier):
            if contrat.notifie_le:
                sommes[payeur][1] += contrat.total_ht
                for jalon in Jalon.objects.filter(contrat=contrat):
                    sommes[payeur][2] += jalon.montant_ht if jalon.fait_le else 0
        for ligne in LigneBudget.objects.filter(atelier=atelier):
            sommes[ligne.payeur.nom][0] += ligne.montant_ht
            for depense in Depense.objects.filter(ligne=ligne):
                sommes[ligne.payeur.nom][1] += depense.montant_ht
                sommes[ligne.payeur.nom][2] += depense.montant_fait or 0
    return dict(sommes)


@pytest.mark.parametrize("graine", range(4))
def test_les_sommes_sont_celles_que_l_on_ferait_a_la_main(distribution, graine):
    hasard = random.Random(graine)
    ateliers = [poses.faire_atelier(distribution) for _ in range(4)]
    for atelier in ateliers:
        remplir(hasard, distribution, atelier)
    choisis = hasard.sample(ateliers, 3)
    attendu = naif(distribution, choisis)
    lignes = lecture.lire([a.pk for a in choisis])
    obtenu = {s.libelle: [s.prevu, s.engage, s.fait] for s in lecture.par_payeur(lignes)}
    assert obtenu == attendu
    payeurs, total, par_atelier = programme.tableau(
        Atelier.objects.filter(pk__in=[a.pk for a in choisis])
    )
    assert {s.libelle: s.reste for s in payeurs} == {
        nom: engage - fait for nom, (_, engage, fait) in attendu.items()
    }
    assert [total.prevu, total.engage, total.fait] == [
        sum(valeurs[i] for valeurs in attendu.values()) for i in range(3)
    ]
    assert sum((s.engage for s in par_atelier.values()), Decimal(0)) == total.engage


@pytest.mark.parametrize("nombre", [1, 3])
def test_le_budget_du_programme_se_lit_en_peu_de_requetes(
    distribution, connecte, nombre, django_assert_num_queries
):
    for rang in range(nombre):
        remplir(random.Random(rang), distribution, poses.faire_atelier(distribution))
    visiteur = connecte("dgaln")
    visiteur.get("/budget/")
    with django_assert_num_queries(12):
        assert visiteur.get("/budget/").status_code == 200
