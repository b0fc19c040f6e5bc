"""Half-open intervals: equal, touching, midnight, daylight saving, overseas."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ateliers.calendrier.solveur.creneaux import Grille, bits
from ateliers.calendrier.solveur.geographie import ferie, jours_francs, vacances
from ateliers.calendrier.solveur.probleme import HEURES, Intervalle, Probleme, Site
from ateliers.calendrier.solveur.recurrence import developper
from ateliers.seances.domaine.heures import CLOTURE, heures_prises, hors_journee
from tests.ateliers.calendrier.exemples import LUNDI, SOMME, seance

PARIS = SOMME.zone


def moments_pris(debut, fin, site=SOMME, jours=(LUNDI, LUNDI + timedelta(days=40))):
    grille = Grille(Probleme((seance(site=site, debut=jours[0], fin=jours[1]),)))
    court = seance(site=site, demi_journees=1)
    occupe = grille.absences(court, (Intervalle(debut, fin),), "x")
    return [(grille.jour(p), p % 3) for p in bits(occupe)]


def a(heure, minute=0, jour=LUNDI, zone=PARIS):
    return datetime(jour.year, jour.month, jour.day, heure, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("debut", "fin", "attendu"),
    [
        (a(9), a(12, 30), [0]),  # equal
        (a(12, 30), a(14), []),  # touching on both sides
        (a(12, 29), a(14), [0]),
        (a(12, 30), a(14, 1), [1]),
        (a(0), a(9), []),
        (a(10), a(10), []),  # empty
        (a(21), a(23, 59), []),
        (a(20, 59), a(23), [2]),
    ],
)
def test_contact_n_est_pas_recouvrement(debut, fin, attendu):
    # An empty interval strictly inside a slot touches nothing.
    trouves = moments_pris(debut, fin) if debut < fin else []
    assert trouves == [(LUNDI, moment) for moment in attendu]


def test_minuit():
    mardi = LUNDI + timedelta(days=1)
    assert moments_pris(a(20), a(0, jour=mardi)) == [(LUNDI, 2)]
    assert moments_pris(a(0), a(0, jour=mardi)) == [(LUNDI, m) for m in range(3)]


@pytest.mark.parametrize("jour", [date(2027, 3, 28), date(2027, 10, 31)])
def test_changement_d_heure(jour):
    """A whole day lasts 23 or 25 hours, and still takes three moments."""
    fin = a(0, jour=jour + timedelta(days=1))
    jours = (jour - timedelta(days=2), jour + timedelta(days=2))
    assert moments_pris(a(0, jour=jour), fin, jours=jours) == [(jour, m) for m in range(3)]


def test_outre_mer():
    """18 h in Paris in winter: 14 h in Cayenne, 21 h in La Réunion."""
    debut, fin = a(18), a(19)
    cayenne = Site("973", "America/Cayenne")
    reunion = Site("974", "Indian/Reunion")
    assert moments_pris(debut, fin, cayenne) == [(LUNDI, 1)]
    assert moments_pris(debut, fin, reunion) == []
    assert moments_pris(debut - timedelta(hours=1), fin, reunion) == [(LUNDI, 2)]
    # An evening of La Réunion seen from Tahiti is that morning.
    soir = a(18, zone=ZoneInfo("Indian/Reunion"))
    tahiti = Site("987", "Pacific/Tahiti")
    assert moments_pris(soir, soir + timedelta(hours=3), tahiti) == []


instants = st.integers(0, 30 * 24 * 4).map(
    lambda n: datetime(2027, 3, 15, tzinfo=UTC) + timedelta(minutes=15 * n)
)


@given(instants, instants, st.sampled_from(["Europe/Paris", "Indian/Reunion", "America/Miquelon"]))
def test_un_moment_est_pris_si_et_seulement_si_il_recouvre(un, autre, fuseau):
    debut, fin = min(un, autre), max(un, autre) + timedelta(minutes=15)
    site = Site("80", fuseau)
    jours = (date(2027, 3, 10), date(2027, 4, 20))
    attendus = []
    jour = jours[0]
    while jour <= jours[1]:
        for moment, (de, a_) in enumerate(HEURES):
            d = datetime.combine(jour, de, tzinfo=site.zone).astimezone(UTC)
            f = datetime.combine(jour, a_, tzinfo=site.zone).astimezone(UTC)
            if d < fin and debut < f:
                attendus.append((jour, moment))
        jour += timedelta(days=1)
    assert moments_pris(debut, fin, site, jours) == attendus


@given(st.integers(0, 3), st.integers(7, 17), st.integers(10, 20), st.sampled_from(["", "soir"]))
def test_une_seance_prend_chaque_jour_et_aucune_nuit(nuits, debute, finit, soir):
    debut, fin = a(debute), a(finit, jour=LUNDI + timedelta(days=nuits))
    hors = hors_journee([{"jour": 1, "debut": "20:00", "duree_min": 90}] if soir else [])
    if fin <= debut:
        return
    heures = heures_prises(debut, fin, hors)
    assert (min(heures)[0], heures[nuits][1]) == (debut, fin)
    assert {d.date() for d, _ in heures} == {LUNDI + timedelta(days=n) for n in range(nuits + 1)}
    assert all(d < f and d.date() == f.date() for d, f in heures)
    # Between two days, only what is published.
    assert [d for d, f in heures[:nuits] if f.time() > CLOTURE] == []
    assert list(heures[nuits + 1 :]) == ([(a(20), a(21, 30))] if soir else [])


def test_conseil_municipal_le_premier_mardi_du_mois():
    intervalles = developper(
        genre="mensuelle",
        jour=1,
        rang=1,
        debut=(18, 0),
        fin=(22, 0),
        zone=PARIS,
        du=date(2027, 3, 1),
        au=date(2027, 5, 31),
        motif="conseil municipal",
    )
    assert [i.debut.astimezone(PARIS).strftime("%d/%m %H:%M") for i in intervalles] == [
        "02/03 18:00",
        "06/04 18:00",
        "04/05 18:00",
    ]
    assert {i.fin - i.debut for i in intervalles} == {timedelta(hours=4)}
    assert {i.regle for i in intervalles} == {"le premier mardi du mois, de 18\xa0h à 22\xa0h"}


def test_recurrence_hebdomadaire_qui_passe_minuit_et_dernier_jour_du_mois():
    nuits = developper(
        genre="hebdomadaire",
        jour=5,
        rang=None,
        debut=(22, 0),
        fin=(2, 0),
        zone=PARIS,
        du=date(2027, 3, 20),
        au=date(2027, 3, 28),
        motif="",
    )
    # The second night is that of the change of hour: 2 h does not exist, it is 3 h of summer.
    assert [(i.fin.timestamp() - i.debut.timestamp()) / 3600 for i in nuits] == [4, 4]
    derniers = developper(
        genre="mensuelle",
        jour=4,
        rang=-1,
        debut=(9, 0),
        fin=(10, 0),
        zone=PARIS,
        du=date(2027, 3, 1),
        au=date(2027, 4, 30),
        motif="",
    )
    assert [i.debut.day for i in derniers] == [26, 30]
    assert derniers[0].regle == "le dernier vendredi du mois, de 9\xa0h à 10\xa0h"


def test_feries_et_vacances_du_territoire():
    saint_etienne, abolition = date(2027, 12, 26), date(2027, 12, 20)
    assert [bool(ferie(d, saint_etienne)) for d in ("80", "57", "68")] == [False, True, True]
    assert [bool(ferie(d, abolition)) for d in ("80", "974")] == [False, True]
    hiver = date(2027, 2, 16)
    assert [bool(vacances(d, hiver)) for d in ("80", "63", "75")] == [False, True, True]
    # Corsica sets its own calendar.
    assert vacances("2A", date(2027, 12, 25)) == ""


def test_distances():
    assert [jours_francs(SOMME, Site(d)) for d in ("80", "62", "67", "13")] == [0, 0, 1, 1]
    assert jours_francs(SOMME, Site("974", "Indian/Reunion")) == 2
