"""Differences of texts, and the days of the reminders."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from candidatures.dossiers.domaine.mots import diff_mots
from candidatures.instruction.domaine.relances import rappel_du

TEXTES = st.text(alphabet="ab é’,.\n ", max_size=60)


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
