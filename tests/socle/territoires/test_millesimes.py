"""Vintages: what merges is kept, dated and succeeded; a perimeter keeps its own until told."""

import json
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socle.territoires.domaine import (
    actualiser_perimetre,
    communes_du_perimetre,
    creer_perimetre,
    importer,
    millesime_courant,
    modifier_perimetre,
    remplacements,
)
from socle.territoires.domaine.importation import FICHIER_DEMONSTRATION
from socle.territoires.domaine.mouvements import successeurs
from socle.territoires.models import Commune, Epci, EvenementCommune, Millesime, Perimetre


def fichier(dossier, annee, communes=(), mouvements=(), **plus):
    chemin = dossier / f"cog-{annee}.json"
    contenu = {
        "source": "Essai",
        "millesime": annee,
        "differentiel": True,
        "regions": [],
        "departements": [],
        "epcis": [],
        "communes": list(communes),
        "mouvements": list(mouvements),
    }
    chemin.write_text(json.dumps(contenu | plus), encoding="utf-8")
    return chemin


def fusion(annee, avant, apres):
    return [f"{annee}-01-01", "fusion", avant, apres]


@pytest.fixture
def fusionnee(cog):
    """Authieule merged into Doullens on 1 January 2027 (made up)."""
    importer(fichier=FICHIER_DEMONSTRATION, millesime=2027)


def test_la_commune_fusionnee_est_gardee_datee_et_remplacee(fusionnee):
    authieule = Commune.objects.get(code="80044")
    assert (authieule.actif, authieule.jusqua, authieule.remplacee_par_id) == (
        False,
        date(2027, 1, 1),
        "80253",
    )
    assert Commune.objects.get(code="80253").population == 6144
    assert list(EvenementCommune.objects.values_list("genre", "avant", "apres", "millesime")) == [
        ("fusion", "80044", "80253", 2027)
    ]
    assert Commune.objects.filter(actif=False).count() == 1
    assert millesime_courant() == 2027


def test_le_charger_deux_fois_ne_change_rien(fusionnee):
    avant = list(Commune.objects.order_by("code").values_list())
    importer(fichier=FICHIER_DEMONSTRATION)
    assert list(Commune.objects.order_by("code").values_list()) == avant
    assert EvenementCommune.objects.count() == 1


def test_un_millesime_plus_ancien_ne_revient_pas(fusionnee, capsys):
    call_command("importer_cog")
    assert "2027, plus récent, est en vigueur" in capsys.readouterr().out
    assert Commune.objects.get(code="80044").actif is False


def test_le_millesime_annonce_est_verifie(cog, tmp_path):
    with pytest.raises(CommandError, match="porte le millésime 2027, et non 2028"):
        call_command("importer_cog", fichier=fichier(tmp_path, 2027), millesime=2028)
    assert list(Millesime.objects.values_list("annee", flat=True)) == [2026]


def test_la_page_de_la_commune_dit_la_fusion(fusionnee, client):
    page = client.get(reverse("territoires:commune", args=["80044"])).content.decode()
    assert "Commune fusionnée le 1er\u00a0janvier 2027 dans Doullens (80)" in page
    assert reverse("territoires:commune", args=["80253"]) in page
    doullens = client.get(reverse("territoires:commune", args=["80253"])).content.decode()
    assert "Absorption de" in doullens
    assert "fr-alert--warning" not in doullens


def test_un_perimetre_garde_son_millesime_jusqu_a_ce_qu_on_l_actualise(cog):
    authieule = Commune.objects.get(code="80044")
    perimetre = creer_perimetre(nom="P", communes=[authieule])
    importer(fichier=FICHIER_DEMONSTRATION)
    perimetre.refresh_from_db()
    assert (perimetre.millesime, perimetre.population) == (2026, 393)
    assert [c.code for c in communes_du_perimetre(perimetre)] == ["80044"]
    assert [(r.commune.code, r.successeur.code) for r in remplacements(perimetre)] == [
        ("80044", "80253")
    ]
    modifier_perimetre(perimetre, nom="Autre nom")
    perimetre.refresh_from_db()
    assert (perimetre.nom, perimetre.millesime) == ("Autre nom", 2026)
    actualiser_perimetre(perimetre)
    perimetre.refresh_from_db()
    assert (perimetre.millesime, perimetre.population) == (2027, 6144)
    assert [c.code for c in perimetre.communes.all()] == ["80253"]
    assert remplacements(perimetre) == []
    ancien = perimetre.etats.get()
    assert (ancien.millesime, ancien.population, ancien.communes) == (
        2026,
        393,
        [{"code": "80044", "nom": "Authieule"}],
    )


def test_l_epci_garde_sa_couverture_et_sa_population(cog):
    epci = Epci.objects.get(code="200070951")
    perimetre = creer_perimetre(nom="P", epcis=[epci])
    nombre, population = len(perimetre.couverture), perimetre.population
    importer(fichier=FICHIER_DEMONSTRATION)
    perimetre.refresh_from_db()
    assert (len(perimetre.couverture), perimetre.population) == (nombre, population)
    actualiser_perimetre(perimetre)
    perimetre.refresh_from_db()
    assert (len(perimetre.couverture), perimetre.population) == (nombre - 1, population)
    assert [e.code for e in perimetre.epcis.all()] == ["200070951"]
    assert perimetre.communes.count() == 0


def test_une_fusion_vers_un_autre_departement_ouvre_les_droits_des_deux(cog, tmp_path):
    perimetre = creer_perimetre(nom="P", communes=Commune.objects.filter(code="80044"))
    importer(fichier=fichier(tmp_path, 2027, mouvements=[fusion(2027, "80044", "42218")]))
    assert {d.pk for d in perimetre.departements.all()} == {"42", "80"}


def test_une_defusion_retablit_la_commune(fusionnee, tmp_path):
    retablie = fichier(
        tmp_path,
        2028,
        communes=[
            ["80044", "Authieule", "80", "200070951", 390, "80600"],
            ["80253", "Doullens", "80", "200070951", 5750, "80600"],
        ],
        mouvements=[["2028-01-01", "defusion", "80253", "80044"]],
    )
    importer(fichier=retablie)
    authieule = Commune.objects.get(code="80044")
    assert (authieule.actif, authieule.jusqua, authieule.remplacee_par) == (True, None, None)
    assert authieule.depuis == date(2028, 1, 1)
    assert [e.genre for e in EvenementCommune.objects.all()] == ["fusion", "defusion"]
    assert successeurs(["80044"]) == {}


def test_une_commune_en_vigueur_n_a_pas_de_fin(cog):
    with pytest.raises(IntegrityError, match="commune_en_vigueur_sans_fin"), transaction.atomic():
        Commune.objects.filter(code="80044").update(jusqua=date(2027, 1, 1))


CODES = ["80005", "80042", "80044", "80055", "80253", "42218", "42001"]


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    absorbees=st.lists(
        st.lists(st.tuples(*[st.sampled_from(CODES)] * 2), max_size=3), min_size=1, max_size=3
    ),
    choisies=st.sets(st.sampled_from(CODES), min_size=1),
)
def test_les_droits_suivent_toujours_le_perimetre(cog, tmp_path_factory, absorbees, choisies):
    """Any run of mergers: one end per commune, no cycle, départements recomputed apart."""
    dossier = tmp_path_factory.mktemp("cog")
    with transaction.atomic():
        perimetre = creer_perimetre(nom="P", communes=Commune.objects.filter(code__in=choisies))
        suivants, annee = {}, 2026
        for vague in absorbees:
            annee += 1
            mouvements = []
            for avant, apres in vague:
                bouts = {a for _, _, a, _ in mouvements} | {b for *_, b in mouvements}
                if avant == apres or {avant, apres} & (suivants.keys() | bouts):
                    continue
                mouvements.append(fusion(annee, avant, apres))
            suivants |= {a: b for _, _, a, b in mouvements}
            importer(fichier=fichier(dossier, annee, mouvements=mouvements))
        attendus = set()
        for code in choisies:
            attendus.add(code[:2])
            while code in suivants:
                code = suivants[code]
            attendus.add(code[:2])
        relu = Perimetre.objects.get(pk=perimetre.pk)
        assert {d.pk for d in relu.departements.all()} == attendus
        assert (relu.millesime, set(relu.couverture)) == (2026, choisies)
        assert set(Commune.objects.filter(actif=False).values_list("code", flat=True)) == set(
            suivants
        )
        fins = [
            (c.depuis or date.min, c.jusqua)
            for c in Commune.objects.filter(actif=False, remplacee_par__isnull=False)
        ]
        assert all(debut < fin for debut, fin in fins)
        assert {c.code for c in actualiser_perimetre(relu).communes.all()} & set(suivants) == set()
        transaction.set_rollback(True)


def test_une_chaine_de_fusions_mene_a_la_derniere(cog, tmp_path):
    chaine = ["80005", "80042", "80055", "80253"]
    for rang, (avant, apres) in enumerate(pairwise(chaine)):
        annee = 2027 + rang
        importer(fichier=fichier(tmp_path, annee, mouvements=[fusion(annee, avant, apres)]))
    assert successeurs(chaine) == {"80005": "80253", "80042": "80253", "80055": "80253"}
    dates = list(EvenementCommune.objects.order_by("date").values_list("date", flat=True))
    assert all(b - a >= timedelta(days=365) for a, b in pairwise(dates))
