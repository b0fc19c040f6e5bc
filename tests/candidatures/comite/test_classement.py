"""Ranking, ceiling and balance against an independent recomputation, ties included."""

from fractions import Fraction

from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from candidatures.comite.calcul.classement import (
    Dossier,
    Plafond,
    classer,
    couper,
    equilibre,
    moyenne,
)

CRITERES = (1, 2, 3)
poids_ = st.fixed_dictionaries({c: st.integers(0, 5) for c in CRITERES})
notes_ = st.dictionaries(st.sampled_from(CRITERES), st.integers(0, 5))
evaluations_ = st.lists(st.tuples(st.integers(1, 6), notes_), max_size=4).map(tuple)


@st.composite
def tables(draw):
    nombre = draw(st.integers(0, 12))
    return [
        Dossier(
            cle=cle,
            evaluations=draw(evaluations_),
            ecartes=frozenset(draw(st.sets(st.integers(1, 6), max_size=2))),
            cout=draw(st.sampled_from([0, 20_000, 100_000])),
        )
        for cle in range(1, nombre + 1)
    ]


def recalcul(dossier, poids):
    """By exact fractions, never rounded: a rank is of the means themselves."""
    moyennes = []
    for personne, notes in dossier.evaluations:
        total = sum(poids[c] for c in notes)
        if personne not in dossier.ecartes and total:
            moyennes.append(sum(Fraction(n * poids[c], total) for c, n in notes.items()))
    return Fraction(sum(moyennes), len(moyennes)) if moyennes else None


@given(tables(), poids_)
def test_moyennes_et_rangs_recalcules(dossiers, poids):
    places = classer(dossiers, poids)
    attendues = {d.cle: recalcul(d, poids) for d in dossiers}
    assert {p.cle: p.moyenne for p in places} == attendues
    notees = [m for m in attendues.values() if m is not None]
    for place in places:
        if place.moyenne is None:
            assert (place.rang, place.ex_aequo) == (None, False)
        else:
            assert place.rang == 1 + len([m for m in notees if m > place.moyenne])
            assert place.ex_aequo == (notees.count(place.moyenne) > 1)
    rangs = [p.rang if p.rang is not None else 10_000 for p in places]
    assert rangs == sorted(rangs)


@given(tables(), poids_, st.integers(1, 6), notes_)
def test_un_evaluateur_deporte_ne_change_rien(dossiers, poids, personne, notes):
    sans = [
        Dossier(
            d.cle,
            tuple(e for e in d.evaluations if e[0] != personne),
            d.ecartes | {personne},
            d.cout,
        )
        for d in dossiers
    ]
    avec = [Dossier(d.cle, (*d.evaluations, (personne, notes)), d.ecartes, d.cout) for d in sans]
    assert classer(avec, poids) == classer(sans, poids)


@given(
    tables(),
    poids_,
    st.none() | st.integers(0, 14),
    st.none() | st.integers(0, 900_000),
    st.integers(0, 4),
    st.sets(st.integers(1, 14), max_size=3),
    st.sets(st.integers(1, 14), max_size=3),
)
def test_la_coupe_respecte_le_plafond(dossiers, poids, places, budget, reserve, dessus, dessous):
    classees = classer(dossiers, poids)
    couts = {d.cle: d.cout for d in dossiers}
    plafond = Plafond(places, budget, reserve, frozenset(dessus), frozenset(dessous))
    coupe = couper(classees, couts, plafond)
    tous = [*coupe.retenus, *coupe.reserve, *coupe.autres]
    assert sorted(tous) == sorted(couts)
    forces = set(dessus) & set(couts)
    libres_retenus = [c for c in coupe.retenus if c not in forces]
    assert forces <= set(coupe.retenus)
    assert not (set(dessous) - forces) & {*coupe.retenus, *coupe.reserve}
    assert coupe.cout == sum(couts[c] for c in coupe.retenus)
    if libres_retenus:
        assert places is None or len(coupe.retenus) <= places
        assert budget is None or coupe.cout <= budget
    # The line cuts the free dossiers in rank order: none below beats one above.
    libres = [
        p.cle
        for p in classees
        if p.rang is not None and p.cle not in forces and p.cle not in dessous
    ]
    assert libres_retenus == libres[: len(libres_retenus)]
    suite = libres[len(libres_retenus) :]
    assert list(coupe.reserve) == suite[:reserve]
    # And it stops only because the ceiling says so.
    if suite:
        plein = places is not None and len(coupe.retenus) >= places
        cher = budget is not None and coupe.cout + couts[suite[0]] > budget
        arrets = {nom for nom, arrete in (("places", plein), ("budget", cher)) if arrete}
        assert arrets
        assert coupe.arrets == arrets
    else:
        assert coupe.arrets == frozenset()


def test_ex_aequo_separes_par_la_ligne_signales():
    dossiers = [Dossier(c, ((9, {1: n}),)) for c, n in ((1, 5), (2, 4), (3, 4), (4, 1))]
    places = classer(dossiers, {1: 1})
    assert [(p.cle, p.rang, p.ex_aequo) for p in places] == [
        (1, 1, False),
        (2, 2, True),
        (3, 2, True),
        (4, 4, False),
    ]
    couts = dict.fromkeys(range(1, 5), 0)
    assert couper(places, couts, Plafond(places=2)).partages == {2, 3}
    assert couper(places, couts, Plafond(places=3)).partages == frozenset()


def test_les_poids_changent_le_classement():
    dossiers = [Dossier(1, ((9, {1: 5, 2: 0}),)), Dossier(2, ((9, {1: 0, 2: 4}),))]
    assert [p.cle for p in classer(dossiers, {1: 1, 2: 1})] == [1, 2]
    assert [p.cle for p in classer(dossiers, {1: 1, 2: 3})] == [2, 1]
    assert moyenne(dossiers[1], {1: 1, 2: 3}) == 3


@given(
    st.dictionaries(st.integers(1, 9), st.sets(st.sampled_from("ABC"), min_size=1)),
    st.sets(st.integers(1, 9)),
)
def test_equilibre_recompte(groupes, retenus):
    parts = equilibre(groupes, retenus, ())
    assert {p.libelle: (p.candidates, p.retenues) for p in parts} == {
        libelle: (
            len([c for c, g in groupes.items() if libelle in g]),
            len([c for c, g in groupes.items() if libelle in g and c in retenus]),
        )
        for libelle in set().union(*groupes.values())
    }
    assert all(0 <= p.largeur_retenues <= p.largeur <= 100 for p in parts)


def test_les_tables_tirees_portent_des_ex_aequo_et_des_deports_qui_comptent():
    """Otherwise the properties above would hold of nothing."""
    poids = dict.fromkeys(CRITERES, 1)

    def partage(dossiers):
        return any(p.ex_aequo for p in classer(dossiers, poids))

    def deport_qui_pese(dossiers):
        rendus = [Dossier(d.cle, d.evaluations, frozenset(), d.cout) for d in dossiers]
        return classer(rendus, poids) != classer(dossiers, poids)

    sans_reduire = settings(phases=[Phase.generate], database=None)
    assert partage(find(tables(), partage, settings=sans_reduire))
    assert deport_qui_pese(find(tables(), deport_qui_pese, settings=sans_reduire))
