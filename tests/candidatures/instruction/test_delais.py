"""Days of instruction and differences of texts: properties against a naive count."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from candidatures.dossiers.domaine.mots import diff_mots
from candidatures.instruction.domaine.delais import jours_instruction
from candidatures.instruction.domaine.relances import rappel_du

DEPOT = date(2027, 1, 10)
JOURS = st.integers(-20, 120).map(lambda n: DEPOT + timedelta(days=n))
SUSPENSIONS = st.lists(st.tuples(JOURS, st.one_of(st.none(), JOURS)), max_size=6)
TEXTES = st.text(alphabet="ab é’,.\n ", max_size=60)


def naif(depot, fin, suspensions):
    """One day at a time."""
    comptes, jour = 0, depot
    while jour < fin:
        jour += timedelta(days=1)
        comptes += not any(a < jour <= (b or fin) for a, b in suspensions)
    return comptes


@given(JOURS, SUSPENSIONS)
def test_le_compte_est_celui_fait_jour_par_jour(fin, suspensions):
    assert jours_instruction(DEPOT, fin, suspensions) == naif(DEPOT, fin, suspensions)


@given(JOURS, SUSPENSIONS)
def test_l_ordre_et_les_doublons_ne_comptent_pas(fin, suspensions):
    compte = jours_instruction(DEPOT, fin, suspensions)
    assert jours_instruction(DEPOT, fin, [*reversed(suspensions), *suspensions]) == compte


@given(JOURS, SUSPENSIONS)
def test_un_jour_de_plus_ajoute_un_jour_ou_aucun(fin, suspensions):
    lendemain = fin + timedelta(days=1)
    avance = jours_instruction(DEPOT, lendemain, suspensions) - jours_instruction(
        DEPOT, fin, suspensions
    )
    assert avance in (0, 1)


@given(SUSPENSIONS, st.integers(1, 60))
def test_suspendu_le_delai_n_avance_plus(suspensions, attente):
    demande = DEPOT + timedelta(days=30)
    toutes = [*suspensions, (demande, None)]
    fige = jours_instruction(DEPOT, demande, toutes)
    assert jours_instruction(DEPOT, demande + timedelta(days=attente), toutes) == fige


def test_un_exemple():
    suspension = (date(2027, 1, 20), date(2027, 2, 4))
    assert jours_instruction(DEPOT, date(2027, 2, 10), [suspension]) == 16
    assert jours_instruction(DEPOT, date(2027, 1, 25), [(date(2027, 1, 20), None)]) == 10
    assert jours_instruction(DEPOT, DEPOT, []) == 0


@given(TEXTES, TEXTES)
def test_la_difference_redonne_les_deux_textes(avant, apres):
    morceaux = diff_mots(avant, apres)
    assert "".join(t for signe, t in morceaux if signe != "+") == avant
    assert "".join(t for signe, t in morceaux if signe != "-") == apres


def test_la_difference_se_fait_par_mots():
    assert diff_mots("Le bourg ancien.", "Le bourg rénové.") == [
        ("=", "Le bourg "),
        ("-", "ancien"),
        ("+", "rénové"),
        ("=", "."),
    ]


def test_les_rappels_partent_une_fois_chacun_meme_en_retard():
    echeance, envoyes, partis = date(2027, 3, 20), [], []
    for n in range(-10, 5):
        jour = echeance + timedelta(days=n)
        for _ in range(2):
            if rappel := rappel_du(echeance, jour, envoyes):
                envoyes.append(rappel)
                partis.append((n, rappel))
    assert partis == [(-7, "j-7"), (-1, "j-1"), (1, "j+1")]
    assert rappel_du(echeance, echeance - timedelta(days=3), []) == "j-7"


def test_une_phrase_reecrite_se_lit_d_un_bloc():
    """The blank between two changed words goes with them."""
    assert diff_mots("Un vieux bourg dort.", "Un petit village vit.") == [
        ("=", "Un "),
        ("-", "vieux bourg dort"),
        ("+", "petit village vit"),
        ("=", "."),
    ]
