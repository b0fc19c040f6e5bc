"""Conventions that a linter cannot see."""

import ast
import re

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from tests.fixtures.gabarits import RACINE

METIERS = {"candidatures", "ateliers", "restitution"}
RACINES = ("config", "restitution", "ateliers", "candidatures", "socle")


def sources():
    for racine in RACINES:
        yield from (RACINE / racine).rglob("*.py")


def noeuds(chemin, *types):
    arbre = ast.parse(chemin.read_text(encoding="utf-8"))
    return [noeud for noeud in ast.walk(arbre) if isinstance(noeud, types)]


def test_pas_de_signaux_entre_applications():
    coupables = [
        chemin.relative_to(RACINE).as_posix()
        for chemin in sources()
        if re.search(r"django\.db\.models\.signals|@receiver", chemin.read_text(encoding="utf-8"))
    ]
    assert coupables == []


def test_pas_de_salle_fourre_tout():
    noms = {"utils.py", "helpers.py", "common.py", "misc.py", "outils.py"}
    assert [str(chemin) for chemin in sources() if chemin.name in noms] == []


def test_les_fonctions_tiennent_en_soixante_lignes():
    longues = [
        f"{chemin.relative_to(RACINE)}:{noeud.lineno} {noeud.name} ({longueur} lignes)"
        for chemin in sources()
        if "migrations" not in chemin.parts and "demo" not in chemin.parts
        for noeud in noeuds(chemin, ast.FunctionDef)
        if (longueur := noeud.end_lineno - noeud.lineno + 1) > 60
    ]
    assert longues == []


def test_les_verbes_ne_recoivent_jamais_de_requete():
    coupables = [
        f"{chemin.relative_to(RACINE)}:{noeud.lineno} {noeud.name}"
        for chemin in sources()
        if "domaine" in chemin.parts
        if chemin.relative_to(RACINE).parts[0] in METIERS
        for noeud in noeuds(chemin, ast.FunctionDef)
        if "request" in {argument.arg for argument in noeud.args.args + noeud.args.kwonlyargs}
    ]
    assert coupables == []


def adresses(resolveur=None, prefixe=""):
    for motif in (resolveur or get_resolver()).url_patterns:
        chemin = prefixe + str(motif.pattern)
        if isinstance(motif, URLResolver):
            yield from adresses(motif, chemin)
        elif isinstance(motif, URLPattern):
            yield chemin, motif


def test_chaque_adresse_porte_un_nom_et_finit_par_une_barre():
    fautives = [
        chemin
        for chemin, motif in adresses()
        if not chemin.startswith("administration/")
        and (not motif.name or not re.search(r"/(\$|\\Z)?$|\.\w+$|^$", chemin))
    ]
    assert fautives == []


def test_la_connexion_est_exigee_par_defaut():
    assert "socle.comptes.middleware.ConnexionRequise" in settings.MIDDLEWARE
