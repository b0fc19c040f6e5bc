"""Heads are counted: whoever is represented is not counted beside their representative."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ateliers.participants.domaine.equilibre import GROUPES, MESURES
from ateliers.participants.domaine.requetes import compter, tetes
from ateliers.participants.models import Invitation, Participant
from candidatures.dispositifs.choix import College


def invitation(cle, college, presence="", delegue=None, par=""):
    participant = Participant(pk=cle, prenom="P", nom=str(cle), college=college)
    lue = Invitation(pk=cle, participant=participant, presence=presence, represente_par=par)
    lue.delegue_id = delegue
    return lue


@st.composite
def assemblees(draw):
    nombre = draw(st.integers(0, 9))
    lignes = []
    for cle in range(1, nombre + 1):
        college = draw(st.sampled_from(College.values))
        presence = draw(st.sampled_from(["", "present", "excuse", "absent", "represente"]))
        delegue, par = None, ""
        if presence == "represente":
            autres = [autre for autre in range(1, nombre + 1) if autre != cle]
            delegue = draw(st.sampled_from([None, *autres]))
            par = f"P {draw(st.sampled_from([*autres, 99]))}"
        lignes.append(invitation(cle, college, presence, delegue, par))
    return lignes


@settings(max_examples=200, deadline=None)
@given(assemblees())
def test_chaque_tete_compte_une_fois(lignes):
    comptees = sum(ligne.presents for ligne in compter(lignes))
    presents = {i.pk for i in lignes if i.presence == "present"}
    representes = [i for i in lignes if i.presence == "represente"]
    assert comptees == len(tetes(lignes))
    assert len(presents) <= comptees <= len(presents) + len(representes)
    assert presents <= {i.pk for i in tetes(lignes)}
    seuls = [i for i in representes if not i.delegue_id and i.represente_par == "P 99"]
    tous_par_un_present = all(i.delegue_id in presents for i in representes)
    if representes and tous_par_un_present:
        assert comptees == len(presents)
    assert {i.pk for i in seuls} <= {i.pk for i in tetes(lignes)}


def test_le_college_est_celui_de_qui_siege():
    elue = invitation(1, "elus", "represente", delegue=2, par="P 2")
    agent = invitation(2, "techniciens_collectivites", "present")
    voisin = invitation(3, "habitants", "represente", par="Quelqu’un d’autre")
    lus = {ligne.college: ligne.presents for ligne in compter([elue, agent, voisin])}
    assert lus == dict.fromkeys(College.values, 0) | {
        "techniciens_collectivites": 1,
        "habitants": 1,
    }


def test_ni_chercheurs_ni_equipe_ne_sont_des_techniciens():
    assert sorted(c for _, _, colleges in GROUPES for c in colleges) == sorted(College.values)
    assert {cle: colleges for cle, _, colleges in GROUPES}["technique"] == (
        "techniciens_collectivites",
    )
    assert MESURES["viennent"] == "les réponses positives"
