"""A long list of things to do says how many, and leads to the list that shows them."""

import pytest

from candidatures.dossiers.domaine.taches import a_traiter
from socle.interface import taches
from tests.factories.candidatures import faire_appel, faire_deposee

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("plafond", "attendus"),
    [
        (3, [("Dossier 0", 1), ("Dossier 1", 1), ("Dossier 2", 1)]),
        (2, [("Dossier 0", 1), ("Dossier 1", 1), ("1 autre candidature", 1)]),
        (1, [("Dossier 0", 1), ("2 autres candidatures", 2)]),
    ],
)
def test_au_dela_du_plafond(
    distribution, monkeypatch, django_assert_num_queries, plafond, attendus
):
    monkeypatch.setattr(taches, "PLAFOND", plafond)
    appel = faire_appel(distribution)
    for rang in range(3):
        faire_deposee(distribution, appel=appel, titre=f"Dossier {rang}")
    with django_assert_num_queries(1):
        lues = a_traiter(distribution.dgaln)
    assert [(t.objet, t.nombre) for t in lues] == attendus
    assert lues[-1].url.endswith("/instruction/?etat=deposee") is (plafond < 3)
