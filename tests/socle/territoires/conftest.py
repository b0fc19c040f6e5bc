import pytest

from socle.territoires.domaine import importer


@pytest.fixture
def cog(db):
    """Communes of three départements and one overseas collectivité, with their whole EPCI."""
    importer(["42", "80", "974", "975"])
