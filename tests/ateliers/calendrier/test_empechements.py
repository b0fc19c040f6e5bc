"""A date chosen by hand meets what the solver knows: holidays, reserve, absences."""

from datetime import date, datetime, time, timedelta

import pytest

from ateliers.calendrier.domaine.disponibilites import declarer
from ateliers.calendrier.domaine.empechements import mentions
from ateliers.calendrier.domaine.souhaites import souhaites
from ateliers.calendrier.models import PeriodeReserve
from ateliers.inscriptions.domaine import places
from ateliers.participants.domaine import dates
from ateliers.participants.domaine.conflits import conflits
from ateliers.participants.domaine.invitations import convoquer, inviter
from ateliers.participants.models import Invitation, Participant
from ateliers.programme.models import VersionProgramme
from ateliers.seances.domaine.severites import regler_severites, severites
from ateliers.seances.models import Seance
from socle.erreurs import ConfirmationRequise, ElementsManquants
from socle.territoires.models import Departement
from tests.factories.inscriptions import inscrire, ouvrir
from tests.factories.participants import faire_participants, faire_seance

pytestmark = pytest.mark.django_db
ARMISTICE = date(2027, 11, 11)
VACANCES = date(2026, 2, 17)
ORDINAIRE = date(2027, 11, 16)


def programmer(distribution, seance, jour, confirmes=(), fin=17):
    dates.programmer(
        seance=seance,
        par=distribution.ddt,
        debut=datetime.combine(jour, time(9)),
        fin=datetime.combine(jour, time(fin)),
        lieu="Mairie",
        confirmes={"date_passee", *confirmes},
    )
    return Seance.objects.get(pk=seance.pk)


@pytest.fixture
def seance(distribution):
    return faire_seance(distribution, etat="a_programmer", genre="copil", rang=None)


def lus(seance, par):
    return [(c.genre, c.severite, c.phrase) for c in conflits(seance, par=par)]


def test_un_jour_ferie_se_confirme(distribution, seance):
    with pytest.raises(ConfirmationRequise, match="11\u00a0novembre 2027 est férié"):
        programmer(distribution, seance, ARMISTICE)
    assert Seance.objects.get(pk=seance.pk).etat == "a_programmer"
    assert programmer(distribution, seance, ARMISTICE, {"conflits"}).etat == "programmee"


def test_les_vacances_se_disent_sans_rien_demander(distribution, seance):
    seance = programmer(distribution, seance, VACANCES)
    phrase = "C’est pendant les vacances scolaires (zone B)."
    assert lus(seance, distribution.ddt) == [("vacances", "avertir", phrase)]


@pytest.mark.parametrize(
    ("bloquante", "ailleurs", "attendu"),
    [(True, False, ["bloquer"]), (False, False, ["avertir"]), (True, True, [])],
)
def test_la_reserve_empeche_de_convoquer_son_territoire(
    distribution, seance, bloquante, ailleurs, attendu
):
    periode = PeriodeReserve.objects.create(
        nom="Scrutin local",
        debut=date(2027, 11, 1),
        fin=date(2027, 11, 30),
        bloquante=bloquante,
    )
    siens = seance.atelier.perimetre.departements.all()
    autres = Departement.objects.exclude(pk__in=siens.values("pk"))[:1]
    periode.departements.set(autres if ailleurs else siens)
    gens = faire_participants(distribution, seance.atelier, 1)
    inviter(seance=seance, participants=gens, par=distribution.ddt)
    seance = programmer(distribution, seance, ORDINAIRE, {"conflits"})
    assert [severite for _, severite, _ in lus(seance, distribution.ddt)] == attendu
    if attendu == ["bloquer"]:
        with pytest.raises(ElementsManquants, match="Scrutin local"):
            convoquer(seance=seance, par=distribution.ddt)
        regler_severites(par=distribution.dgaln, **severites() | {"reserve": "ignorer"})
    convoquer(seance=seance, par=distribution.ddt)


def test_une_absence_declaree_se_dit_de_qui_est_attendu(distribution, seance):
    """Tuesday evenings of two invited people and of the team; not of who has declined."""
    gens = faire_participants(distribution, seance.atelier, 2)
    equipe = distribution.equipe.organisme
    soir = {"rythme": "hebdomadaire", "jour": 1, "heure_debut": time(18), "heure_fin": time(22)}
    for qui in ({"participant": gens[0]}, {"participant": gens[1]}, {"organisme": equipe}):
        declarer(atelier=seance.atelier, par=distribution.ddt, motif="Secret", **soir, **qui)
    inviter(seance=seance, participants=gens, par=distribution.ddt)
    seance = programmer(distribution, seance, ORDINAIRE, fin=18)
    assert lus(seance, distribution.ddt) == []
    seance.fin_prevu += timedelta(minutes=1)
    seance.save()
    Invitation.objects.filter(participant=gens[1]).update(
        reponse="decline", repondu_le=seance.debut_prevu
    )
    quand = "le mardi, de 18\u00a0h à 22\u00a0h"
    assert [phrase for _, _, phrase in lus(seance, distribution.ddt)] == [
        f"« {gens[0].nom_complet} » n’est pas disponible : {quand}.",
        f"« {equipe} » n’est pas disponible : {quand}.",
    ]
    anonyme = ["Une personne attendue n’est pas disponible."] * 2
    assert [phrase for _, _, phrase in lus(seance, distribution.dreal)] == anonyme


def test_la_nuit_d_une_seance_de_deux_jours_n_est_a_personne(distribution, seance):
    """The first Tuesday's evening, as the search reads it too, until a séquence is published."""
    declarer(
        atelier=seance.atelier,
        par=distribution.ddt,
        organisme=distribution.equipe.organisme,
        rythme="mensuelle",
        jour=1,
        rang=1,
        heure_debut=time(18),
        heure_fin=time(22),
        motif="Secret",
    )
    mardi = date(2027, 6, 1)
    deux_jours = {"debut": datetime.combine(mardi, time(9)), "fin": datetime(2027, 6, 2, 17, 30)}
    dates.programmer(seance=seance, par=distribution.ddt, lieu="Mairie", **deux_jours)
    seance = Seance.objects.get(pk=seance.pk)
    assert lus(seance, distribution.ddt) == []
    soiree = {"titre": "Panel en soirée", "jour": 1, "debut": "20:00", "duree_min": 90}
    VersionProgramme.objects.create(seance=seance, numero=1, contenu=[soiree], par=distribution.ddt)
    seance = Seance.objects.get(pk=seance.pk)
    assert [genre for genre, _, _ in lus(seance, distribution.ddt)] == ["absence"]
    champs = {"titre": "Comité", "objectif": "", "lieu": "Mairie", "adresse": "", "revision": 0}
    assert dates.decrire(seance=seance, par=distribution.ddt, **champs).titre == "Comité"


def test_qui_a_quitte_l_inscription_publique_n_est_plus_souhaite(distribution, seance):
    """Back by another invitation, or signed up again, they are."""
    inscriptions = ouvrir(distribution)
    atelier = inscriptions.seance.atelier
    reste, partie = (inscrire(inscriptions, rang) for rang in (1, 2))
    places.retirer(partie)
    (siens,) = Participant.objects.filter(atelier=atelier, courriel=reste.courriel)
    assert list(souhaites([atelier])) == [siens]
    autre = faire_seance(distribution, atelier=atelier, rang=2)
    revenue = Participant.objects.filter(atelier=atelier).exclude(pk=siens.pk)
    inviter(seance=autre, participants=list(revenue), par=distribution.ddt)
    assert souhaites([atelier]).count() == 2


def test_les_jours_se_disent_d_un_mot(distribution, seance):
    dits = mentions(seance.atelier, [ARMISTICE, VACANCES, ORDINAIRE])
    assert dits == {ARMISTICE: "férié", VACANCES: "vacances"}
