"""A form without a revision number: what a colleague saved meanwhile is not written over."""

import pytest
from django.urls import reverse

from tests.factories.candidatures import faire_appel

pytestmark = pytest.mark.django_db


def test_deux_agents_datent_deux_phases(distribution, connecte):
    appel = faire_appel(distribution)
    client, url = connecte("dgaln"), reverse("candidatures:phases", args=[appel.slug])
    vide = {"base": client.get(url).context["form"].base}
    recevabilite = {"debut_recevabilite": "2027-01-04", "fin_recevabilite": "2027-02-05"}
    evaluation = {"debut_evaluation": "2027-03-01", "fin_evaluation": "2027-03-20"}
    client.post(url, vide | recevabilite)
    assert client.post(url, vide | evaluation).status_code == 302
    assert set(appel.phases.values_list("genre", flat=True)) == {"recevabilite", "evaluation"}
    conflit = client.post(
        url, vide | {"debut_recevabilite": "2027-01-11", "fin_recevabilite": "2027-02-05"}
    )
    assert conflit.status_code == 409
    assert [d["stockee"] for d in conflit.context["divergences"]] == ["4\u00a0janvier 2027"]
    assert appel.phases.get(genre="recevabilite").debut.isoformat() == "2027-01-04"
