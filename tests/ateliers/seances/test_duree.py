"""The duration of the dispositif: asked when a date breaks it, told on the parcours."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ateliers.participants.domaine.series import ajouter_serie
from ateliers.seances.domaine import agenda
from ateliers.seances.domaine.duree import hors_duree, mois_apres, mois_entiers
from ateliers.seances.models import Seance
from socle.erreurs import ConfirmationRequise
from socle.interface.templatetags.interface import date_courte
from tests.factories import ateliers as fabrique

DISPOSITIF = SimpleNamespace(nom="Atelier flash", duree_min_mois=3, duree_max_mois=6)
JOURS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


def seance(jour, genre="atelier", etat="programmee"):
    lue = Seance(genre=genre, etat=etat)
    lue.debut_prevu = datetime.combine(jour, datetime.min.time(), tzinfo=lue.zone)
    return lue


@given(JOURS, st.integers(0, 40))
def test_les_mois_se_comptent_dans_les_deux_sens(jour, mois):
    assert mois_entiers(jour, mois_apres(jour, mois)) == mois
    assert mois_apres(jour, mois).day <= jour.day


@given(JOURS, JOURS)
def test_la_phrase_vient_hors_des_bornes_seulement(un, deux):
    premier, dernier = sorted([un, deux])
    phrase = hors_duree(DISPOSITIF, [seance(dernier, "restitution"), seance(premier)])
    dedans = mois_apres(premier, 3) <= dernier <= mois_apres(premier, 6)
    assert (phrase == "") == dedans
    sans_fin = hors_duree(DISPOSITIF, [seance(dernier), seance(premier)])
    assert (sans_fin == "") == (dernier <= mois_apres(premier, 6))


def test_ni_comite_ni_seance_annulee_n_allongent_la_demarche():
    debut = date(2026, 1, 15)
    loin = debut + timedelta(days=900)
    lues = [seance(debut), seance(loin, "copil"), seance(loin, "atelier", "annulee")]
    assert hors_duree(DISPOSITIF, lues) == ""
    fin = date(2026, 8, 1)
    assert hors_duree(DISPOSITIF, [seance(debut), seance(fin)]) == (
        f"Du {date_courte(debut)} au {date_courte(fin)}, la démarche dure 6\u00a0mois ; le "
        "dispositif « Atelier flash » prévoit de 3 à 6\u00a0mois."
    )


@pytest.mark.django_db
def test_une_date_hors_duree_se_confirme_et_se_dit(distribution, connecte):
    atelier = fabrique.faire_en_cours(distribution, "flash")
    fabrique.programmer(distribution, fabrique.seance_de(atelier), 100)
    fin = fabrique.seance_de(atelier, "restitution")
    dates = {"par": distribution.ddt, "confirmes": {"date_passee"}}
    with pytest.raises(ConfirmationRequise) as courte:
        agenda.programmer(seance=fin, **dates, **fabrique.moments(60))
    with pytest.raises(ConfirmationRequise) as longue:
        agenda.programmer(seance=fin, **dates, **fabrique.moments(-120))
    assert [e.value.cle for e in (courte, longue)] == ["duree", "duree"]
    agenda.programmer(seance=fin, **dates, **fabrique.moments(0))
    adresse = reverse("ateliers:espace", args=[atelier.slug])
    assert "la démarche dure" not in connecte("ddt").get(adresse).text
    with pytest.raises(ConfirmationRequise):
        agenda.reporter(seance=fin, motif="Crue", **dates, **fabrique.moments(-120))
    gardees = dates | {"confirmes": {"duree"}}
    agenda.reporter(seance=fin, motif="Crue", **gardees, **fabrique.moments(-120))
    assert "la démarche dure 7\u00a0mois" in connecte("ddt").get(adresse).text


@pytest.mark.django_db
def test_une_serie_hors_duree_se_confirme_toute(distribution):
    atelier = fabrique.faire_en_cours(distribution, "flash")
    premiere = fabrique.programmer(distribution, fabrique.seance_de(atelier), 100)
    jours = [tuple(fabrique.moments(j).values()) for j in (-150, -200)]
    options = {
        "atelier": atelier,
        "par": distribution.ddt,
        "genre": "sensibilisation",
        "titre": "Réunion",
        "dates": jours,
        "apres": premiere,
    }
    avant = Seance.objects.count()
    with pytest.raises(ConfirmationRequise):
        ajouter_serie(**options)
    assert Seance.objects.count() == avant
    assert len(ajouter_serie(**options, confirmes={"duree"})) == 2
