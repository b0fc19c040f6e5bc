"""The acts follow one another, on the calendar too."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from restitution.engagement.domaine import actes, signatures
from restitution.feuilles.models import FeuilleDeRoute
from socle.erreurs import TransitionImpossible
from tests.factories import restitution as fabrique

pytestmark = pytest.mark.usefixtures("sans_pdf")


def test_le_comite_ne_precede_pas_l_atelier(distribution):
    feuille = fabrique.redigee(distribution)
    with pytest.raises(TransitionImpossible) as refus:
        actes.valider_techniquement(
            feuille=feuille, instance="copil", tenue_le=date(2025, 12, 1), par=distribution.ddt
        )
    assert refus.value.champ == "tenue_le"


def test_la_deliberation_suit_la_validation(distribution):
    feuille = fabrique.validee(distribution)
    with pytest.raises(TransitionImpossible) as refus:
        actes.approuver(
            feuille=feuille, numero="1", adoptee_le=date(2026, 4, 1), par=distribution.collectivite
        )
    assert refus.value.champ == "adoptee_le"
    assert feuille.approbations.count() == 0


def test_la_signature_suit_la_deliberation(distribution):
    feuille = fabrique.approuvee(distribution)
    with pytest.raises(TransitionImpossible) as refus:
        signatures.recueillir_signature(
            feuille=feuille,
            cote="elu",
            nom="Anne Petit",
            qualite="Maire",
            organisme="Commune de Doullens",
            signe_le=date(2026, 5, 11),
            par=distribution.collectivite,
        )
    assert refus.value.champ == "signe_le"
    assert feuille.signatures.count() == 0


def test_l_officialisation_suit_la_derniere_signature(distribution):
    feuille = fabrique.signer(distribution, fabrique.approuvee(distribution), "elu", "etat")
    with pytest.raises(TransitionImpossible):
        actes.officialiser(feuille=feuille, officialisee_le=date(2026, 6, 2), par=distribution.ddt)


@pytest.mark.parametrize(
    "dates",
    [{"approuvee_le": date(2026, 4, 1)}, {"officialisee_le": date(2026, 5, 11)}],
)
def test_la_base_refuse_des_actes_dans_le_desordre(distribution, dates):
    feuille = fabrique.officialisee(distribution)
    with pytest.raises(IntegrityError), transaction.atomic():
        FeuilleDeRoute.objects.filter(pk=feuille.pk).update(**dates)
