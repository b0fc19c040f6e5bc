"""Migrations: one line per app, reversible, and deaf to the live code."""

import ast

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL, SeparateDatabaseAndState

from tests.fixtures.gabarits import RACINE

# A migration may name a field class or an upload function: data shapes, not behaviour.
SANS_COMPORTEMENT = ("champs", "chemins", "validateurs")


def nos_applications():
    return [
        app
        for app in apps.get_app_configs()
        if app.name.split(".")[0] in {"socle", "candidatures", "ateliers", "restitution", "config"}
    ]


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


def modules_importes(chemin):
    for noeud in ast.walk(ast.parse(chemin.read_text(encoding="utf-8"))):
        if isinstance(noeud, ast.Import):
            yield from (alias.name for alias in noeud.names)
        elif isinstance(noeud, ast.ImportFrom):
            yield noeud.module or "."


def test_aucune_migration_n_importe_le_code_vivant():
    racines = {"socle", "candidatures", "ateliers", "restitution", "config"}
    vivants = [
        f"{chemin.relative_to(RACINE)} : {module}"
        for racine in racines
        for chemin in (RACINE / racine).rglob("migrations/*.py")
        for module in modules_importes(chemin)
        if module.split(".")[0] in racines and module.split(".")[-1] not in SANS_COMPORTEMENT
    ]
    assert vivants == []
