from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from icalendar import Calendar

from ateliers.participants.domaine import dates
from ateliers.participants.domaine import invitations as verbes
from ateliers.participants.domaine.requetes import a_convoquer, bilan, invitations_de
from ateliers.participants.lien import chemin, invitations_du_jeton, jeton
from ateliers.participants.models import Invitation
from ateliers.seances.domaine import agenda
from ateliers.seances.models import Glissement, Seance
from socle.comptes.models import Utilisateur
from socle.courriels.models import Courriel, PieceJointe
from socle.erreurs import ActionInterdite, ElementsManquants, ErreurMetier, TransitionImpossible
from socle.journal.models import Entree
from tests.factories.participants import DEBUT, faire_invites, faire_participants, faire_seance

pytestmark = pytest.mark.django_db


def evenement(courriel):
    contenu = bytes(PieceJointe.objects.get(courriel=courriel).contenu)
    calendrier = Calendar.from_ical(contenu)
    return calendrier, calendrier.walk("VEVENT")[0]


def test_convoquer(distribution):
    seance, _ = faire_invites(distribution)
    envoyees = verbes.convoquer(seance=seance, par=distribution.ddt)
    seance.refresh_from_db()
    assert seance.etat == "convoquee"
    assert [i.participant.nom for i in envoyees] == ["Benali", "Martin"]
    assert (
        sorted(m.to[0] for m in mail.outbox)
        == [
            "karim.benali@exemple.fr",
            "jeanne.martin@exemple.fr",
        ][::-1]
    )
    courriel = Courriel.objects.get(destinataire="jeanne.martin@exemple.fr")
    assert courriel.sujet == "Invitation : Atelier 1, mardi 3 mars 2026, 9 h 30"
    lien = chemin(Invitation.objects.get(participant__nom="Martin"))
    assert f"http://testserver{lien}" in courriel.corps
    assert "Où\u00a0: Salle des fêtes" in courriel.corps
    assert Entree.objects.filter(action="invitation.convoques").get().details == {
        "nombre": 2,
        "seance": "Atelier 1",
    }


def test_le_rendez_vous_garde_son_identifiant_et_son_fuseau(distribution):
    seance, _ = faire_invites(distribution, nombre=1, fuseau="Indian/Reunion")
    verbes.convoquer(seance=seance, par=distribution.ddt)
    calendrier, premier = evenement(Courriel.objects.get(cle="convocation"))
    assert calendrier["method"] == "REQUEST"
    assert premier["uid"] == f"seance-{seance.pk}@atelier-des-territoires"
    assert premier["dtstart"].params["TZID"] == "Indian/Reunion"
    assert premier["dtstart"].dt == DEBUT and premier["dtstart"].dt.hour == 12
    assert premier["sequence"] == 0
    nouvelle = DEBUT + timedelta(days=7)
    agenda.reporter(
        seance=seance,
        par=distribution.ddt,
        debut=nouvelle,
        fin=nouvelle + timedelta(hours=8),
        motif="Neige",
        confirmes={"date_passee"},
    )
    verbes.convoquer(seance=seance, par=distribution.ddt)
    courriel = Courriel.objects.order_by("pk").last()
    _, second = evenement(courriel)
    assert courriel.sujet.startswith("Nouvelle date : Atelier 1, mardi 10")
    assert "(heure locale)" in courriel.corps
    assert (
        "prévue le mardi 3\u00a0mars 2026, est reportée au mardi 10\u00a0mars 2026. "
        "Motif\u00a0: Neige" in courriel.corps
    )
    assert second["uid"] == premier["uid"]
    assert second["sequence"] == 1 and second["dtstart"].dt == nouvelle


def test_un_report_est_dit_a_l_equipe_et_au_service_pilote(distribution):
    """Neither to who did it, nor to a closed account, nor twice to a guest who has an account."""
    services = {"role": "service_etat", "organisme": distribution.ddt.organisme}
    Utilisateur.objects.create_user("collegue@demo.example", **services)
    Utilisateur.objects.create_user("parti@demo.example", is_active=False, **services)
    Utilisateur.objects.create_user("Jeanne.Martin@exemple.fr", **services)
    seance, _ = faire_invites(distribution, nombre=1)
    verbes.convoquer(seance=seance, par=distribution.ddt)
    reportee = dates.reporter(
        seance=seance,
        par=distribution.ddt,
        debut=DEBUT + timedelta(hours=1),
        fin=DEBUT + timedelta(hours=9),
        motif="Car en retard",
        prevenir=True,
        confirmes={"date_passee"},
    )
    assert reportee.prevenus == {"invites": 1, "equipe": 1, "pilote": 1, "services": 0}
    ecrits = Courriel.objects.filter(cle="report_seance").order_by("destinataire")
    assert [c.destinataire for c in ecrits] == ["collegue@demo.example", "equipe@demo.example"]
    assert "commence désormais à 10\u00a0h\u00a030. Motif\u00a0: Car en retard" in ecrits[0].corps
    calendrier, rendez_vous = evenement(ecrits[1])
    assert (calendrier["method"], rendez_vous["sequence"]) == ("PUBLISH", 1)
    assert "attendee" not in rendez_vous


def test_convoquer_deux_fois_n_ecrit_pas_deux_fois(distribution):
    seance, _ = faire_invites(distribution)
    verbes.convoquer(seance=seance, par=distribution.ddt)
    with pytest.raises(ElementsManquants) as refus:
        verbes.convoquer(seance=seance, par=distribution.ddt)
    assert refus.value.message == "Tous les invités qui ont une adresse sont déjà convoqués."
    assert Courriel.objects.count() == 2


def test_ce_qui_manque_pour_convoquer(distribution):
    seance = faire_seance(distribution, etat="a_programmer", lieu="")
    assert [m.phrase for m in verbes.manques_convoquer(seance)] == [
        "La date de la séance n’est pas fixée.",
        "Le lieu de la séance n’est pas indiqué.",
        "Personne n’est encore invité à cette séance.",
    ]
    with pytest.raises(TransitionImpossible):
        verbes.convoquer(seance=seance, par=distribution.ddt)


@pytest.mark.parametrize("role", ["collectivite", "equipe", "ddt_autre", "dreal", "evaluateur"])
def test_seul_le_pilote_convoque(distribution, role):
    seance, _ = faire_invites(distribution)
    with pytest.raises(ActionInterdite):
        verbes.convoquer(seance=seance, par=getattr(distribution, role))
    assert Courriel.objects.count() == 0


def test_inviter_sans_doublon_ni_etranger(distribution):
    seance, _ = faire_invites(distribution, nombre=2)
    autre = faire_seance(distribution)
    etrangers = faire_participants(distribution, autre.atelier, 1)
    tous = [i.participant for i in invitations_de(seance)] + etrangers
    with pytest.raises(ErreurMetier):
        verbes.inviter(seance=seance, participants=tous, par=distribution.collectivite)
    assert invitations_de(seance).count() == 2


def test_inviter_a_une_seance_tenue(distribution):
    seance, _ = faire_invites(distribution, etat="tenue")
    with pytest.raises(TransitionImpossible):
        verbes.inviter(seance=seance, participants=[], par=distribution.ddt)


def test_repondre_puis_changer_d_avis(distribution):
    seance, lignes = faire_invites(distribution, nombre=1)
    verbes.repondre(lignes[0], reponse="accepte")
    verbes.repondre(lignes[0], reponse="decline", message=" Mme Roux me représente. ")
    lue = Invitation.objects.get()
    assert (lue.reponse, lue.message) == ("decline", "Mme Roux me représente.")
    entree = Entree.objects.filter(action="invitation.repondu").first()
    assert (entree.auteur, entree.details) == (None, {"reponse": "ne vient pas"})
    with pytest.raises(ErreurMetier):
        verbes.repondre(lignes[0], reponse="attendue")


def test_repondre_apres_la_seance(distribution):
    _, lignes = faire_invites(distribution, etat="tenue", nombre=1)
    with pytest.raises(TransitionImpossible):
        verbes.repondre(lignes[0], reponse="accepte")


def test_lien_signe(distribution):
    _, lignes = faire_invites(distribution, nombre=2)
    bon = jeton(lignes[0])
    assert list(invitations_du_jeton(bon)) == [lignes[0]]
    faux = bon.replace(str(lignes[0].pk), str(lignes[1].pk), 1)
    assert [list(invitations_du_jeton(j)) for j in (faux, bon[:-1], "", "x:y")] == [[], [], [], []]


def test_prevenir_d_une_annulation(distribution):
    seance, _ = faire_invites(distribution, nombre=1)
    verbes.convoquer(seance=seance, par=distribution.ddt)
    with pytest.raises(TransitionImpossible):
        verbes.prevenir_annulation(seance=seance, par=distribution.ddt)
    Seance.objects.filter(pk=seance.pk).update(etat="annulee")
    verbes.prevenir_annulation(seance=seance, par=distribution.ddt, motif="La salle a brûlé.")
    courriel = Courriel.objects.get(cle="annulation_seance")
    calendrier, annule = evenement(courriel)
    assert (calendrier["method"], annule["status"]) == ("CANCEL", "CANCELLED")
    assert "La salle a brûlé." in courriel.corps
    with pytest.raises(ErreurMetier):
        verbes.prevenir_annulation(seance=seance, par=distribution.ddt)


def test_bilan_des_colleges(distribution):
    seance, lignes = faire_invites(distribution)
    verbes.repondre(lignes[0], reponse="accepte")
    assert [(b.college, b.invites, b.viennent, b.presents) for b in bilan(seance) if b.invites] == [
        ("elus", 1, 0, 0),
        ("associations", 1, 1, 0),
        ("habitants", 1, 0, 0),
    ]
    assert len(bilan(seance)) == 8


def test_a_convoquer_apres_un_report(distribution):
    seance, _ = faire_invites(distribution, nombre=2)
    Invitation.objects.update(convoque_le=datetime(2026, 1, 1, tzinfo=UTC))
    assert a_convoquer(seance).count() == 0
    Glissement.objects.create(
        seance=seance, ancien_debut=DEBUT, nouveau_debut=DEBUT, motif="x", par=distribution.ddt
    )
    assert a_convoquer(seance).count() == 2


@pytest.mark.parametrize(
    ("etat", "permis"),
    [
        ("a_programmer", False),
        ("programmee", True),
        ("convoquee", True),
        ("tenue", False),
        ("annulee", False),
    ],
)
def test_etats_d_ou_l_on_convoque(distribution, etat, permis):
    seance, _ = faire_invites(distribution, etat=etat, nombre=1)
    if permis:
        assert len(verbes.convoquer(seance=seance, par=distribution.ddt)) == 1
        return
    with pytest.raises(TransitionImpossible):
        verbes.convoquer(seance=seance, par=distribution.ddt)
