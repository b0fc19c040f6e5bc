"""Hold the matrix of `tests/matrices/urls.py` against the real addresses."""

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.fixtures.rigueur import ClientStrict
from tests.matrices.decor import DECORS
from tests.matrices.lignes import ROLES
from tests.matrices.urls import MATRICE

# Django's own admin: one line stands for its forty addresses, all behind the same door.
ADMINISTRATION = "admin"


def noms(resolveur=None, espace=""):
    for motif in (resolveur or get_resolver()).url_patterns:
        if hasattr(motif, "url_patterns"):
            suite = f"{espace}{motif.namespace}:" if motif.namespace else espace
            if motif.namespace != ADMINISTRATION:
                yield from noms(motif, suite)
        else:
            yield f"{espace}{motif.name}"


def test_chaque_adresse_est_dans_la_matrice():
    assert sorted(set(noms()) - set(MATRICE)) == []


def test_chaque_ligne_designe_une_adresse():
    assert sorted(set(MATRICE) - set(noms()) - {"administration"}) == []


@pytest.mark.parametrize("nom", sorted(MATRICE))
def test_chaque_ligne_nomme_tous_les_roles(nom):
    assert {cle for cle in MATRICE[nom] if not cle.startswith("_")} == set(ROLES)


def statut(adresse, ligne, utilisateur):
    """Ask for the page in a transaction that is given up: each role finds the same state."""
    visiteur = ClientStrict()
    if utilisateur is not None:
        visiteur.force_login(
            utilisateur, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
    demande = getattr(visiteur, ligne.get("_methode", "GET").lower())
    point = transaction.savepoint()
    try:
        reponse = demande(adresse, ligne.get("_donnees", {}))
        if reponse.streaming:
            b"".join(reponse.streaming_content)  # reading to the end closes the file
        return reponse.status_code
    finally:
        transaction.savepoint_rollback(point)


@pytest.mark.parametrize("nom", sorted(MATRICE))
def test_matrice(nom, distribution):
    ligne = MATRICE[nom]
    arguments = DECORS[ligne["_objet"]](distribution) if "_objet" in ligne else {}
    try:
        adresse = reverse("admin:index" if nom == "administration" else nom, kwargs=arguments)
    except NoReverseMatch:
        pytest.fail(f"{nom} : donnez l'objet qui remplit l'adresse (avec(…, objet=…))")
    attendu = {role: ligne[role] for role in ROLES}
    obtenu = {
        role: statut(adresse, ligne, None if role == "anonyme" else getattr(distribution, role))
        for role in ROLES
    }
    assert obtenu == attendu
