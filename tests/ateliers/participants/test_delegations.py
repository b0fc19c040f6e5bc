"""Who cannot come sends somebody; the pilot sees it; the balance and the quorum follow."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ateliers.participants.domaine import delegations, equilibre, invitations
from ateliers.participants.domaine import participants as verbes
from ateliers.participants.domaine.envois import envoyer
from ateliers.participants.lien import chemin, jeton
from ateliers.participants.models import Invitation, Participant, QuorumCollege
from ateliers.seances.models import Glissement, Seance
from ateliers.taches import a_traiter
from candidatures.dispositifs.choix import College
from socle.erreurs import ActionInterdite, ErreurMetier, TransitionImpossible
from socle.journal.models import Entree
from tests.factories.participants import faire_invites, faire_seance

ADA = {"prenom": "Ada", "nom": "Roux", "courriel": "ada@exemple.fr"}


def deleguer(invitation, genre="suppleant", **champs):
    return delegations.deleguer(invitation, genre=genre, **(ADA | champs))


@pytest.mark.django_db
class TestDelegation:
    def test_le_delegue_recoit_son_propre_lien(self, distribution, client):
        seance, (karim, jeanne, _) = faire_invites(distribution)
        adresse = chemin(jeanne) + "deleguer/"
        assert client.post(adresse, ADA | {"genre": "pouvoir"}).url == chemin(jeanne)
        ada = Invitation.objects.select_related("participant").get(par_delegation=True)
        assert [m.to for m in mail.outbox] == [["ada@exemple.fr"]]
        assert chemin(ada) in mail.outbox[0].body and "Jeanne Martin" in mail.outbox[0].subject
        assert (ada.participant.college, ada.participant.organisation) == (
            "elus",
            "Commune de Doullens",
        )
        jeanne.refresh_from_db()
        assert (jeanne.reponse, jeanne.delegation, jeanne.delegue) == ("delegue", "pouvoir", ada)
        assert "Vous représentez Jeanne Martin." in client.get(chemin(ada)).content.decode()
        assert "représenter par <strong>Ada Roux" in client.get(chemin(jeanne)).content.decode()

    def test_le_pilote_la_voit_et_la_leve(self, distribution, connecte):
        seance, (_, jeanne, _) = faire_invites(distribution)
        deleguer(jeanne)
        page = reverse("ateliers:invitations", args=[seance.atelier.slug, seance.pk])
        assert "Suppléant\u00a0: Ada Roux" in connecte("ddt").get(page).content.decode()
        with pytest.raises(ActionInterdite):
            delegations.lever_delegation(jeanne, par=distribution.equipe)
        delegations.lever_delegation(jeanne, par=distribution.collectivite)
        jeanne.refresh_from_db()
        assert (jeanne.reponse, jeanne.delegue) == ("attendue", None)
        assert sorted(m.to[0] for m in mail.outbox[1:]) == [
            "ada@exemple.fr",
            "jeanne.martin@exemple.fr",
        ]
        assert Invitation.objects.filter(par_delegation=True).count() == 0

    @pytest.mark.parametrize("reponse", ["accepte", "decline"])
    def test_repondre_soi_meme_la_defait(self, distribution, reponse):
        seance, (_, jeanne, _) = faire_invites(distribution)
        deleguer(jeanne)
        invitations.repondre(jeanne, reponse=reponse)
        jeanne.refresh_from_db()
        assert (jeanne.reponse, jeanne.delegation) == (reponse, "")
        assert Invitation.objects.filter(seance=seance).count() == 3

    def test_changer_de_delegue(self, distribution):
        seance, (_, jeanne, _) = faire_invites(distribution)
        deleguer(jeanne)
        deleguer(jeanne, prenom="Léo", courriel="leo@exemple.fr")
        noms = Invitation.objects.filter(par_delegation=True)
        assert list(noms.values_list("participant__prenom", flat=True)) == ["Léo"]

    def test_deleguer_a_un_invite_garde_son_invitation(self, distribution):
        seance, (karim, jeanne, _) = faire_invites(distribution)
        deleguer(jeanne, courriel="karim.benali@exemple.fr")
        assert Participant.objects.count() == 3
        delegations.lever_delegation(jeanne, par=distribution.ddt)
        assert Invitation.objects.filter(pk=karim.pk).exists()

    def test_ce_qui_est_refuse(self, distribution):
        seance, (karim, jeanne, lucie) = faire_invites(distribution)
        with pytest.raises(ErreurMetier):
            deleguer(jeanne, courriel="jeanne.martin@exemple.fr")
        deleguer(jeanne)
        ada = Invitation.objects.get(par_delegation=True)
        with pytest.raises(ErreurMetier) as refus:
            deleguer(ada, courriel="autre@exemple.fr")
        assert refus.value.message == (
            "Vous représentez déjà quelqu’un : une délégation ne se transmet pas."
        )
        invitations.repondre(karim, reponse="decline")
        with pytest.raises(ErreurMetier):
            deleguer(lucie, courriel="karim.benali@exemple.fr")
        with pytest.raises(ErreurMetier):
            invitations.retirer_invitation(ada, par=distribution.ddt)
        with pytest.raises(ErreurMetier):
            verbes.retirer_participant(ada.participant, par=distribution.ddt)
        verbes.retirer_participant(jeanne.participant, par=distribution.ddt)
        assert sorted(i.participant.prenom for i in Invitation.objects.all()) == ["Karim", "Lucie"]

    @pytest.mark.parametrize("etat", ["tenue", "annulee"])
    def test_une_seance_passee_ne_se_delegue_plus(self, distribution, etat):
        _, (_, jeanne, _) = faire_invites(distribution, etat=etat)
        with pytest.raises(TransitionImpossible):
            deleguer(jeanne)

    def test_un_report_garde_la_delegation(self, distribution):
        seance, (_, jeanne, _) = faire_invites(distribution)
        invitations.convoquer(seance=seance, par=distribution.ddt)
        deleguer(jeanne)
        Glissement.objects.create(
            seance=seance,
            ancien_debut=seance.debut_prevu,
            nouveau_debut=seance.debut_prevu,
            motif="Neige",
            par=distribution.ddt,
        )
        seance = Seance.objects.select_related("atelier__service_pilote").get(pk=seance.pk)
        envoyer(seance, invitations.invitations_de(seance), par=distribution.ddt)
        jeanne.refresh_from_db()
        assert jeanne.reponse == "delegue"

    def test_le_journal_ne_nomme_personne(self, distribution):
        _, (_, jeanne, _) = faire_invites(distribution)
        deleguer(jeanne, "pouvoir")
        entree = Entree.objects.get(action="invitation.deleguee")
        assert entree.details == {"genre": "personne qui a reçu pouvoir"}

    def test_indispensable(self, distribution, connecte):
        seance, (_, jeanne, _) = faire_invites(distribution)
        client, page = connecte("ddt"), [seance.atelier.slug, seance.pk]
        bascule = reverse("ateliers:invitation_indispensable", args=[*page, jeanne.pk])
        client.post(bascule, {"obligatoire": "1"})
        invitations.repondre(jeanne, reponse="decline")
        lue = client.get(reverse("ateliers:invitations", args=page)).content.decode()
        assert "Jeanne Martin ne vient pas\u00a0: sa présence est indispensable." in lue
        client.post(bascule, {"obligatoire": "0"})
        assert Invitation.objects.filter(obligatoire=True).count() == 0

    def test_le_suppleant_d_une_indispensable_refuse(self, distribution, connecte, client):
        seance, (_, jeanne, _) = faire_invites(distribution)
        delegations.marquer_obligatoire(jeanne, obligatoire=True, par=distribution.ddt)
        deleguer(jeanne)
        mail.outbox.clear()
        ada = Invitation.objects.get(par_delegation=True)
        client.post(chemin(ada), {"reponse": "decline"})
        jeanne.refresh_from_db()
        assert (jeanne.reponse, jeanne.delegue, jeanne.a_relancer) == ("attendue", None, True)
        ecrits = {m.to[0]: m for m in mail.outbox}
        assert set(ecrits) == {"jeanne.martin@exemple.fr", distribution.ddt.email}
        assert chemin(jeanne) in ecrits["jeanne.martin@exemple.fr"].body
        alerte = "Jeanne Martin, indispensable, n’a plus personne pour venir à sa place"
        for page in ("seance", "invitations"):
            adresse = reverse(f"ateliers:{page}", args=[seance.atelier.slug, seance.pk])
            assert alerte in connecte("ddt").get(adresse).content.decode()
        demain = timezone.now() + timedelta(days=1)
        Seance.objects.filter(pk=seance.pk).update(debut_prevu=demain, fin_prevu=demain)
        ligne = ("Relancer, faute de délégué", "Jeanne Martin")
        assert ligne in [(t.verbe, t.objet) for t in a_traiter(distribution.ddt)]
        assert "Relancer" not in {t.verbe.split(",")[0] for t in a_traiter(distribution.ddt_autre)}
        deleguer(jeanne, prenom="Léo", courriel="leo@exemple.fr")
        assert ligne not in [(t.verbe, t.objet) for t in a_traiter(distribution.ddt)]


@pytest.mark.django_db
class TestEquilibre:
    def test_les_voix_qui_manquent_et_le_quorum(self, distribution):
        seance, (karim, jeanne, lucie) = faire_invites(distribution)
        dispositif = seance.atelier.dispositif
        for college, minimum in (("elus", 2), ("habitants", 1)):
            QuorumCollege.objects.create(
                dispositif=dispositif, genre="atelier", college=college, minimum=minimum
            )
        QuorumCollege.objects.create(
            dispositif=dispositif, genre="restitution", college="chercheurs", minimum=5
        )
        lu = equilibre.lire(seance)
        assert (lu.alertes, lu.quorum, lu.invites) == ([], "", 3)
        Invitation.objects.filter(seance=seance).update(convoque_le=timezone.now())
        lu = equilibre.lire(seance)
        assert lu.alertes == ["Aucune association ne vient.", "Aucun habitant ne vient."]
        assert lu.quorum == "Quorum : il manque 2\u00a0élus et 1\u00a0habitant"
        for invitation in (karim, jeanne, lucie):
            invitations.repondre(invitation, reponse="accepte")
        lu = equilibre.lire(seance)
        assert (lu.alertes, lu.quorum) == ([], "Quorum : il manque 1\u00a0élu")
        QuorumCollege.objects.filter(college="elus").update(minimum=1)
        assert equilibre.lire(seance).quorum_atteint is True
        Invitation.objects.filter(pk=jeanne.pk).update(presence="present")
        lu = equilibre.lire(seance)
        assert (lu.quorum, lu.alertes[1]) == (
            "Quorum : il manque 1\u00a0habitant",
            "Aucun habitant n’est présent.",
        )

    def test_une_voix_qui_n_est_pas_invitee_se_dit_des_la_liste(self, distribution):
        assert equilibre.lire(faire_seance(distribution)).alertes == []
        seance, _ = faire_invites(distribution, nombre=1)
        non_invitees = ["Aucune association n’est invitée.", "Aucun habitant n’est invité."]
        assert equilibre.lire(seance).alertes == non_invitees

    def test_chaque_page_montre_l_equilibre_en_douze_requetes(
        self, distribution, connecte, django_assert_max_num_queries
    ):
        seance, _ = faire_invites(distribution)
        client, adresse = connecte("ddt"), [seance.atelier.slug, seance.pk]
        pages = ("seance", "invitations", "emargement", "equilibre")
        for nombre in (3, 60):
            gens = [
                verbes.ajouter_participant(
                    atelier=seance.atelier,
                    par=distribution.ddt,
                    prenom=f"P{rang}",
                    nom="Nom",
                    college="habitants",
                )
                for rang in range(Invitation.objects.count(), nombre)
            ]
            if gens:
                invitations.inviter(seance=seance, participants=gens, par=distribution.ddt)
            for page in pages:
                with django_assert_max_num_queries(12):
                    lue = client.get(reverse(f"ateliers:{page}", args=adresse)).content.decode()
                assert f"<strong>{nombre}</strong> invités" in lue

    def test_le_lien_altere_ne_delegue_rien(self, distribution, client):
        _, (karim, _, _) = faire_invites(distribution)
        adresse = reverse("ateliers:deleguer", args=[jeton(karim) + "x"])
        assert client.post(adresse, ADA | {"genre": "pouvoir"}).status_code == 404


@given(st.dictionaries(st.sampled_from(College.values), st.integers(1, 9), max_size=8))
def test_la_phrase_du_quorum_compte_juste(manques):
    phrase = equilibre.phrase_quorum(list(manques.items()))
    nombres = [int(nombre) for nombre in re.findall(r"(\d+)\u00a0", phrase)]
    assert sum(nombres) == sum(manques.values())
    assert (phrase == "Quorum atteint") == (not manques)
