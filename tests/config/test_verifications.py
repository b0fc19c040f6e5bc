"""An organiser that nobody reads is said."""

import pytest

from config.verifications import organisateur_joignable
from tests.factories.participants import faire_atelier


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("agenda", "service", "dit"),
    [("", "", ["ateliers.W001"]), ("a@exemple.fr", "", []), ("", "ddt@exemple.fr", [])],
)
def test_un_organisateur_sans_boite_se_dit(distribution, settings, agenda, service, dit):
    organisme = faire_atelier(distribution).service_pilote
    organisme.courriel = service
    organisme.save()
    settings.COURRIEL_AGENDA = agenda
    avertissements = organisateur_joignable(None, databases=["default"])
    assert [a.id for a in avertissements] == dit
    assert organisateur_joignable(None) == []
