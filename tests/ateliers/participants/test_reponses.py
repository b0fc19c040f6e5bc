"""What a diary answers, piped by the mail server: recorded only when it is whose it says."""

import io
import re
import sys
from email.message import EmailMessage
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.management import call_command
from icalendar import Calendar

from ateliers.participants.domaine import invitations as verbes
from ateliers.participants.domaine.reponses import enregistrer_reponse_agenda
from ateliers.participants.models import Invitation
from ateliers.seances.domaine.numeros import marquer_changement
from ateliers.seances.models import Seance
from socle.courriels.models import PieceJointe
from socle.erreurs import ErreurMetier
from tests.factories.participants import faire_invites

pytestmark = pytest.mark.django_db


@pytest.fixture
def convie(distribution):
    seance, _ = faire_invites(distribution, nombre=2)
    verbes.convoquer(seance=seance, par=distribution.ddt)
    return Invitation.objects.select_related("seance", "participant").get(participant__nom="Martin")


def repondre(invitation, partstat="ACCEPTED", *, methode="REPLY", de=None, **champs):
    """What a diary does: the event it received, with its owner's answer."""
    piece = PieceJointe.objects.filter(courriel__destinataire=invitation.participant.courriel)
    calendrier = Calendar.from_ical(bytes(piece.latest("pk").contenu))
    calendrier["method"] = methode
    (ligne,) = calendrier.walk("VEVENT")
    ligne["attendee"].params["PARTSTAT"] = partstat
    for nom, valeur in champs.items():
        ligne.pop(nom, None)
        ligne.add(nom, valeur)
    message = EmailMessage()
    message["From"] = de or f"Jeanne Martin <{invitation.participant.courriel}>"
    message["Subject"] = "Accepté"
    message.set_content("Accepté")
    message.add_alternative(calendrier.to_ical().decode(), subtype="calendar", params=None)
    return message.as_bytes()


@pytest.mark.parametrize(
    ("dit", "lu"), [("ACCEPTED", "accepte"), ("TENTATIVE", "peut_etre"), ("DECLINED", "decline")]
)
def test_la_reponse_d_un_agenda_est_enregistree(convie, dit, lu):
    octets = repondre(convie, dit, comment="À la mairie dès 8 h.")
    enregistrer_reponse_agenda(octets=octets)
    lignes = Invitation.objects.order_by("participant__nom").values_list("reponse", "message")
    assert list(lignes) == [("attendue", ""), (lu, "À la mairie dès 8 h.")]


@pytest.mark.parametrize(
    ("options", "phrase"),
    [
        ({"de": "autre@exemple.fr"}, "La réponse ne vient pas de la personne invitée."),
        (
            {"methode": "REQUEST"},
            "Ce message n’est pas une réponse à l’une de nos séances.",
        ),
        (
            {"uid": "seance-1@ailleurs"},
            "Ce message n’est pas une réponse à l’une de nos séances.",
        ),
        (
            {"uid": "seance-999999@atelier-des-territoires"},
            "Cette personne n’est pas conviée à cette séance.",
        ),
        ({"sequence": 7}, "Cette réponse porte sur une autre version de la convocation."),
        (
            {"partstat": "NEEDS-ACTION"},
            "Cette réponse ne dit ni oui, ni peut-être, ni non : elle n’est pas enregistrée.",
        ),
    ],
)
def test_ce_qui_n_est_pas_la_reponse_de_la_personne_est_refuse(convie, options, phrase):
    with pytest.raises(ErreurMetier) as refus:
        enregistrer_reponse_agenda(octets=repondre(convie, **options))
    assert refus.value.message == phrase
    assert set(Invitation.objects.values_list("reponse", flat=True)) == {"attendue"}


def test_une_reponse_a_l_ancienne_version_ne_compte_plus(distribution, convie):
    ancienne = repondre(convie)
    marquer_changement(convie.seance)
    verbes.convoquer(seance=convie.seance, par=distribution.ddt)
    with pytest.raises(ErreurMetier):
        enregistrer_reponse_agenda(octets=ancienne)
    enregistrer_reponse_agenda(octets=repondre(convie))
    assert Invitation.objects.get(pk=convie.pk).reponse == "accepte"


def test_la_reponse_au_fichier_de_la_page_compte_si_rien_n_a_change(distribution, convie):
    """Somebody else was withdrawn since: the number grew, what this diary shows did not."""
    autre = Invitation.objects.exclude(pk=convie.pk).get()
    verbes.retirer_invitation(autre, par=distribution.ddt)
    seance = Seance.objects.get(pk=convie.seance_id)
    assert (seance.sequence_contenu, seance.sequence_ical, convie.sequence_recue) == (0, 1, 0)
    enregistrer_reponse_agenda(octets=repondre(convie, "TENTATIVE", sequence=1))
    assert Invitation.objects.get(pk=convie.pk).reponse == "peut_etre"


@pytest.mark.parametrize("octets", [b"", b"Subject: x\r\n\r\nbonjour", b"x" * 600_000])
def test_un_message_sans_agenda_est_refuse(db, octets):
    with pytest.raises(ErreurMetier):
        enregistrer_reponse_agenda(octets=octets)


def _entree(monkeypatch, octets):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(octets)))


def test_la_commande_lit_l_entree_standard(convie, monkeypatch, capsys):
    _entree(monkeypatch, repondre(convie))
    call_command("recevoir_reponse_agenda")
    assert capsys.readouterr().out == "Enregistrée : Vient\n"
    _entree(monkeypatch, b"Subject: x\r\n\r\nbonjour")
    call_command("recevoir_reponse_agenda")
    assert capsys.readouterr().out == (
        "Ignorée : Ce message ne contient pas de réponse d’agenda.\n"
    )


def test_le_courriel_porte_l_invitation_deux_fois(convie):
    (message,) = [m for m in mail.outbox if m.to == [convie.participant.courriel]]
    types = [p.get_content_type() for p in message.message().walk() if not p.is_multipart()]
    assert types == ["text/plain", "text/calendar", "application/ics"]
    partie = [p for p in message.message().walk() if p.get_content_type() == "text/calendar"][0]
    assert partie.get_param("method") == "REQUEST"


def test_l_organisateur_est_une_adresse_qui_recoit(convie, settings, client):
    from ateliers.participants.lien import jeton

    settings.COURRIEL_AGENDA = "agenda@ateliers.example"
    (ligne,) = Calendar.from_ical(
        client.get(f"/invitation/{jeton(convie)}/seance.ics").content
    ).walk("VEVENT")
    assert str(ligne["organizer"]) == "mailto:agenda@ateliers.example"
    assert ligne["organizer"].params["CN"] == convie.seance.atelier.service_pilote.nom
    assert dict(ligne["attendee"].params) == {
        "CN": "Jeanne Martin",
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }


def test_les_deux_heures_sont_dites_outre_mer(distribution):
    seance, _ = faire_invites(distribution, nombre=1, fuseau="Indian/Reunion")
    verbes.convoquer(seance=seance, par=distribution.ddt)
    texte = mail.outbox[-1].body.replace("\N{NO-BREAK SPACE}", " ")
    assert re.findall(r"^(?:Quand|À Paris) : (.*)$", texte, re.MULTILINE) == [
        "mardi 3 mars 2026, de 12 h 30 à 20 h 30 (heure locale)",
        "mardi 3 mars 2026, de 9 h 30 à 17 h 30",
    ]
