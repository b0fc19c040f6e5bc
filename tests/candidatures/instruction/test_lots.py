"""Batches: counted before, skipped with a reason, undone until published."""

import pytest
from django.urls import reverse

from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine import lots
from candidatures.instruction.models import Lot
from socle.courriels.models import Courriel
from socle.erreurs import ActionInterdite, ElementsManquants, TransitionImpossible
from socle.journal.models import Entree
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


def lu_des_porteurs(connecte, candidature) -> tuple:
    """Badge, history, lists: all that the carriers and their DDT read of it."""
    adresses = [candidature.get_absolute_url(), "/tableau-de-bord/", "/candidatures/"]
    adresses.append(reverse("candidatures:historique", args=[candidature.reference]))
    pages = [
        connecte(nom).get(a).content.decode() for nom in ("ddt", "collectivite") for a in adresses
    ]
    return tuple(page.lower().count("recevable") for page in pages)


def test_un_lot_s_annule_jusqu_a_sa_publication(distribution, deux, connecte):
    deposee, _ = deux
    Courriel.objects.all().delete()
    vu = lu_des_porteurs(connecte, deposee)
    lot, refus = lots.preparer_lot(
        genre="recevable", candidatures=toutes(*deux), par=distribution.dgaln
    )
    assert (lot.nombre, len(refus), frais(deposee).etat) == (1, 1, E.DEPOSEE)
    assert not Courriel.objects.exists()
    assert lu_des_porteurs(connecte, deposee) == vu
    deja = lots.essayer("recevable", toutes(deposee), distribution.dgaln)
    assert [r.raison for r in deja.refus] == ["déjà dans un lot à publier"]
    assert lots.annuler_lot(lot=lot, par=distribution.dgaln) == []
    assert lu_des_porteurs(connecte, deposee) == vu
    lot, _ = lots.preparer_lot(
        genre="recevable", candidatures=toutes(deposee), par=distribution.dgaln
    )
    assert lots.publier_lot(lot=lot, par=distribution.dgaln) == []
    assert frais(deposee).etat == E.RECEVABLE
    assert lu_des_porteurs(connecte, deposee) != vu
    actes = Entree.objects.filter(action="candidature.recevable", objet_id=str(deposee.pk))
    assert actes.count() == 1
    assert Courriel.objects.filter(cle="instruction_recevable").count() == 2
    with pytest.raises(TransitionImpossible):
        lots.annuler_lot(lot=lot, par=distribution.dgaln)


def test_rien_a_faire_ou_pas_le_droit(distribution, deux):
    with pytest.raises(ElementsManquants):
        lots.preparer_lot(genre="evaluation", candidatures=toutes(*deux), par=distribution.dgaln)
    for nom in ("ddt", "evaluateur", "collectivite"):
        with pytest.raises(ActionInterdite):
            lots.preparer_lot(
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
    assert frais(deposee).etat == E.DEPOSEE
    assert deposee.titre in client.get(reverse("candidatures:lots")).content.decode()
    client.post(reverse("candidatures:lot_annuler", args=[Lot.objects.get().pk]))
    assert frais(deposee).etat == E.DEPOSEE
