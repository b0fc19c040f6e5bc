"""The line is sorted by dates; « Non tenu » is never said of what may still take place."""

from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from ateliers.carnet.domaine.parcours import etapes
from ateliers.parcours.models import Atelier
from ateliers.seances.domaine import agenda, preparation
from ateliers.seances.domaine.phases import OBLIGATOIRES, Temps, lire, phases
from ateliers.seances.models import Seance
from tests.factories import ateliers as fabrique

GENRES = ["sensibilisation", "atelier", "inter_atelier", "copil", "restitution"]


def seance(rang, genre, etat, jours, *, prevue=True):
    """`jours` from today; a month only when it has no date; neither when None."""
    objet = Seance(pk=rang + 1, genre=genre, etat=etat, ordre=rang * 10, titre=f"S{rang}")
    objet.etape_type_id = rang + 1 if prevue else None
    if jours is None:
        return objet
    jour = timezone.localdate() + timedelta(days=jours)
    if etat == "a_programmer":
        objet.estime_le = jour.replace(day=1)
        return objet
    debut = datetime.combine(jour, time(9), tzinfo=objet.zone)
    objet.debut_prevu, objet.fin_prevu = debut, debut + timedelta(hours=2)
    if etat == "tenue":
        objet.debut_reel, objet.fin_reelle = objet.debut_prevu, objet.fin_prevu
    return objet


def ligne(seances, etat="en_cours"):
    return etapes(Atelier(slug="a", etat=etat, ouvert_le=date(2024, 1, 1)), seances)


@st.composite
def histoires(draw):
    lignes = []
    for rang in range(draw(st.integers(1, 9))):
        etat = draw(st.sampled_from(["a_programmer", "programmee", "convoquee", "tenue"]))
        passe = (-400, -1) if etat == "tenue" else (-400, 400)
        jours = draw(st.integers(*passe))
        if etat == "a_programmer" and draw(st.booleans()):
            jours = None
        genre, prevue = draw(st.sampled_from(GENRES)), draw(st.booleans())
        lignes.append(seance(rang, genre, etat, jours, prevue=prevue))
    return draw(st.permutations(lignes))


@settings(max_examples=150, deadline=None)
@given(histoires())
def test_quel_que_soit_l_ordre_la_ligne_suit_les_dates(seances):
    lues = ligne(seances)
    datees = [e for e in lues if e.seance and e.precis]
    assert [e.seance.pk for e in datees] == [
        e.seance.pk for e in sorted(datees, key=lambda e: (e.jour, e.seance.ordre))
    ]
    assert [e.cle for e in lues[:1] + lues[-1:]] == ["cadrage", "suivi"]
    assert sorted(e.seance.pk for e in lues[1:-1]) == sorted(s.pk for s in seances)
    aujourd_hui = timezone.localdate()
    for etape in lues[1:-1]:
        assert (etape.statut == "faite") == (etape.seance.etat == "tenue")
        if etape.statut == "sautee":
            assert etape.jour <= aujourd_hui
            assert etape.seance.genre not in OBLIGATOIRES
    assert [e.statut for e in lues].count("courante") == 1
    courante = next(rang for rang, e in enumerate(lues) if e.statut == "courante")
    avant = {e.statut for e in lues[:courante]}
    assert avant <= {"faite", "sautee", "a_venir"}
    if any(e.statut == "a_venir" and e.seance.genre in OBLIGATOIRES for e in lues[1:-1]):
        assert "a_venir" not in avant


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    histoires(),
    st.sampled_from(["cadrage", "en_cours", "restitution", "suivi"]),
    st.integers(0, 500),
    st.none() | st.integers(0, 400),
)
def test_les_phases_se_suivent_et_tiennent_leurs_seances_et_le_jour(seances, etat, age, contrat):
    jour = timezone.localdate()
    atelier = Atelier(slug="a", etat=etat, ouvert_le=jour - timedelta(days=age))
    notifie = None
    if etat != "cadrage" and contrat is not None:
        notifie = jour - timedelta(days=min(contrat, age))
    marche = lire(atelier, seances)
    lues = phases(atelier, marche, notifie)
    assert [p.temps for p in lues] == sorted({p.temps for p in lues})
    assert all(a.debut <= a.fin <= b.debut for a, b in zip(lues, lues[1:], strict=False))
    par_temps = {p.temps: p for p in lues}
    for s in seances:
        phase = par_temps[marche.temps[s.pk]]
        assert phase.debut <= marche.places[s.pk] <= phase.fin
        if marche.places[s.pk] > jour and etat != "suivi":
            assert s.genre != "atelier" or phase.temps >= Temps.ATELIERS
    # The parcours has the same order and the same current step, and its phase holds today.
    etapes_lues = etapes(atelier, seances)
    assert [e.seance for e in etapes_lues[1:-1]] == marche.seances
    (courante,) = [e for e in etapes_lues if e.statut == "courante"]
    if courante.seance:
        assert marche.temps[courante.seance.pk] == marche.present
    else:
        fin = Temps.SUIVI if etat == "suivi" else Temps.RESTITUTION
        assert marche.present == (Temps.CADRAGE if courante.cle == "cadrage" else fin)
    assert par_temps[marche.present].debut <= jour <= par_temps[marche.present].fin


def test_le_cadrage_s_arrete_a_la_premiere_seance_et_ne_glisse_pas_avec_les_autres():
    jour = timezone.localdate()
    prevues = [("sensibilisation", 49), ("copil", 64), ("atelier", 105), ("restitution", 300)]
    seances = [seance(r, g, "programmee", j) for r, (g, j) in enumerate(prevues)]
    atelier = Atelier(slug="a", etat="cadrage", ouvert_le=jour)
    lues = phases(atelier, lire(atelier, seances))
    assert [(p.nom, (p.debut - jour).days, (p.fin - jour).days) for p in lues] == [
        ("Cadrage", 0, 48),
        ("Lancement", 49, 64),
        ("Ateliers", 65, 105),
        ("Restitution", 106, 300),
    ]
    seances[2] = seance(2, "atelier", "a_programmer", 105)  # only its month is known
    lues = phases(atelier, lire(atelier, seances))
    assert [(p.debut_sur, p.fin_sure) for p in lues] == [
        (True, True),
        (True, True),
        (True, False),
        (False, True),
    ]


def test_un_comite_tenu_aujourd_hui_n_efface_pas_les_seances_a_venir(distribution):
    atelier = fabrique.faire_en_cours(distribution, "local")
    prevues = Seance.objects.filter(atelier=atelier).count()
    ajout = preparation.ajouter_seance(
        atelier=atelier, par=distribution.ddt, genre="copil", titre="Comité"
    )
    fabrique.tenir(distribution, ajout, 1)
    Seance.objects.filter(atelier=atelier, etat="a_programmer").update(
        estime_le=timezone.localdate() + timedelta(days=40)
    )
    seances = Seance.objects.filter(atelier=atelier).order_by("ordre")
    lues = etapes(fabrique.frais(atelier), seances)
    assert [e.titre for e in lues[:2]] == ["Cadrage", "Comité"]
    assert [e.statut for e in lues] == (
        ["faite", "faite", "courante"] + ["a_venir"] * (prevues - 1) + ["a_venir"]
    )


def test_une_date_passee_que_la_suite_a_depassee_n_est_pas_tenue():
    lues = ligne(
        [
            seance(0, "copil", "programmee", -30),
            seance(1, "atelier", "tenue", -10),
            seance(2, "atelier", "programmee", -5),
            seance(3, "copil", "programmee", -3),
            seance(4, "copil", "a_programmer", None, prevue=False),
        ]
    )
    assert [e.statut for e in lues] == [
        "faite",
        "sautee",
        "faite",
        "courante",
        "a_venir",
        "a_venir",
        "a_venir",
    ]


def test_a_la_restitution_une_seance_sans_date_ne_retient_pas_le_suivi():
    reste = seance(2, "copil", "a_programmer", None, prevue=False)
    lues = ligne([seance(1, "restitution", "tenue", -10), reste], "restitution")
    assert [e.statut for e in lues] == ["faite", "faite", "a_venir", "courante"]
    assert [e.statut for e in ligne([reste], "suivi")] == ["faite", "a_venir", "courante"]
    assert [e.statut for e in ligne([reste], "clos")] == ["faite", "sautee", "faite"]


def test_l_ancre_du_suivi_existe_pour_qui_la_voit(distribution, connecte):
    atelier = fabrique.faire_en_restitution(distribution, "flash")
    agenda.tenir(
        seance=fabrique.programmer(distribution, fabrique.seance_de(atelier, "restitution"), 20),
        par=distribution.ddt,
    )
    adresse = reverse("ateliers:espace", args=[atelier.slug])
    for role in ("ddt", "equipe"):
        page = connecte(role).get(adresse).text
        assert page.count(f'href="{adresse}#suivi"') >= 1
        assert page.count('id="suivi"') == 1


def test_l_espace_mene_au_choix_de_l_equipe_et_au_budget(distribution, connecte):
    atelier = fabrique.faire_atelier(distribution, "local")
    pages = [reverse(f"ateliers:{nom}", args=[atelier.slug]) for nom in ("marche", "budget")]
    espace = reverse("ateliers:espace", args=[atelier.slug])
    lus = {
        role: [f'href="{page}"' in connecte(role).get(espace).text for page in pages]
        for role in ("ddt", "dgaln", "collectivite")
    }
    assert lus == {"ddt": [True] * 2, "dgaln": [True] * 2, "collectivite": [False] * 2}
