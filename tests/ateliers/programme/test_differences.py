"""The difference between two déroulés says everything, and nothing more."""

from hypothesis import given
from hypothesis import strategies as st

from ateliers.programme.domaine.differences import (
    appliquer,
    comparer,
    concernes,
    pour_l_animateur,
    pour_les_invites,
    ranger,
)
from ateliers.programme.domaine.horaires import echanger

COURRIELS = ["", "a@exemple.fr", "b@exemple.fr"]


def sequence(cle):
    return st.fixed_dictionaries(
        {
            "cle": st.just(cle),
            "jour": st.integers(1, 2),
            "debut": st.sampled_from(["09:00", "10:30", "14:00"]),
            "duree_min": st.sampled_from([30, 60]),
            "titre": st.sampled_from(["Accueil", "Tables", "Bilan"]),
            "format": st.sampled_from(["table", "pleniere"]),
            "public": st.sampled_from(["restreint", "invites", "ouvert"]),
            "lieu": st.sampled_from(["", "Mairie"]),
            "animateur": st.sampled_from(["", "Ana"]),
            "animateur_courriel": st.sampled_from(COURRIELS),
            "materiel": st.sampled_from(["", "Feutres"]),
            "visite": st.sampled_from([None, {"arrets": []}]),
        }
    )


ETAT = st.lists(st.integers(1, 5), unique=True, max_size=4).flatmap(
    lambda cles: st.tuples(*(sequence(c) for c in cles)).map(lambda s: ranger(list(s)))
)


@given(ETAT, ETAT)
def test_appliquer_la_difference_donne_le_nouvel_etat(avant, apres):
    assert appliquer(avant, comparer(avant, apres)) == apres


@given(ETAT, ETAT)
def test_rien_a_dire_si_et_seulement_si_rien_ne_change(avant, apres):
    changements = comparer(avant, apres)
    assert (changements == []) == (avant == apres)
    assert all(c["phrases"] for c in changements)
    assert len({(c["apres"] or c["avant"])["cle"] for c in changements}) == len(changements)


@given(ETAT, ETAT)
def test_seuls_les_concernes(avant, apres):
    """Recomputed the other way round: séquence by séquence, reader by reader."""
    vieux, neufs = ({s["cle"]: s for s in etat} for etat in (avant, apres))
    attendus, invites = set(), False

    def lu(s):
        if s is None or s["public"] == "restreint":
            return None
        return {c: v for c, v in s.items() if c not in ("materiel", "animateur_courriel")}

    for cle in vieux.keys() | neufs.keys():
        un, autre = vieux.get(cle), neufs.get(cle)
        if un == autre:
            continue
        attendus |= {s["animateur_courriel"] for s in (un, autre) if s} - {""}
        invites |= lu(un) != lu(autre)
    changements = comparer(avant, apres)
    cible = concernes(changements)
    assert (cible.courriels, cible.invites) == (attendus, invites)
    assert bool(pour_les_invites(changements)) == invites


def test_une_adresse_changee_se_dit_a_chacun_selon_ce_qu_il_anime():
    avant = {"cle": 1, "jour": 1, "debut": "09:00", "duree_min": 30, "titre": "Bilan"}
    avant |= {"format": "table", "public": "invites", "lieu": "", "materiel": "", "visite": None}
    avant |= {"animateur": "Ana", "animateur_courriel": "a@exemple.fr"}

    def lues(**champs):
        changements = comparer([avant], [avant | champs])
        return [pour_l_animateur(changements, c) for c in ("a@exemple.fr", "b@exemple.fr")]

    remplacee = "« Bilan », animation : Bob au lieu de Ana."
    assert lues(animateur="Bob", animateur_courriel="B@exemple.fr") == [
        [remplacee, "Vous n’animez plus « Bilan »."],
        [remplacee, "Vous animez désormais « Bilan »."],
    ]
    suit = "« Bilan » : vous recevez désormais {} ce qui concerne son animation."
    assert lues(animateur_courriel="b@exemple.fr") == [
        [suit.format("à une autre adresse")],
        [suit.format("à cette adresse")],
    ]
    assert lues(duree_min=45) == [["« Bilan » dure 45\u00a0min au lieu de 30\u00a0min."], []]


@given(st.integers(0, 600), st.integers(5, 300), st.integers(0, 90), st.integers(5, 300))
def test_echanger_garde_le_debut_la_fin_et_la_pause(debut, longue, pause, courte):
    haut, bas = (debut, longue), (debut + longue + pause, courte)
    nouveau_haut, nouveau_bas = echanger(haut, bas)
    assert nouveau_bas == debut
    assert nouveau_haut - (nouveau_bas + courte) == pause
    assert nouveau_haut + longue == bas[0] + courte
