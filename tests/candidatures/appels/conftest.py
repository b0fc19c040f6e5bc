"""A brouillon whose call asks three questions."""

import pytest

from candidatures.dossiers.models import Candidature
from tests.factories.appels import poser, publier, reviser
from tests.factories.candidatures import faire_brouillon, remplir


@pytest.fixture
def brouillon(distribution):
    """Complete, but for the questions of a call that asks three."""
    candidature = remplir(faire_brouillon(distribution), distribution.ddt)
    version = reviser(distribution, candidature.appel)
    poser(distribution, version, "Une friche ?", "oui_non", obligatoire=True)
    poser(
        distribution,
        version,
        "Surface de la friche",
        "nombre",
        obligatoire=True,
        si=("une_friche", "egal", "oui"),
    )
    poser(distribution, version, "Un mot de plus", "texte_long", section="objet")
    publier(distribution, version)
    return Candidature.objects.get(pk=candidature.pk)
