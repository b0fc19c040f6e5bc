"""Séances in a real diary: written once, kept right, never over what its owner changed."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from ateliers.agendas.models import EvenementEcrit
from ateliers.participants.domaine.invitations import repondre, retirer_invitation
from ateliers.participants.models import Invitation
from ateliers.seances.domaine.agenda import annuler, reporter
from ateliers.seances.models import Seance
from ateliers.synchro.domaine import branchement
from ateliers.synchro.domaine.passage import synchroniser
from tests.factories.agendas import brancher, calendriers, dans, faire_convoquee

pytestmark = pytest.mark.django_db


def chemin(caldav, seance, calendrier="bureau"):
    return f"{caldav.racine}{calendrier}/seance-{seance.pk}%40atelier-des-territoires.ics"


def rdv(caldav, seance, calendrier="bureau"):
    texte = caldav.lire(chemin(caldav, seance, calendrier))
    return Calendar.from_ical(texte).walk("VEVENT")[0] if texte else None


def etats(agenda):
    return list(agenda.evenements.values_list("etat", flat=True))


def decaler(distribution, seance, jours):
    return reporter(
        seance=Seance.objects.get(pk=seance.pk),
        par=distribution.ddt,
        debut=dans(jours),
        fin=dans(jours, 3),
        motif="Crue",
        confirmes={"conflits"},
    )


def test_la_seance_est_ecrite_sans_personne_ni_programme(distribution, caldav):
    seance = faire_convoquee(distribution, distribution.ddt, fuseau="Indian/Reunion")
    agenda = brancher(caldav, distribution.ddt)
    ligne = rdv(caldav, seance)
    assert sorted(ligne.keys()) == [
        "DTEND", "DTSTAMP", "DTSTART", "LOCATION", "SEQUENCE", "STATUS", "SUMMARY", "TRANSP",
        "UID", "X-ATELIER-EMPREINTE",
    ]  # fmt: skip
    assert ligne["UID"] == f"seance-{seance.pk}@atelier-des-territoires"
    assert int(ligne["SEQUENCE"]) == seance.sequence_ical
    assert (ligne["DTSTART"].dt, ligne["DTEND"].dt) == (seance.debut_prevu, seance.fin_prevu)
    assert ligne["DTSTART"].params["TZID"] == "Indian/Reunion"
    assert etats(agenda) == ["ecrit"]
    agenda.refresh_from_db()
    assert (agenda.echec, agenda.succes_le is None, agenda.en_cours_depuis) == ("", False, None)


def test_recommencer_ne_change_rien(distribution, caldav):
    seance = faire_convoquee(distribution, distribution.ddt)
    agenda = brancher(caldav, distribution.ddt)
    avant = (caldav.lire(chemin(caldav, seance)), EvenementEcrit.objects.values().get())
    synchroniser(agenda.pk)
    assert (caldav.lire(chemin(caldav, seance)), EvenementEcrit.objects.values().get()) == avant


def test_un_report_arrive_aussitot(distribution, caldav):
    seance = faire_convoquee(distribution, distribution.ddt)
    brancher(caldav, distribution.ddt)
    decaler(distribution, seance, 40)
    seance.refresh_from_db()
    ligne = rdv(caldav, seance)
    assert (ligne["DTSTART"].dt, int(ligne["SEQUENCE"])) == (dans(40), seance.sequence_ical)
    assert caldav.nombre(f"{caldav.racine}bureau/") == 1


def test_ni_celle_qu_on_prepare_ni_celle_des_autres(distribution, caldav):
    faire_convoquee(distribution, distribution.collectivite)
    preparee = faire_convoquee(distribution, distribution.ddt, jours=31)
    Invitation.objects.filter(seance=preparee).update(convoque_le=None)
    agenda = brancher(caldav, distribution.ddt)
    assert (etats(agenda), caldav.nombre(f"{caldav.racine}bureau/")) == ([], 0)


def test_toutes_celles_de_mes_ateliers_si_je_le_demande(distribution, caldav):
    faire_convoquee(distribution, distribution.collectivite)
    agenda = brancher(caldav, distribution.ddt, portee="ateliers")
    assert (etats(agenda), caldav.nombre(f"{caldav.racine}bureau/")) == (["ecrit"], 1)


@pytest.mark.parametrize("geste", ["retirer", "decliner", "annuler"])
def test_ce_qui_n_est_plus_a_vivre_quitte_l_agenda(distribution, caldav, geste):
    seance = faire_convoquee(distribution, distribution.ddt, genre="copil", rang=None)
    agenda = brancher(caldav, distribution.ddt)
    invitation = Invitation.objects.get(seance=seance)
    if geste == "retirer":
        retirer_invitation(invitation, par=distribution.ddt)
    elif geste == "decliner":
        repondre(invitation, reponse="decline")
    else:
        annuler(seance=seance, par=distribution.ddt, motif="Sans objet")
    assert (rdv(caldav, seance), etats(agenda)) == (None, [])


def test_ce_que_la_personne_a_deplace_n_est_pas_ecrase(distribution, caldav):
    seance = faire_convoquee(distribution, distribution.ddt)
    agenda = brancher(caldav, distribution.ddt)
    caldav.remplacer(chemin(caldav, seance), "SUMMARY:", "SUMMARY:Covoiturage – ")
    decaler(distribution, seance, 40)
    assert (etats(agenda), rdv(caldav, seance)["DTSTART"].dt) == (["modifie"], dans(30))
    branchement.retablir(par=distribution.ddt, evenement=agenda.evenements.get())
    ligne = rdv(caldav, seance)
    assert (etats(agenda), ligne["DTSTART"].dt) == (["ecrit"], dans(40))
    assert "Covoiturage" not in ligne["SUMMARY"]


def test_l_alarme_et_la_note_de_la_personne_restent(distribution, caldav):
    seance = faire_convoquee(distribution, distribution.ddt)
    agenda = brancher(caldav, distribution.ddt)
    alarme = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Train\r\nTRIGGER:-PT2H\r\nEND:VALARM"
    caldav.remplacer(
        chemin(caldav, seance), "END:VEVENT", f"DESCRIPTION:Voiture 4\r\n{alarme}\r\nEND:VEVENT"
    )
    decaler(distribution, seance, 40)
    ligne = rdv(caldav, seance)
    assert (etats(agenda), ligne["DTSTART"].dt) == (["ecrit"], dans(40))
    assert (str(ligne["DESCRIPTION"]), len(ligne.subcomponents)) == ("Voiture 4", 1)
    retirer_invitation(Invitation.objects.get(seance=seance), par=distribution.ddt)
    assert (etats(agenda), str(rdv(caldav, seance)["DESCRIPTION"])) == (["modifie"], "Voiture 4")


def test_ce_que_la_personne_a_efface_ne_revient_pas(distribution, caldav):
    seance = faire_convoquee(distribution, distribution.ddt)
    agenda = brancher(caldav, distribution.ddt)
    caldav.demander("DELETE", chemin(caldav, seance))
    decaler(distribution, seance, 40)
    assert (etats(agenda), rdv(caldav, seance)) == (["efface"], None)
    branchement.retablir(par=distribution.ddt, evenement=agenda.evenements.get())
    assert (etats(agenda), rdv(caldav, seance)["DTSTART"].dt) == (["ecrit"], dans(40))


def test_celle_que_le_courriel_a_deja_posee_n_est_pas_doublee(distribution, caldav):
    seance = faire_convoquee(distribution, distribution.ddt)
    caldav.creer("bureau")
    debut = f"DTSTART:{dans(30):%Y%m%dT%H%M%SZ}"
    url = f"{caldav.racine}bureau/"
    caldav.demander(
        "PUT", f"{url}recu.ics",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\n"
        f"UID:seance-{seance.pk}@atelier-des-territoires\r\nDTSTAMP:20260101T000000Z\r\n"
        f"{debut}\r\nSUMMARY:Reçue\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        **{"Content-Type": "text/calendar"},
    )  # fmt: skip
    agenda = brancher(caldav, distribution.ddt)
    assert (etats(agenda), caldav.nombre(url)) == (["recu"], 1)
    retirer_invitation(Invitation.objects.get(seance=seance), par=distribution.ddt)
    assert (etats(agenda), caldav.nombre(url)) == ([], 1)


def test_rebranche_le_meme_agenda_reprend_ses_rendez_vous(distribution, caldav):
    seance = faire_convoquee(distribution, distribution.ddt)
    brancher(caldav, distribution.ddt)
    branchement.debrancher(par=distribution.ddt, retirer=False)
    agenda = brancher(caldav, distribution.ddt)
    assert (etats(agenda), caldav.nombre(f"{caldav.racine}bureau/")) == (["ecrit"], 1)
    decaler(distribution, seance, 40)
    assert rdv(caldav, seance)["DTSTART"].dt == dans(40)


def test_changer_de_calendrier_deplace_les_rendez_vous(distribution, caldav):
    seance = faire_convoquee(distribution, distribution.ddt)
    agenda = brancher(caldav, distribution.ddt, lus=("bureau", "terrain"))
    pks = calendriers(agenda)
    choix = {"lus": [], "portee": "invitations", "fuseau": "Europe/Paris"}
    branchement.choisir(par=distribution.ddt, ecrit=pks["terrain"], **choix)
    assert rdv(caldav, seance) is None
    assert rdv(caldav, seance, "terrain")["DTSTART"].dt == dans(30)
    branchement.choisir(par=distribution.ddt, ecrit=None, **(choix | {"lus": [pks["bureau"]]}))
    assert (rdv(caldav, seance, "terrain"), etats(agenda)) == (None, [])


def test_une_seance_passee_reste_dans_l_agenda(distribution, caldav):
    seance = faire_convoquee(distribution, distribution.ddt)
    agenda = brancher(caldav, distribution.ddt)
    passe = {"debut_prevu": dans(-9), "fin_prevu": dans(-9, 3)}
    Seance.objects.filter(pk=seance.pk).update(**passe)
    synchroniser(agenda.pk)
    assert (etats(agenda), rdv(caldav, seance) is None) == ([], False)


@pytest.mark.parametrize(("retirer", "reste"), [(True, 0), (False, 1)])
def test_debrancher_efface_tout_ici_et_le_reste_si_on_le_veut(distribution, caldav, retirer, reste):
    faire_convoquee(distribution, distribution.ddt)
    agenda = brancher(caldav, distribution.ddt)
    bilan = branchement.debrancher(par=distribution.ddt, retirer=retirer)
    assert bilan == ((1, 0) if retirer else (0, 0))
    assert caldav.nombre(f"{caldav.racine}bureau/") == reste
    assert type(agenda).objects.count() == EvenementEcrit.objects.count() == 0


def test_deux_jours_plus_tard_le_passe_recent_est_encore_tenu(distribution, caldav):
    seance = faire_convoquee(distribution, distribution.ddt)
    debut = dans(0, -5)
    Seance.objects.filter(pk=seance.pk).update(
        debut_prevu=debut, fin_prevu=debut + timedelta(hours=2)
    )
    brancher(caldav, distribution.ddt)
    assert rdv(caldav, seance)["DTSTART"].dt == debut
