"""Batches: counted before, skipped with a reason, undone until published."""

import pytest
from django.urls import reverse

from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine import lots
from candidatures.instruction.models import Lot
from socle.courriels.models import Courriel
from socle.erreurs import ActionInterdite, ElementsManquants, TransitionImpossible
from tests.factories.candidatures import faire_appel, faire_deposee
from tests.factories.instruction import faire_recevable, frais


def toutes(*candidatures):
    return Candidature.objects.filter(pk__in=[c.pk for c in candidatures])


@pytest.fixture
def deux(distribution):
    appel = faire_appel(distribution)
    return (
        faire_deposee(distribution, appel=appel, titre="Déposée"),
        faire_recevable(distribution, appel=appel, titre="Recevable"),
    )


def test_l_essai_compte_et_explique_sans_rien_ecrire(distribution, deux):
    deposee, recevable = deux
    essai = lots.essayer("recevable", toutes(*deux), distribution.dgaln)
    assert essai.touchees == [deposee]
    assert [(r.candidature, r.raison) for r in essai.refus] == [(recevable, "état « recevable »")]
    evaluation = lots.essayer("evaluation", toutes(*deux), distribution.dgaln)
    assert (evaluation.touchees, len(evaluation.refus)) == ([], 2)
    assert "au moins un évaluateur" in evaluation.refus[1].raison
    assert evaluation.appels_a_repartir == [recevable.appel]
    assert frais(deposee).etat == E.DEPOSEE


def test_un_lot_s_annule_jusqu_a_sa_publication(distribution, deux):
    deposee, _ = deux
    Courriel.objects.all().delete()
    lot, refus = lots.executer_lot(
        genre="recevable", candidatures=toutes(*deux), par=distribution.dgaln
    )
    assert (lot.nombre, len(refus), frais(deposee).etat) == (1, 1, E.RECEVABLE)
    assert not Courriel.objects.exists()
    assert lots.annuler_lot(lot=lot, par=distribution.dgaln) == []
    assert frais(deposee).etat == E.DEPOSEE
    lot, _ = lots.executer_lot(
        genre="recevable", candidatures=toutes(deposee), par=distribution.dgaln
    )
    lots.publier_lot(lot=lot, par=distribution.dgaln)
    assert Courriel.objects.filter(cle="instruction_recevable").count() == 2
    with pytest.raises(TransitionImpossible):
        lots.annuler_lot(lot=lot, par=distribution.dgaln)


def test_rien_a_faire_ou_pas_le_droit(distribution, deux):
    with pytest.raises(ElementsManquants):
        lots.executer_lot(genre="evaluation", candidatures=toutes(*deux), par=distribution.dgaln)
    for nom in ("ddt", "evaluateur", "collectivite"):
        with pytest.raises(ActionInterdite):
            lots.executer_lot(
                genre="recevable",
                candidatures=toutes(*deux),
                par=getattr(distribution, nom),
            )
    assert not Lot.objects.exists()


def test_par_les_pages(distribution, deux, client):
    deposee, recevable = deux
    client.force_login(distribution.dgaln)
    choix = {"genre": "recevable", "ref": [deposee.reference, recevable.reference]}
    page = client.get(reverse("candidatures:lot_essai"), choix).content.decode()
    assert "Déclarer recevables\u00a0: 1\u00a0candidature" in page
    assert "1\u00a0candidature ne sera pas touchée" in page
    client.post(reverse("candidatures:lot_executer"), choix)
    assert frais(deposee).etat == E.RECEVABLE
    client.post(reverse("candidatures:lot_annuler", args=[Lot.objects.get().pk]))
    assert frais(deposee).etat == E.DEPOSEE
