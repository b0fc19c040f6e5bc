"""A diary plugged in on a real server, a séance to come, one of its guests with an account."""

from datetime import timedelta

from django.utils import timezone

from ateliers.agendas.models import AgendaDistant
from ateliers.participants.domaine import invitations, participants
from ateliers.seances.models import Seance
from ateliers.synchro.domaine import branchement
from tests.factories.participants import faire_atelier, faire_seance
from tests.fixtures.radicale import IDENTIFIANT, MOT_DE_PASSE


def dans(jours, heures=0):
    """An instant to come, at an exact hour."""
    maintenant = timezone.now().replace(minute=0, second=0, microsecond=0)
    return maintenant + timedelta(days=jours, hours=heures)


def calendriers(agenda) -> dict[str, int]:
    """Last word of the address → key of the row."""
    return {c.url.rstrip("/").rsplit("/", 1)[1]: c.pk for c in agenda.calendriers.all()}


def brancher(caldav, par, *, lus=("bureau",), ecrit="bureau", portee="invitations", **champs):
    """The calendars named are made first when they do not exist."""
    for nom in {*lus, ecrit} - {""}:
        caldav.demander("MKCALENDAR", f"{caldav.racine}{nom}/")
    agenda = branchement.brancher(
        par=par, adresse=caldav.adresse, identifiant=IDENTIFIANT, mot_de_passe=MOT_DE_PASSE
    )
    pks = calendriers(agenda)
    branchement.choisir(
        par=par,
        ecrit=pks.get(ecrit),
        lus=[pks[nom] for nom in lus],
        portee=portee,
        fuseau=champs.get("fuseau", "Europe/Paris"),
    )
    return AgendaDistant.objects.get(pk=agenda.pk)


def faire_convoquee(distribution, invite, *, jours=30, **champs):
    """A séance to come whose `invite` (an account) holds a convocation."""
    atelier = champs.pop("atelier", None) or faire_atelier(distribution)
    dates = {"debut_prevu": dans(jours), "fin_prevu": dans(jours, 3)}
    seance = faire_seance(distribution, atelier=atelier, **(dates | champs))
    personne = participants.ajouter_participant(
        atelier=atelier,
        par=distribution.ddt,
        prenom=invite.prenom,
        nom=invite.nom,
        courriel=invite.email,
        college="techniciens_etat",
        organisation="",
        fonction="",
    )
    invitations.inviter(seance=seance, participants=[personne], par=distribution.ddt)
    invitations.convoquer(seance=seance, par=distribution.ddt)
    return Seance.objects.get(pk=seance.pk)
