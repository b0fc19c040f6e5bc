"""A least and a most that cross: said, and not an empty list."""

import pytest

from tests.factories.candidatures import faire_deposee


@pytest.mark.parametrize(
    ("requete", "phrase"),
    [
        (
            "population_min=1000&population_max=500",
            "Habitants, au plus : « 500 » est inférieur à « 1000 ».",
        ),
        (
            "depuis=2026-03-02&jusqua=2026-03-01",
            "Déposée jusqu’au : « 1er mars 2026 » est avant « 2 mars 2026 ».",
        ),
    ],
)
def test_des_bornes_croisees_se_disent(distribution, connecte, requete, phrase):
    """Never an empty list without a word; asked for « one or the other », they are not crossed."""
    faire_deposee(distribution)
    dgaln = connecte("dgaln")
    page = dgaln.get(f"/candidatures/?{requete}")
    assert [p.replace("\u00a0", " ") for p in page.context["panneau"]["refuses"]] == [phrase]
    assert dgaln.get(f"/candidatures/?{requete}&mode=une").context["panneau"]["refuses"] == []
