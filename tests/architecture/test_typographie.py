"""The spaces of French punctuation do not break at the end of a line, on a page or in a mail."""

import re

import pytest

from tests.architecture.test_fichiers import relatif, suivis

GABARIT = r"\{[%{#].*?[%}#]\}"
VALEUR = rf'"(?:{GABARIT}|[^"])*"'
# Neither code nor what a person typed: only the words between tags are read.
PROTEGE = re.compile(
    r"<!--.*?-->|\{% comment.*?endcomment %\}"
    r"|<(?P<nom>script|style|pre|code|textarea)\b.*?</(?P=nom)>"
    rf"|{GABARIT}|<[a-zA-Z/!](?:{GABARIT}|{VALEUR}|[^>\"])*>",
    re.S,
)
SECABLE = re.compile(r"(?<=[^\s\x00]) (?=[:;!?»](?![\w=]))|(?<=«) ")


def secables(texte):
    """Places of the plain spaces that French punctuation wants unbreakable."""
    lu = PROTEGE.sub(lambda m: "\x01" * len(m[0]), texte)
    return [m.start() for m in SECABLE.finditer(lu)]


@pytest.mark.parametrize(
    ("texte", "places"),
    [
        ("<p>Lieu : {{ lieu }} !</p>", [7, 20]),
        ("« {{ nom }} »", [1, 11]),
        ('<p style="color : red" title="{% if a > b %}a : b{% endif %}">oui</p>', []),
        ("<script>a ? b : c</script>{{ a|date:'H : i' }}", []),
    ],
)
def test_seuls_les_mots_sont_lus(texte, places):
    assert secables(texte) == places


INSERE = re.compile(r"\$\{[^{}]*\}")
LITTERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"|`[^`]*`')


def test_les_textes_des_scripts_aussi():
    fautes = []
    for chemin in suivis():
        if chemin.suffix != ".js" or chemin.parent.name != "js":
            continue
        texte = chemin.read_text(encoding="utf-8")
        while INSERE.search(texte):
            texte = INSERE.sub("\x01", texte)
        fautes += [
            f"{relatif(chemin)} {m[0]}" for m in LITTERAL.finditer(texte) if SECABLE.search(m[0])
        ]
    assert fautes == []


def test_les_espaces_de_la_ponctuation_sont_insecables():
    fautes = [
        f"{relatif(chemin)}:{texte.count(chr(10), 0, place) + 1}"
        for chemin in suivis()
        if chemin.suffix in {".html", ".txt"} and "templates" in chemin.parts
        for texte in [chemin.read_text(encoding="utf-8")]
        for place in secables(texte)
    ]
    assert fautes == []
