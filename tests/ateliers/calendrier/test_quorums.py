"""A quorum counts a person once: not at two séances that fall together."""

from dataclasses import replace

from ateliers.calendrier.solveur.probleme import Date, Epingle, Probleme, Ressource
from ateliers.calendrier.solveur.resolution import proposer
from ateliers.calendrier.solveur.validateur import fautes
from tests.ateliers.calendrier import force_brute
from tests.ateliers.calendrier.exemples import LUNDI, jour_entier, seance

COMMUN = {"fin": LUNDI, "facultatives": ("x", "y"), "quorums": (("elus", 1),)}
DEUX = (seance("a", **COMMUN), seance("b", atelier="B", **COMMUN))
X, Y = Ressource("x", "X", "elus"), Ressource("y", "Y", "elus")
PRISE = Ressource("y", "Y", "elus", indisponibilites=(jour_entier(LUNDI, 30),))


def criteres(probleme):
    """None: a calendar exists; the same answer by brute force."""
    resultat = proposer(probleme, nombre=1)
    assert resultat.possible == force_brute.possible(probleme)
    return None if resultat.possible else {h.critere for h in resultat.collision}


def test_une_personne_ne_remplit_pas_deux_quorums_a_la_fois():
    assert criteres(Probleme(DEUX, (X, Y))) is None
    seul = Probleme(DEUX, (X, PRISE))
    assert criteres(seul) == {("quorum", "elus"), ("fenetre",)}
    (proposition,) = proposer(Probleme(DEUX, (X, Y)), nombre=1).propositions
    assert fautes(seul, proposition.dates) == [
        "Un quorum compte une même personne à deux séances à la fois."
    ]
    plus_long = tuple(replace(s, fin=LUNDI.replace(day=2)) for s in DEUX)
    (proposition,) = proposer(Probleme(plus_long, (X, PRISE)), nombre=1).propositions
    assert proposition.date("a").debut.date() != proposition.date("b").debut.date()


def test_qui_est_exige_ailleurs_n_est_pas_compte_ici():
    """Mandatory at a date already fixed, where no quorum is asked."""
    (plage,) = proposer(Probleme(DEUX[:1], (X, Y)), nombre=1).propositions[0].dates
    fixee = replace(
        DEUX[1], obligatoires=("x",), facultatives=(), epingle=Epingle(plage.debut, plage.fin)
    )
    assert criteres(Probleme((DEUX[0], fixee), (X, Y))) is None
    probleme = Probleme((DEUX[0], fixee), (X, PRISE))
    assert criteres(probleme) == {
        ("quorum", "elus"),
        ("fenetre",),
        ("presence", "x"),
        ("epingle", "b"),
    }
    dates = (plage, Date("b", ((plage.debut, plage.fin),)))
    assert len(fautes(probleme, dates)) == 1
