"""Busy hours read from a real diary, what they serve to, and who never sees them."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from ateliers.agendas.domaine.occupes import occupes, purger
from ateliers.agendas.models import AgendaDistant, IntervalleOccupe
from ateliers.calendrier.domaine.assemblage import assembler
from ateliers.calendrier.models import DemandeCalendrier
from ateliers.participants.domaine.conflits import conflits
from ateliers.seances.choix import GenreConflit
from ateliers.seances.models import Seance
from ateliers.synchro.domaine import branchement
from ateliers.synchro.domaine.passage import synchroniser
from ateliers.synchro.tasks import purger_agendas
from tests.factories.agendas import brancher, dans, faire_convoquee

pytestmark = pytest.mark.django_db


def ics(instant):
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def poser(caldav, uid, debut, heures=1, calendrier="bureau", *lignes):
    fin = debut + timedelta(hours=heures)
    caldav.poser(
        f"{caldav.racine}{calendrier}/", uid, f"DTSTART:{ics(debut)}", f"DTEND:{ics(fin)}",
        "SUMMARY:Dentiste", "LOCATION:Chez elle", *lignes,
    )  # fmt: skip


def lus(agenda):
    return list(agenda.intervalles.values_list("debut", "fin"))


@pytest.mark.parametrize("ecrit", ["", "bureau"])  # by free-busy, then event by event
def test_seules_les_heures_prises_sont_gardees(distribution, caldav, ecrit):
    caldav.creer("bureau")
    poser(caldav, "a", dans(10))
    poser(caldav, "b", dans(10, 1), 2)  # touches the one before
    poser(caldav, "recurrent", dans(20), 1, "bureau", "RRULE:FREQ=WEEKLY;COUNT=3")
    poser(caldav, "annule", dans(11), 1, "bureau", "STATUS:CANCELLED")
    poser(caldav, "libre", dans(12), 1, "bureau", "TRANSP:TRANSPARENT")
    poser(caldav, "passe", dans(-12))
    poser(caldav, "lointain", dans(400))
    agenda = brancher(caldav, distribution.ddt, ecrit=ecrit)
    assert lus(agenda) == [
        (dans(10), dans(10, 3)),
        *[(dans(20 + 7 * n), dans(20 + 7 * n, 1)) for n in range(3)],
    ]
    champs = {champ.name for champ in IntervalleOccupe._meta.get_fields()}
    assert champs == {"id", "agenda", "debut", "fin"}


def test_une_journee_entiere_dans_le_fuseau_de_la_personne(distribution, caldav):
    url = caldav.creer("bureau")
    jour = dans(15).date()
    caldav.poser(url, "conge", f"DTSTART;VALUE=DATE:{jour:%Y%m%d}")
    agenda = brancher(caldav, distribution.ddt, fuseau="Pacific/Noumea")
    (debut, fin), zone = lus(agenda)[0], ZoneInfo("Pacific/Noumea")
    assert (debut.astimezone(zone).date(), debut.astimezone(zone).hour) == (jour, 0)
    assert fin - debut == timedelta(days=1)


def test_nos_propres_seances_ne_comptent_pas(distribution, caldav):
    seance = faire_convoquee(distribution, distribution.ddt)
    caldav.creer("perso")
    poser(caldav, "copie", seance.debut_prevu, 3, "perso")  # by the mail, in another calendar
    agenda = brancher(caldav, distribution.ddt, lus=("bureau", "perso"))
    assert (agenda.evenements.count(), lus(agenda)) == (1, [])
    poser(caldav, "rdv", seance.debut_prevu + timedelta(hours=1), 1)
    synchroniser(agenda.pk)
    assert lus(agenda) == [(dans(30, 1), dans(30, 2))]


def test_rien_n_est_ecrit_quand_rien_n_a_change(distribution, caldav):
    caldav.creer("bureau")
    poser(caldav, "a", dans(10))
    agenda = brancher(caldav, distribution.ddt)
    avant = list(IntervalleOccupe.objects.values_list("pk", flat=True))
    synchroniser(agenda.pk)
    assert list(IntervalleOccupe.objects.values_list("pk", flat=True)) == avant


def conflits_de_personne(seance, par):
    """Whatever the season: a date in the school holidays has a word of its own."""
    return [c for c in conflits(seance, par=par) if c.genre == GenreConflit.PERSONNE]


def test_le_pilote_lit_indisponible_et_rien_d_autre(distribution, caldav):
    seance = faire_convoquee(distribution, distribution.collectivite)
    caldav.creer("bureau")
    poser(caldav, "rdv", dans(30, 1), 1)
    brancher(caldav, distribution.collectivite)
    (trouve,) = conflits_de_personne(seance, distribution.ddt)
    nom = distribution.collectivite.nom_complet
    assert (trouve.phrase, trouve.bloquant) == (f"Indisponible à ce moment : {nom}.", False)
    Seance.objects.filter(pk=seance.pk).update(debut_prevu=dans(30, 2))  # [13, 14[ touches 14
    seance.refresh_from_db()
    assert conflits_de_personne(seance, distribution.ddt) == []


def test_le_solveur_compte_les_heures_prises(distribution, caldav):
    seance = faire_convoquee(distribution, distribution.collectivite)
    Seance.objects.create(
        atelier=seance.atelier, genre="copil", titre="Copil", ordre=99, fuseau="Europe/Paris"
    )
    caldav.creer("bureau")
    poser(caldav, "rdv", dans(40), 2)
    brancher(caldav, distribution.collectivite)
    demande = DemandeCalendrier.objects.create(
        atelier=seance.atelier,
        par=distribution.ddt,
        parametres={"debut": f"{dans(5):%Y-%m-%d}", "fin": f"{dans(90):%Y-%m-%d}"},
    )
    ressources = [r for r in assembler(demande).ressources if r.cle.startswith("h-")]
    absences = [(i.debut, i.fin, i.motif, i.regle) for r in ressources for i in r.indisponibilites]
    assert absences == [(dans(40), dans(40, 2), "", "")]


def test_ce_qui_ne_compte_plus(distribution, caldav):
    caldav.creer("bureau")
    poser(caldav, "a", dans(10))
    brancher(caldav, distribution.ddt)
    fenetre = (["DDT@demo.example", ""], dans(9), dans(11))
    assert occupes(*fenetre) == {"ddt@demo.example": [(dans(10), dans(10, 1))]}
    assert occupes(["dgaln@demo.example"], *fenetre[1:]) == {}
    branchement.suspendre(par=distribution.ddt)
    assert occupes(*fenetre) == {}
    branchement.reprendre(par=distribution.ddt)
    assert len(occupes(*fenetre)) == 1
    AgendaDistant.objects.update(succes_le=timezone.now() - timedelta(days=8))
    assert occupes(*fenetre) == {}


def test_la_purge_oublie_trente_jours_apres(distribution, caldav):
    caldav.creer("bureau")
    poser(caldav, "a", dans(10))
    agenda = brancher(caldav, distribution.ddt)
    with time_machine.travel(dans(10, 1) + timedelta(days=30), tick=False):
        assert purger() == 0
    with time_machine.travel(dans(10, 1) + timedelta(days=30, seconds=1), tick=False):
        assert purger() == 1
    type(distribution.ddt).objects.filter(pk=distribution.ddt.pk).update(is_active=False)
    purger_agendas()
    assert not AgendaDistant.objects.filter(pk=agenda.pk).exists()
