"""The one calendar: what it shows, to whom, at what price."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from ateliers.calendrier.domaine import frise, jours, mois, vue
from ateliers.calendrier.models import PeriodeReserve
from ateliers.seances.domaine import agenda
from ateliers.seances.models import Seance
from candidatures.appels.models import Appel, SessionNationale
from tests.factories.participants import faire_atelier, faire_seance

pytestmark = pytest.mark.django_db
PAGE = "/calendrier/"
MIDI = datetime(2027, 3, 3, 11, tzinfo=UTC)


def dater(seance, debut, heures=3):
    Seance.objects.filter(pk=seance.pk).update(
        debut_prevu=debut, fin_prevu=debut + timedelta(hours=heures)
    )
    return seance


def semer(distribution, ateliers, seances):
    """Many rows, laid at once: what is measured is the reading."""
    depart = timezone.now() + timedelta(days=2)
    for _ in range(ateliers):
        atelier = faire_atelier(distribution)
        Seance.objects.bulk_create(
            Seance(
                atelier=atelier,
                genre="copil",
                titre=f"Comité {rang}",
                etat="programmee",
                debut_prevu=depart + timedelta(days=rang),
                fin_prevu=depart + timedelta(days=rang, hours=2),
            )
            for rang in range(seances // ateliers)
        )
    PeriodeReserve.objects.create(nom="Municipales", debut=date(2027, 3, 1), fin=date(2027, 3, 20))


@pytest.mark.parametrize(("ateliers", "seances"), [(1, 1), (60, 300)])
def test_au_plus_douze_requetes_quelle_que_soit_la_taille(
    distribution, connecte, django_assert_max_num_queries, ateliers, seances
):
    semer(distribution, ateliers, seances)
    comptes = {}
    for role in ("dgaln", "ddt"):
        visiteur = connecte(role)
        for choix in ("mois", "liste", "frise"):
            with django_assert_max_num_queries(12) as captees:
                page = visiteur.get(f"{PAGE}?vue={choix}")
            comptes[role, choix] = len(captees)
            assert page.status_code == 200
    assert comptes == {
        ("dgaln", "mois"): 10,
        ("dgaln", "liste"): 7,
        ("dgaln", "frise"): 9,
        ("ddt", "mois"): 10,
        ("ddt", "liste"): 7,
        ("ddt", "frise"): 9,
    }


@pytest.mark.parametrize("choix", ["mois&mois=2027-03", "liste", "frise&debut=2027-01"])
def test_chacun_ne_voit_que_ses_ateliers(distribution, connecte, choix):
    seance = dater(faire_seance(distribution, titre="Visite du marais"), MIDI)
    vus = {
        role: "Visite du marais" in connecte(role).get(f"{PAGE}?vue={choix}").text
        for role in ("dgaln", "ddt", "equipe", "collectivite", "evaluateur", "ddt_autre")
    }
    assert vus == {
        "dgaln": True, "ddt": True, "equipe": True, "collectivite": True,
        "evaluateur": False, "ddt_autre": False,
    }  # fmt: skip
    assert seance.pk


def jours_de(page, titre):
    """Days of the month table that bear this title."""
    cases = re.findall(r'<td class="cal-jour(?! cal-jour--hors)[^"]*">(.*?)</td>', page, re.S)
    return [int(re.search(r"</span>(\d+)<", case)[1]) for case in cases if titre in case]


def test_une_seance_est_au_jour_de_son_site(distribution, connecte):
    soir = datetime(2027, 3, 4, 1, tzinfo=UTC)  # still the 3rd in Cayenne
    dater(faire_seance(distribution, fuseau="America/Cayenne", titre="Veillée"), soir, heures=1)
    dater(faire_seance(distribution, titre="Deux jours"), MIDI, heures=30)
    page = connecte("ddt").get(f"{PAGE}?mois=2027-03").text
    assert (jours_de(page, "Veillée"), jours_de(page, "Deux jours")) == ([3], [3, 4])
    ailleurs = connecte("ddt").get(f"{PAGE}?mois=2027-05").text
    assert jours_de(ailleurs, "Veillée") == []
    assert "Aucune séance datée ce mois-ci." in ailleurs


def test_les_filtres_sont_dans_l_adresse(distribution, connecte):
    session = SessionNationale.objects.create(nom="Littoraux", thematique="L’eau", annee_debut=2027)
    un, autre = (
        dater(faire_seance(distribution, titre=titre), MIDI) for titre in ("Marais", "Coteau")
    )
    Appel.objects.filter(pk=un.atelier.candidature.appel_id).update(session=session)
    autre.atelier.intervenants.clear()
    filtres = {
        f"session={session.pk}": ["Marais"],
        f"equipe={distribution.equipe.organisme_id}": ["Marais"],
        "departement=80": ["Coteau", "Marais"],
        "departement=02": [],
        "dispositif=local": ["Coteau", "Marais"],
        f"session={session.pk}&departement=02": [],
    }
    lus = {
        filtre: sorted(
            {
                s.titre
                for s in vue.lire(
                    distribution.dgaln,
                    vue.Criteres.lire(dict(p.split("=") for p in filtre.split("&"))),
                ).seances
            }
        )
        for filtre in filtres
    }
    assert lus == filtres
    page = connecte("dgaln").get(f"{PAGE}?vue=frise&session={session.pk}").text
    assert f'<option value="{session.pk}" selected>Littoraux</option>' in page


def test_la_frise_garde_la_date_abandonnee(distribution, connecte):
    seance = dater(faire_seance(distribution, titre="Marais"), MIDI)
    seance.refresh_from_db()
    agenda.reporter(
        seance=seance,
        par=distribution.ddt,
        debut=MIDI + timedelta(days=30),
        fin=MIDI + timedelta(days=30, hours=2),
        motif="Crue de la Somme",
    )
    page = connecte("ddt").get(f"{PAGE}?vue=frise&debut=2027-01").text
    assert page.count('class="tl__fantome tl__fantome--') == 1
    assert "Marais : 3\N{NO-BREAK SPACE}mars 2027 abandonné, Crue de la Somme" in page
    assert page.count("Marais, 2\N{NO-BREAK SPACE}avril 2027") == 2


def test_la_frise_place_chaque_jour_entre_ses_bornes(distribution):
    atelier = faire_atelier(distribution)
    atelier.departements = []
    echelle = frise.Echelle(date(2027, 1, 1), date(2027, 12, 31))
    places = [echelle.x(date(2027, 1, 1) + timedelta(days=n)) for n in range(-40, 420)]
    assert (places[0], places[-1]) == (0, 1000)
    assert places == sorted(places)
    assert echelle.bande(date(2026, 1, 1), date(2026, 12, 31), "x") is None
    assert echelle.bande(date(2026, 1, 1), date(2028, 1, 1), "x") == frise.Bande("0", "1000", "x")


@settings(max_examples=60)
@given(st.lists(st.integers(0, 700), max_size=8))
def test_deux_ronds_de_la_frise_ne_se_couvrent_pas(places):
    points = frise._ecarter([{"x": f"{x}", "etage": "milieu"} for x in places])
    for un, autre in combinations(points, 2):
        if "milieu" in (un["etage"], autre["etage"]) or un["etage"] == autre["etage"]:
            assert abs(float(un["x"]) - float(autre["x"])) >= frise.TROP_PRES


def test_les_jours_qui_comptent_sont_dits(distribution):
    PeriodeReserve.objects.create(nom="Municipales", debut=date(2027, 3, 1), fin=date(2027, 3, 20))
    seance = dater(faire_seance(distribution), datetime(2027, 3, 1, 9, tzinfo=UTC))
    ferie = dater(faire_seance(distribution), datetime(2027, 5, 6, 9, tzinfo=UTC))
    lues = {
        s.pk: jours.mentions(s, jours.reserves())
        for s in vue.lire(distribution.ddt, vue.Criteres()).seances
    }
    assert lues[seance.pk][-1] == "réserve électorale (Municipales)"
    assert lues[ferie.pk] == ["jour férié (Ascension)", "vacances scolaires"]


@pytest.mark.parametrize(
    ("texte", "premier"), [("2027-03", date(2027, 3, 1)), ("2027-13", None), ("x", None)]
)
def test_un_mois_illisible_est_le_mois_present(texte, premier):
    assert mois.mois_lu(texte) == premier or timezone.localdate().replace(day=1)


def test_le_mois_couvre_des_semaines_entieres():
    for decalage in range(30):
        premier = mois.decaler(date(2026, 1, 1), decalage)
        semaines = mois.semaines(premier, [])
        plats = [j.date for semaine in semaines for j in semaine]
        assert {len(semaine) for semaine in semaines} == {7}
        assert plats[0].weekday() == 0 and plats == sorted(plats)
        assert [j for j in plats if j.month == premier.month][0] == premier


def test_le_calendrier_d_un_atelier(distribution, connecte, django_assert_max_num_queries):
    seance = dater(faire_seance(distribution, titre="Marais"), MIDI)
    autre = dater(faire_seance(distribution, titre="Coteau"), MIDI)
    page = reverse("ateliers:calendrier_atelier", args=[seance.atelier.slug])
    visiteur = connecte("ddt")
    with django_assert_max_num_queries(12):
        texte = visiteur.get(page).text
    assert ("Marais" in texte, "Coteau" in texte, autre.titre) == (True, False, "Coteau")


def test_la_frise_dit_ce_qui_n_a_pas_de_date_et_ce_qui_est_vide(distribution, connecte):
    seance = faire_seance(distribution, titre="Marais", etat="a_programmer")
    Seance.objects.filter(pk=seance.pk).update(
        estime_le=date(2027, 4, 1), debut_prevu=None, fin_prevu=None
    )
    (ligne,) = _lignes(distribution, date(2027, 1, 1), 6)
    (point,) = ligne.points
    assert (point["ton"], point["quand"], point["etat"], ligne.vide) == (
        "estimee", "vers avril 2027", "à programmer", False,
    )  # fmt: skip
    (vide,) = _lignes(distribution, date(2029, 1, 1), 6)
    assert (vide.points, vide.vide) == ([], True)
    page = connecte("ddt").get(f"{PAGE}?vue=frise&debut=2029-01&etendue=6").text
    assert "Aucune séance sur cette période" in page


def test_le_mois_et_la_frise_disent_les_memes_phases(distribution, connecte):
    """The séances outside of the months shown count too."""
    atelier = dater(faire_seance(distribution, titre="Marais"), MIDI).atelier
    loin = MIDI + timedelta(days=400)
    Seance.objects.create(
        atelier=atelier,
        etat="programmee",
        genre="atelier",
        rang=2,
        titre="Loin",
        debut_prevu=loin,
        fin_prevu=loin,
    )
    client, dites = connecte("ddt"), {}
    for choix in (f"mois&mois={loin:%Y-%m}", f"frise&debut={loin:%Y-%m}"):
        (ligne,) = client.get(f"{PAGE}?vue={choix}").context["frise"].lignes
        dites[choix] = [dit for _, _, dit in ligne.phases]
    un, deux = dites.values()
    assert (un, len(un)) == (deux, 1)


def _lignes(distribution, premier, etendue):
    lu = vue.lire(distribution.ddt, vue.Criteres())
    seances = [*lu.seances, *vue.estimees_de(lu.ateliers)]
    for s in seances:
        s.url = "#"
    glisses = vue.glissements_de(lu.ateliers)
    return frise.tracer(lu.ateliers, seances, glisses, [], premier, etendue).lignes


def test_une_date_abandonnee_se_voit_a_cote_de_la_nouvelle(distribution):
    seance = dater(faire_seance(distribution, titre="Marais"), MIDI)
    seance.refresh_from_db()
    debut = MIDI + timedelta(days=2)
    agenda.reporter(seance=seance, par=distribution.ddt, debut=debut, fin=debut, motif="Crue")
    (ligne,) = _lignes(distribution, date(2027, 1, 1), 18)
    assert (ligne.points[0]["etage"], ligne.fantomes[0]["etage"]) == ("haut", "bas")


def test_le_mois_dit_les_feries_du_territoire_les_vacances_et_la_reserve():
    reserves = [jours.Reserve("Municipales", date(2027, 3, 22), date(2027, 3, 24), frozenset())]
    semaines = mois.semaines(date(2027, 3, 1), [], codes=["67", "974"], reserves=reserves)
    lus = {j.date: j for semaine in semaines for j in semaine}
    assert lus[date(2027, 3, 26)].ferie == "Vendredi saint (Alsace-Moselle)"
    assert [d.day for d, j in lus.items() if j.reserve == "Municipales"] == [22, 23, 24]
    assert {j.vacances for j in lus.values()} <= {
        "", "vacances zone A", "vacances zone B", "vacances zone C",
        "vacances zones A, B", "vacances zones A, C", "vacances zones B, C",
        "vacances zones A, B, C",
    }  # fmt: skip
    sans = mois.semaines(date(2027, 3, 1), [], codes=["80"])
    assert not any(j.ferie for semaine in sans for j in semaine if j.date.day == 26)
