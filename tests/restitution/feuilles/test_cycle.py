"""Every state × every verb, written by hand."""

import pytest

from restitution.feuilles.choix import EtatFeuille
from restitution.feuilles.cycle_de_vie import CYCLE
from restitution.national.choix import EtatPublication
from restitution.national.cycle_de_vie import CYCLE as CYCLE_PUBLICATION

FEUILLE = {
    "brouillon": {"valider_techniquement"},
    "validee_techniquement": {"rouvrir", "approuver"},
    "approuvee": {"approuver", "officialiser"},
    "officialisee": {"publier"},
    "publiee": set(),
}
PUBLICATION = {"brouillon": {"publier"}, "publiee": {"depublier"}}


@pytest.mark.parametrize(
    ("cycle", "etats", "table"),
    [(CYCLE, EtatFeuille, FEUILLE), (CYCLE_PUBLICATION, EtatPublication, PUBLICATION)],
)
def test_etats_et_verbes(cycle, etats, table):
    obtenu = {
        etat.value: {verbe for verbe in cycle.verbes if cycle.possible(verbe, etat)}
        for etat in etats
    }
    assert obtenu == table
