"""Migrations: one line per app, reversible, and deaf to the live code."""

import ast

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL, SeparateDatabaseAndState

from tests.fixtures.gabarits import RACINE

RACINES = {"socle", "candidatures", "ateliers", "restitution", "config"}


def nos_applications():
    return [app for app in apps.get_app_configs() if app.name.split(".")[0] in RACINES]


@pytest.fixture(scope="module")
def chargeur():
    return MigrationLoader(None, ignore_no_migrations=True)


def test_une_seule_feuille_par_application(chargeur):
    feuilles = {}
    for etiquette, nom in chargeur.graph.leaf_nodes():
        feuilles.setdefault(etiquette, []).append(nom)
    assert {app: noms for app, noms in feuilles.items() if len(noms) > 1} == {}


def test_chaque_migration_a_un_seul_parent_dans_son_application(chargeur):
    fusions = [
        cle
        for cle, migration in chargeur.disk_migrations.items()
        if len([parent for parent in migration.dependencies if parent[0] == cle[0]]) > 1
    ]
    assert fusions == []


def a_plat(operations):
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from a_plat(operation.database_operations)
        yield operation


def test_chaque_migration_se_defait(chargeur):
    etiquettes = {app.label for app in nos_applications()}
    sans_retour = [
        cle
        for cle, migration in chargeur.disk_migrations.items()
        if cle[0] in etiquettes
        for operation in a_plat(migration.operations)
        if isinstance(operation, RunPython | RunSQL) and not operation.reversible
    ]
    assert sans_retour == []


def noms_vivants(chemin):
    """Names of our own code in a migration, but for upload paths and validators."""
    arbre = ast.parse(chemin.read_text(encoding="utf-8"))
    permis = {
        id(noeud)
        for motcle in ast.walk(arbre)
        if isinstance(motcle, ast.keyword) and motcle.arg in {"upload_to", "validators"}
        for noeud in ast.walk(motcle.value)
    }
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.ImportFrom) and (noeud.module or "").split(".")[0] in RACINES:
            yield noeud.module
        if isinstance(noeud, ast.Name) and noeud.id in RACINES and id(noeud) not in permis:
            yield f"{noeud.id} (ligne {noeud.lineno})"


def test_aucune_migration_n_importe_le_code_vivant():
    vivants = [
        f"{chemin.relative_to(RACINE)} : {nom}"
        for racine in RACINES
        for chemin in (RACINE / racine).rglob("migrations/*.py")
        for nom in noms_vivants(chemin)
    ]
    assert vivants == []
