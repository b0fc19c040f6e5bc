"""Computed recusals, as pure functions: whatever the persons and the dossiers."""

from hypothesis import given
from hypothesis import strategies as st

from candidatures.instruction.domaine.conflits import Cause, Emprise, Profil, causes, ecart, motif

CODES = st.frozensets(st.sampled_from(["01", "02", "2A", "75", "974"]), max_size=3)
COMMUNES = st.frozensets(st.sampled_from(["01001", "02001", "75056", "97411"]), max_size=3)
CLES = st.frozensets(st.integers(1, 5), max_size=3)
PROFILS = st.builds(
    Profil,
    personne_id=st.integers(1, 8),
    organisme_id=st.none() | st.integers(1, 5),
    departements=CODES,
    communes=COMMUNES,
    epcis=CLES,
)
EMPRISES = st.builds(
    Emprise,
    candidature_id=st.just(1),
    organismes=CLES,
    departements=CODES,
    communes=COMMUNES,
    epcis=CLES,
)


@given(profil=PROFILS, emprise=EMPRISES)
def test_une_cause_existe_si_et_seulement_si_un_lien_existe(profil, emprise):
    attendues = set()
    if any(profil.organisme_id == o for o in emprise.organismes):
        attendues.add(Cause.ORGANISME)
    if any(d in emprise.departements for d in profil.departements):
        attendues.add(Cause.DEPARTEMENT)
    lieux = [c for c in profil.communes if c in emprise.communes]
    if lieux or [e for e in profil.epcis if e in emprise.epcis]:
        attendues.add(Cause.MANDAT)
    assert set(causes(profil, emprise)) == attendues
    assert bool(motif(profil, emprise)) == bool(attendues)


@given(
    profils=st.lists(PROFILS, unique_by=lambda p: p.personne_id, max_size=6),
    emprise=EMPRISES,
    actuels=st.frozensets(st.integers(1, 8)),
)
def test_appliquer_l_ecart_rend_le_calcul_vrai_et_le_refaire_ne_change_rien(
    profils, emprise, actuels
):
    vise = ecart(profils, emprise, actuels)
    apres = (actuels | vise.a_creer.keys()) - vise.a_lever
    assert apres == {p.personne_id for p in profils if causes(p, emprise)}
    refait = ecart(profils, emprise, apres)
    assert (refait.a_creer, refait.a_lever) == ({}, frozenset())


@given(profil=PROFILS, emprise=EMPRISES)
def test_le_motif_ne_nomme_aucun_lieu(profil, emprise):
    texte = motif(profil, emprise)
    assert [c for c in emprise.communes | emprise.departements if c in texte] == []
