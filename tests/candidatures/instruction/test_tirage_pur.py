"""The draw, whatever the dossiers, the persons and the constraints."""

from hypothesis import given, settings
from hypothesis import strategies as st

from candidatures.instruction.domaine.tirage_pur import Dossier, Lecteur, tirer

PERSONNES = range(1, 7)


@st.composite
def situations(draw, plafonds=True, recusations=True):
    cles = st.frozensets(st.sampled_from(PERSONNES), max_size=3 if recusations else 0)
    dossiers = [Dossier(100 + i, interdits=draw(cles)) for i in range(draw(st.integers(1, 8)))]
    plafond = st.none() | st.integers(1, 4) if plafonds else st.none()
    nombre = draw(st.integers(1, 6))
    lecteurs = [
        Lecteur(i, charge_max=draw(plafond), region=draw(st.sampled_from(["11", "32", ""])))
        for i in PERSONNES[:nombre]
    ]
    fixes = {}
    for dossier in dossiers:
        permis = [p.cle for p in lecteurs if p.cle not in dossier.interdits]
        if permis and draw(st.booleans()) and not plafonds:
            fixes[dossier.cle] = {draw(st.sampled_from(permis))}
    return dossiers, lecteurs, draw(st.integers(1, 3)), fixes, draw(st.integers(0, 999))


@settings(deadline=None)
@given(situations())
def test_jamais_un_deporte_jamais_au_dela_de_la_charge(situation):
    dossiers, lecteurs, n, fixes, graine = situation
    tiree = tirer(dossiers, lecteurs, n=n, graine=graine, fixes=fixes)
    par_cle = {d.cle: d for d in dossiers}
    for cle, personnes in tiree.lecteurs_de.items():
        assert len(personnes) == len(set(personnes)) <= n
        assert not set(personnes) & par_cle[cle].interdits
    for lecteur in lecteurs:
        lus = sum(lecteur.cle in p for p in tiree.lecteurs_de.values())
        assert lus == tiree.charges[lecteur.cle]
        assert lecteur.charge_max is None or lus <= lecteur.charge_max


@settings(deadline=None)
@given(situations(plafonds=False))
def test_ce_qui_est_commence_ne_bouge_pas(situation):
    dossiers, lecteurs, n, fixes, graine = situation
    tiree = tirer(dossiers, lecteurs, n=n, graine=graine, fixes=fixes)
    for cle, personnes in fixes.items():
        assert personnes <= set(tiree.lecteurs_de[cle])


@settings(deadline=None)
@given(situations(plafonds=False, recusations=False))
def test_les_charges_s_equilibrent_a_un_pres_quand_rien_ne_l_empeche(situation):
    dossiers, lecteurs, n, _, graine = situation
    tiree = tirer(dossiers, lecteurs, n=n, graine=graine)
    assert max(tiree.charges.values()) - min(tiree.charges.values()) <= 1
    attendus = min(n, len(lecteurs))
    assert {len(p) for p in tiree.lecteurs_de.values()} == {attendus}


@settings(deadline=None)
@given(situations(plafonds=False))
def test_une_place_ne_reste_vide_que_faute_de_personne_permise(situation):
    dossiers, lecteurs, n, fixes, graine = situation
    tiree = tirer(dossiers, lecteurs, n=n, graine=graine, fixes=fixes)
    for dossier in dossiers:
        permis = {p.cle for p in lecteurs} - dossier.interdits
        attendus = min(n, len(permis))
        assert len(tiree.lecteurs_de[dossier.cle]) == max(attendus, len(fixes.get(dossier.cle, ())))


@settings(deadline=None)
@given(situations())
def test_la_meme_graine_donne_le_meme_tirage(situation):
    dossiers, lecteurs, n, fixes, graine = situation
    premier = tirer(dossiers, lecteurs, n=n, graine=graine, fixes=fixes)
    second = tirer(dossiers[::-1], lecteurs[::-1], n=n, graine=graine, fixes=fixes)
    assert premier == second


def test_un_plafond_se_remplit_par_une_chaine():
    """Person 1 may read both, person 2 only the first: both dossiers find their reader."""
    dossiers = [Dossier(1), Dossier(2, interdits=frozenset({2}))]
    lecteurs = [Lecteur(1, charge_max=1), Lecteur(2, charge_max=1)]
    for graine in range(20):
        tiree = tirer(dossiers, lecteurs, n=1, graine=graine)
        assert tiree.lecteurs_de == {1: (2,), 2: (1,)}


def groupes(lecteurs_de):
    """Sets of persons linked by dossiers read together, recomputed by merging."""
    groupes = []
    for personnes in map(set, lecteurs_de.values()):
        touches = [g for g in groupes if g & personnes]
        groupes = [g for g in groupes if not g & personnes]
        groupes.append(personnes.union(*touches))
    return [g for g in groupes if g]


@settings(deadline=None)
@given(st.integers(1, 9), st.integers(1, 9), st.integers(2, 4), st.integers(0, 999))
def test_les_lecteurs_se_melangent_des_que_le_nombre_le_permet(dossiers, lecteurs, n, graine):
    """d dossiers read by n link at most 1 + d (n - 1) persons: up to there, one group only."""
    tiree = tirer(
        [Dossier(100 + i) for i in range(dossiers)],
        [Lecteur(i) for i in range(1, lecteurs + 1)],
        n=n,
        graine=graine,
    )
    par_dossier = min(n, lecteurs)
    lisent = min(lecteurs, dossiers * par_dossier)
    attendus = 1 if lisent <= 1 + dossiers * (par_dossier - 1) else None
    trouves = groupes(tiree.lecteurs_de)
    assert attendus is None or len(trouves) == attendus
    charges = tiree.charges.values()
    assert max(charges) - min(charges) <= 1


@settings(deadline=None)
@given(situations())
def test_deux_groupes_restent_seulement_si_aucun_echange_ne_les_relie(situation):
    """An independent search: no exchange of two movable readings makes fewer groups."""
    dossiers, lecteurs, n, fixes, graine = situation
    if n < 2:
        return
    lus = tirer(dossiers, lecteurs, n=n, graine=graine, fixes=fixes).lecteurs_de
    interdits = {d.cle: d.interdits for d in dossiers}
    mobiles = [(p, d) for d, ps in lus.items() for p in ps if p not in fixes.get(d, ())]
    nombre = len(groupes(lus))
    for p, a in mobiles:
        for q, b in mobiles:
            permis = q not in {*interdits[a], *lus[a]} and p not in {*interdits[b], *lus[b]}
            if permis and a != b:
                autre = lus | {a: ({*lus[a]} - {p}) | {q}, b: ({*lus[b]} - {q}) | {p}}
                assert len(groupes(autre)) >= nombre


def test_huit_dossiers_et_six_lecteurs_ne_font_pas_deux_trios():
    for graine in range(30):
        dossiers, lecteurs = [Dossier(i) for i in range(8)], [Lecteur(i) for i in range(6)]
        tiree = tirer(dossiers, lecteurs, n=3, graine=graine)
        assert len(groupes(tiree.lecteurs_de)) == 1
        assert len(set(tiree.lecteurs_de.values())) >= 6
