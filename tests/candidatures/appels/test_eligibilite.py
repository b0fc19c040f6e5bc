"""Eligibility: the catalogue as a table, versions, and a property against a plain recomputation."""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from candidatures.appels.choix import TypeRegle, Verdict
from candidatures.appels.domaine.eligibilite import CATALOGUE, PARAMETRES, Faits, evaluer
from candidatures.appels.domaine.regles import (
    creer_regle,
    regles_de,
    retirer_regle,
    reviser_regle,
)
from candidatures.appels.models import RegleEligibilite
from socle.erreurs import ActionInterdite
from tests.factories.candidatures import faire_appel

TENUE, NON, DOUTE = Verdict.TENUE, Verdict.NON_TENUE, Verdict.A_VERIFIER
SITUE = {"situe": True, "population": 4000, "communes": 2, "departements": ("76", "80")}
PIECE = {"chef_de_file": "CC", "pieces_requises": {"lettre": "Lettre"}}
ACV, PVD = {"acv": "Action cœur de ville"}, {"pvd": "Petites villes de demain"}


def regle(type_, valeur=None):
    return SimpleNamespace(
        pk=1,
        cle="essai",
        version=3,
        libelle="Essai",
        expression={"type": type_, "valeur": valeur},
        bloquante=True,
        explication="Parce que.",
        que_faire="",
    )


def test_chaque_type_a_son_parametre_et_sa_fonction():
    assert set(CATALOGUE) == set(PARAMETRES) == set(TypeRegle)


@pytest.mark.parametrize(
    ("type_", "valeur", "faits", "verdict"),
    [
        ("stade_amont", ["reflexion"], {"stade": "reflexion"}, TENUE),
        ("stade_amont", ["reflexion"], {"stade": "avant_projet"}, NON),
        ("stade_amont", ["reflexion"], {}, DOUTE),
        ("population_min", 4000, {}, TENUE),
        ("population_min", 4001, {}, NON),
        ("population_max", 4000, {}, TENUE),
        ("population_max", 3999, {}, NON),
        ("population_max", 3999, {"situe": False}, DOUTE),
        ("nombre_communes_min", 3, {}, NON),
        ("nombre_communes_max", 1, {}, NON),
        ("departements_max", 1, {}, NON),
        ("departements_max", 2, {}, TENUE),
        ("surface_min", 40, {"surface_km2": 40.0}, TENUE),
        ("surface_min", 41, {"surface_km2": 40.0}, NON),
        ("surface_max", 39, {"surface_km2": 40.0}, NON),
        ("surface_max", 40, {}, DOUTE),
        ("densite_min", 100, {"surface_km2": 40.0}, TENUE),
        ("densite_max", 99, {"surface_km2": 40.0}, NON),
        ("densite_max", 99, {"surface_km2": 40.0, "situe": False}, DOUTE),
        ("accord_collectivite", "lettre", {}, DOUTE),
        ("accord_collectivite", "autre", PIECE, DOUTE),
        ("accord_collectivite", "lettre", PIECE, NON),
        ("accord_collectivite", "lettre", PIECE | {"pieces": {"lettre": "a.pdf"}}, TENUE),
        ("pas_d_accompagnement_en_cours", None, {}, TENUE),
        ("pas_d_accompagnement_en_cours", None, {"accompagnements": ("Atelier (X)",)}, DOUTE),
        ("dans_liste_regions", ["32"], {"regions": {"32": "Hauts-de-France"}}, TENUE),
        ("dans_liste_regions", ["32"], {"regions": {"32": "HDF", "28": "Normandie"}}, DOUTE),
        ("dans_liste_regions", ["32"], {"regions": {"28": "Normandie"}}, NON),
        ("hors_programmes", ["acv"], {"programmes": ACV}, NON),
        ("hors_programmes", ["acv"], {"programmes": PVD}, TENUE),
    ],
)
def test_catalogue(type_, valeur, faits, verdict):
    (resultat,) = evaluer([regle(type_, valeur)], Faits(**(SITUE | faits)))
    assert (resultat.verdict, resultat.version) == (verdict, 3)
    assert resultat.pourquoi.endswith(".")
    assert resultat.bloque is (verdict == NON)


@given(
    population=st.integers(0, 2_000_000),
    borne=st.integers(0, 2_000_000),
    communes=st.integers(1, 400),
    limite=st.integers(1, 400),
)
def test_les_bornes_disent_le_vrai(population, borne, communes, limite):
    faits = Faits(situe=True, population=population, communes=communes)
    regles = [
        regle("population_min", borne),
        regle("population_max", borne),
        regle("nombre_communes_min", limite),
        regle("nombre_communes_max", limite),
    ]
    verdicts = [r.verdict == TENUE for r in evaluer(regles, faits)]
    assert verdicts == [
        population >= borne,
        population <= borne,
        communes >= limite,
        communes <= limite,
    ]
    assert evaluer(regles, faits) == evaluer(regles, faits)


CHAMPS = {
    "expression": {"type": "population_max", "valeur": 20_000},
    "bloquante": True,
    "explication": "L’appel vise les petits territoires.",
}


def test_une_revision_garde_l_ancienne_version(distribution):
    appel = faire_appel(distribution)
    par = distribution.dgaln
    premiere = creer_regle(appel=appel, libelle="Petits territoires", par=par, **CHAMPS)
    seconde = reviser_regle(
        regle=premiere, expression={"type": "population_max", "valeur": 30_000}, par=par
    )
    toutes = RegleEligibilite.objects.filter(appel=appel)
    assert list(toutes.values_list("version", "active")) == [(2, True), (1, False)]
    assert [r.pk for r in regles_de(appel) if r.appel_id] == [seconde.pk]
    assert reviser_regle(regle=seconde, par=par) == seconde
    retirer_regle(regle=seconde, par=par)
    assert [r.cle for r in regles_de(appel)] == ["stade-amont", "sans-accompagnement"]


def test_la_regle_de_l_appel_remplace_celle_du_dispositif(distribution):
    appel, autre = faire_appel(distribution), faire_appel(distribution, titre="Autre")
    propre = creer_regle(
        appel=appel, cle="stade-amont", libelle="Stade", par=distribution.dgaln, **CHAMPS
    )
    assert propre.pk in {r.pk for r in regles_de(appel)}
    assert len(regles_de(appel)) == 2
    assert propre.pk not in {r.pk for r in regles_de(autre)}


def test_seule_la_dgaln_ecrit_les_regles(distribution):
    appel = faire_appel(distribution)
    for personne in (distribution.ddt, distribution.dreal, distribution.collectivite):
        with pytest.raises(ActionInterdite):
            creer_regle(appel=appel, libelle="Non", par=personne, **CHAMPS)


def test_une_seule_version_active(distribution):
    appel = faire_appel(distribution)
    premiere = creer_regle(appel=appel, libelle="R", par=distribution.dgaln, **CHAMPS)
    with pytest.raises(IntegrityError, match="regle_une_version_active"), transaction.atomic():
        RegleEligibilite.objects.create(
            appel=appel, cle=premiere.cle, version=2, libelle="R", **CHAMPS
        )
