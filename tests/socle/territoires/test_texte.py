import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from socle.territoires.domaine.importation import lire_cog
from socle.territoires.texte import developper, formes, plier

NOMS = [ligne[1] for ligne in lire_cog()["communes"]]


def test_formes_connues():
    assert plier("L’Haÿ-les-Roses") == "l hay les roses"
    assert plier("Œuilly") == "oeuilly"
    assert developper("St-Étienne") == "saint etienne"
    assert developper("Ste Foy") == "sainte foy"
    assert plier("Chalon s/ Saône") == "chalon sur saone"
    assert formes("st") == ("st", "saint")
    assert formes("lille") == ("lille",)


@given(st.text(max_size=60))
def test_plier_est_stable_et_ascii(texte):
    plie = plier(texte)
    assert plier(plie) == plie
    assert plie.isascii() and plie == plie.strip() and "  " not in plie


@given(st.sampled_from(NOMS), st.sampled_from(["NFC", "NFD", "NFKD"]), st.booleans())
def test_accents_casse_et_forme_ne_changent_rien(nom, forme, majuscules):
    autre = unicodedata.normalize(forme, nom.upper() if majuscules else nom)
    assert developper(autre) == developper(nom)
