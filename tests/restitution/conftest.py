import pytest


@pytest.fixture
def sans_pdf(monkeypatch):
    """Acts ask for no document: these tests are about the acts."""
    demandes = []

    def demander(cle, *, objet, par=None):
        demandes.append((cle, objet.pk))

    monkeypatch.setattr("restitution.engagement.domaine.actes.demander", demander)
    monkeypatch.setattr("restitution.national.domaine.publications.demander", demander)
    return demandes
