"""The public sign-up: never over the places nor a quota, in order, and nobody lost."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ateliers.inscriptions import frein
from ateliers.inscriptions.choix import OCCUPANTES
from ateliers.inscriptions.domaine import attribution, ouverture, places
from ateliers.inscriptions.lien import chemin, jeton
from ateliers.inscriptions.models import Inscription
from ateliers.inscriptions.tasks import faire_expirer
from ateliers.participants.domaine import invitations
from ateliers.participants.lien import chemin as chemin_invitation
from ateliers.participants.models import Invitation, Participant
from ateliers.seances.models import Seance
from socle.courriels.models import PieceJointe
from socle.erreurs import ActionInterdite, ElementsManquants, ErreurMetier, TransitionImpossible
from tests.factories.inscriptions import DEFAUTS, demander, inscrire, ouvrir
from tests.factories.participants import faire_invites, faire_seance

COLLEGES = ("elus", "habitants", "associations")


def etats(inscriptions):
    return list(
        Inscription.objects.filter(inscriptions=inscriptions)
        .order_by("pk")
        .values_list("etat", flat=True)
    )


@given(
    st.lists(st.tuples(st.sampled_from("cpr"), st.sampled_from(COLLEGES)), max_size=60),
    st.integers(1, 6),
    st.dictionaries(st.sampled_from(COLLEGES), st.integers(0, 4)),
)
def test_sur_toute_histoire_ni_surnombre_ni_passe_droit(histoire, capacite, quotas):
    """c: somebody confirms; p: the oldest offer is dropped; r: the oldest place is given back."""
    attente, occupees, perdues = [], [], 0
    for rang, (geste, college) in enumerate(histoire):
        prises = Counter(c for _, c in occupees)
        if geste == "c":
            file = occupees if attribution.libre(prises, college, capacite, quotas) else attente
            file.append((rang, college))
        elif occupees:
            occupees.pop(0 if geste == "r" else -1)
            perdues += 1
        else:
            perdues += 0
        prises = Counter(c for _, c in occupees)
        choisies = attribution.a_promouvoir(attente, prises, capacite, quotas)
        for cle in choisies:
            promue = next(p for p in attente if p[0] == cle)
            # Whoever waits before, of the same college, was served before.
            assert not [p for p in attente if p[0] < cle and p[1] == promue[1]]
            attente.remove(promue)
            occupees.append(promue)
        prises = Counter(c for _, c in occupees)
        assert prises.total() <= capacite
        assert all(prises[c] <= n for c, n in quotas.items())
        assert not [p for p in attente if attribution.libre(prises, p[1], capacite, quotas)]
    assert len(attente) + len(occupees) + perdues == sum(geste == "c" for geste, _ in histoire)


@pytest.mark.django_db
class TestPlaces:
    @given(histoire=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), max_size=14))
    @settings(
        max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
    )
    def test_sur_toute_histoire_en_base(self, distribution, histoire):
        with transaction.atomic():
            inscriptions = ouvrir(distribution, {"elus": 1}, capacite=2)
            for rang, (geste, cible) in enumerate(histoire):
                if geste < 2:
                    inscrire(inscriptions, rang, COLLEGES[cible % 3])
                else:
                    vivantes = Inscription.objects.exclude(etat__in=["retiree", "expiree"])
                    lignes = list(vivantes.select_related("inscriptions"))
                    if lignes:
                        choisie = lignes[cible % len(lignes)]
                        prendre = geste == 2 and choisie.etat == "proposee"
                        (places.confirmer if prendre else places.retirer)(choisie)
                prises = places.occupees(inscriptions)
                assert prises.total() <= 2 and prises["elus"] <= 1
                viennent = Invitation.objects.filter(reponse="accepte").count()
                assert viennent == Inscription.objects.filter(etat="inscrite").count()
            transaction.set_rollback(True)

    def test_la_liste_d_attente_avance_dans_l_ordre(self, distribution):
        inscriptions = ouvrir(distribution)
        lignes = [inscrire(inscriptions, rang) for rang in range(4)]
        assert etats(inscriptions) == ["inscrite", "inscrite", "attente", "attente"]
        rangs = [i.place_en_attente for i in Inscription.objects.order_by("pk")]
        assert rangs == [0, 0, 1, 2]
        places.retirer(lignes[0])
        assert etats(inscriptions) == ["retiree", "inscrite", "proposee", "attente"]
        assert mail.outbox[-1].subject == "Une place s’est libérée : Atelier 1"
        places.confirmer(lignes[2])
        assert etats(inscriptions) == ["retiree", "inscrite", "inscrite", "attente"]
        venues = Participant.objects.order_by("pk").values_list("prenom", flat=True)
        assert list(venues) == ["Prénom0", "Prénom1", "Prénom2"]

    def test_le_quota_passe_son_tour_sans_le_perdre(self, distribution):
        inscriptions = ouvrir(distribution, {"elus": 1}, capacite=2)
        elu, deuxieme, habitant = (
            inscrire(inscriptions, rang, college)
            for rang, college in enumerate(("elus", "elus", "habitants"))
        )
        assert etats(inscriptions) == ["inscrite", "attente", "inscrite"]
        places.retirer(habitant)
        assert etats(inscriptions) == ["inscrite", "attente", "retiree"]
        places.retirer(elu)
        assert etats(inscriptions) == ["retiree", "proposee", "retiree"]

    def test_une_place_proposee_et_non_prise_va_a_la_suivante(self, distribution):
        inscriptions = ouvrir(distribution, capacite=1)
        lignes = [inscrire(inscriptions, rang) for rang in range(3)]
        places.retirer(lignes[0])
        Inscription.objects.filter(etat="proposee").update(
            expire_le=timezone.now() - timedelta(minutes=1)
        )
        faire_expirer()
        assert etats(inscriptions) == ["retiree", "expiree", "proposee"]
        faire_expirer()
        assert etats(inscriptions) == ["retiree", "expiree", "proposee"]

    def test_cliquer_trop_tard_ne_prend_pas_la_place(self, distribution):
        inscriptions = ouvrir(distribution, capacite=1)
        lignes = [inscrire(inscriptions, rang) for rang in range(2)]
        places.retirer(lignes[0])
        Inscription.objects.filter(etat="proposee").update(
            expire_le=timezone.now() - timedelta(minutes=1)
        )
        places.confirmer(lignes[1])
        assert etats(inscriptions) == ["retiree", "expiree"]

    @pytest.mark.parametrize("geste", ["decliner", "retirer"])
    def test_l_invitation_rend_la_place(self, distribution, geste):
        inscriptions = ouvrir(distribution, capacite=1)
        for rang in range(2):
            inscrire(inscriptions, rang)
        invitation = Invitation.objects.select_related("seance").get()
        if geste == "decliner":
            invitations.repondre(invitation, reponse="decline")
        else:
            mail.outbox.clear()
            invitations.retirer_invitation(invitation, par=distribution.ddt)
            assert [m.subject.split(" :")[0] for m in mail.outbox if "p0@" in m.to[0]] == [
                "Invitation retirée"
            ]
        assert etats(inscriptions) == ["retiree", "proposee"]

    def test_ouvrir_plus_de_places_les_propose(self, distribution):
        inscriptions = ouvrir(distribution, capacite=1)
        for rang in range(2):
            inscrire(inscriptions, rang)
        regles = DEFAUTS | {"capacite": 2, "revision": 1}
        seance = inscriptions.seance
        ouverture.regler(seance=seance, par=distribution.ddt, quotas={}, **regles)
        assert etats(inscriptions) == ["inscrite", "proposee"]
        with pytest.raises(ErreurMetier):
            ouverture.regler(
                seance=seance,
                par=distribution.ddt,
                quotas={},
                **regles | {"capacite": 1, "revision": 2},
            )

    def test_ce_qui_est_refuse(self, distribution):
        with pytest.raises(ElementsManquants):
            ouvrir(distribution, seance=faire_seance(distribution, etat="a_programmer"))
        inscriptions = ouvrir(distribution)
        for role in ("collectivite", "equipe", "dreal", "ddt_autre"):
            with pytest.raises(ActionInterdite):
                ouverture.regler(
                    seance=inscriptions.seance,
                    par=getattr(distribution, role),
                    quotas={},
                    **DEFAUTS | {"revision": 1},
                )
        passee = demander(inscriptions)
        Seance.objects.filter(pk=inscriptions.seance_id).update(etat="annulee")
        for verbe in (lambda: demander(inscriptions, 2), lambda: places.confirmer(passee)):
            with pytest.raises(TransitionImpossible):
                verbe()

    def test_une_adresse_oubliee_s_efface(self, distribution):
        inscriptions = ouvrir(distribution)
        ligne = demander(inscriptions)
        Inscription.objects.filter(pk=ligne.pk).update(
            deposee_le=timezone.now() - timedelta(days=8)
        )
        faire_expirer()
        assert etats(inscriptions) == []


@pytest.mark.django_db
class TestPages:
    SAISIE = {
        "prenom": "Lou",
        "nom": "Petit",
        "courriel": "lou@exemple.fr",
        "college": "habitants",
    }

    @pytest.fixture(autouse=True)
    def _frein_neuf(self):
        cache.clear()

    def test_du_formulaire_a_la_place_sans_compte(self, distribution, client):
        inscriptions = ouvrir(distribution)
        page = reverse("ateliers:inscription_publique", args=[inscriptions.seance_id])
        assert "2\u00a0places restent" in client.get(page).content.decode()
        for _ in range(2):  # twice: one request, and the same answer
            assert client.post(page, self.SAISIE).status_code == 302
        ligne = Inscription.objects.get()
        assert chemin(ligne) in mail.outbox[0].body and len(mail.outbox) == 2
        lien = reverse("ateliers:inscription", args=[jeton(ligne)])
        assert client.get(lien)["X-Robots-Tag"] == "noindex, nofollow"
        assert "venue/" not in client.get(lien).text
        assert client.post(lien + "confirmer/").url == lien
        confirmee = client.get(lien).text
        assert "Inscription confirmée" in confirmee
        ligne.refresh_from_db()
        besoins = chemin_invitation(ligne.invitation) + "venue/"
        assert f'href="{besoins}"' in confirmee
        assert client.get(besoins).status_code == 200
        client.post(lien + "retirer/")
        assert (etats(inscriptions), Invitation.objects.count()) == (["retiree"], 0)
        assert b"METHOD:CANCEL" in bytes(PieceJointe.objects.last().contenu)
        client.post(page, self.SAISIE)  # they may come back
        retour = Inscription.objects.latest("pk")
        assert places.confirmer(retour).etat == "inscrite"
        altere = client.get(lien[:-1] + "x/")
        assert (altere.status_code, "votre compte" in altere.text) == (404, False)
        assert "Ce lien ne s’ouvre pas" in altere.text

    def test_un_invite_n_a_pas_besoin_de_place(self, distribution, client):
        """The page says the same; only the address learns it, and the invitation is untouched."""
        bientot = timezone.now() + timedelta(days=9)
        jour = {"debut_prevu": bientot, "fin_prevu": bientot + timedelta(hours=3)}
        seance, (karim, jeanne, _) = faire_invites(distribution, **jour)
        inscriptions = ouvrir(distribution, seance=seance, capacite=1)
        invitations.repondre(karim, reponse="accepte")
        mail.outbox.clear()
        page = reverse("ateliers:inscription_publique", args=[inscriptions.seance_id])
        saisie = self.SAISIE | {"courriel": "Karim.Benali@exemple.fr"}
        suite = [client.post(page, s, follow=True) for s in (saisie, self.SAISIE)]
        assert [s.redirect_chain for s in suite] == [[(page, 302)]] * 2
        assert len({str(list(s.context["messages"])) for s in suite}) == 1
        assert mail.outbox[0].to == ["karim.benali@exemple.fr"]
        assert chemin_invitation(karim) in mail.outbox[0].body
        (lou,) = Inscription.objects.all()
        karim.refresh_from_db()
        assert (lou.courriel, karim.reponse) == ("lou@exemple.fr", "accepte")
        with pytest.raises(IntegrityError, match="déjà invitée"), transaction.atomic():
            Inscription.objects.create(
                inscriptions=inscriptions, courriel=jeanne.participant.courriel, nom="J"
            )
        # A sign-up of before, that took the invitation for its own: given back, it leaves it.
        ancienne = Inscription.objects.create(
            inscriptions=inscriptions,
            courriel=karim.participant.courriel,
            etat="inscrite",
            rang=9,
            confirmee_le=timezone.now(),
            invitation=karim,
        )
        places.retirer(ancienne)
        karim.refresh_from_db()
        assert karim.reponse == "accepte"
        # Invited while they waited: the demand gives way, the invitation stays.
        Participant.objects.filter(pk=jeanne.participant_id).update(courriel="lou@exemple.fr")
        assert places.confirmer(lou).etat == "retiree"
        assert chemin_invitation(jeanne) in mail.outbox[-1].body
        jeanne.refresh_from_db()
        assert (jeanne.reponse, Invitation.objects.count()) == ("attendue", 3)

    def test_un_robot_n_inscrit_personne(self, distribution, client):
        inscriptions = ouvrir(distribution)
        page = reverse("ateliers:inscription_publique", args=[inscriptions.seance_id])
        assert client.post(page, self.SAISIE | {"site_web": "http://x"}).status_code == 302
        assert (etats(inscriptions), mail.outbox) == ([], [])

    def test_le_frein(self, distribution, client, monkeypatch):
        monkeypatch.setattr(frein, "PAR_HEURE", 1)
        inscriptions = ouvrir(distribution)
        page = reverse("ateliers:inscription_publique", args=[inscriptions.seance_id])
        client.post(page, self.SAISIE)
        refus = client.post(page, self.SAISIE | {"courriel": "b@exemple.fr"})
        assert "Trop de demandes" in refus.content.decode()
        assert Inscription.objects.count() == 1

    def test_closes_ou_cachees(self, distribution, client):
        inscriptions = ouvrir(distribution, ouvertes=False)
        page = reverse("ateliers:inscription_publique", args=[inscriptions.seance_id])
        assert "sont closes" in client.get(page).content.decode()
        atelier = inscriptions.seance.atelier
        atelier.public = False
        atelier.save(update_fields=["public"])
        assert client.get(page).status_code == 404

    def test_le_pilote_regle_et_lit_en_douze_requetes(
        self, distribution, connecte, django_assert_max_num_queries
    ):
        seance = ouvrir(distribution, capacite=50).seance
        adresse = [seance.atelier.slug, seance.pk]
        client, regler = connecte("ddt"), reverse("ateliers:inscriptions_regler", args=adresse)
        saisie = {"ouvertes": "on", "capacite": 50, "delai_heures": 24, "revision": 1}
        assert client.post(regler, saisie | {"quota_elus": "3"}).status_code == 302
        inscriptions = seance and places.Inscriptions.objects.get(seance=seance)
        for nombre in (3, 60):
            for rang in range(Inscription.objects.count(), nombre):
                demander(inscriptions, rang)
            with django_assert_max_num_queries(12):
                page = client.get(reverse("ateliers:inscriptions", args=adresse)).content.decode()
            assert f"{nombre}\u00a0adresses" in page


@pytest.mark.django_db(transaction=True)
def test_deux_personnes_au_meme_instant_pour_la_derniere_place(distribution):
    inscriptions = ouvrir(distribution, capacite=1)
    lignes = [demander(inscriptions, rang) for rang in range(2)]
    depart, fautes = threading.Barrier(2), []

    def confirmer(ligne):
        try:
            depart.wait(timeout=30)
            places.confirmer(ligne)
        except Exception as faute:
            fautes.append(faute)
        finally:
            connection.close()

    fils = [threading.Thread(target=confirmer, args=(ligne,)) for ligne in lignes]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(timeout=60)
    assert fautes == []
    assert sorted(etats(inscriptions)) == ["attente", "inscrite"]
    assert Inscription.objects.filter(etat__in=OCCUPANTES).count() == 1
    assert Invitation.objects.count() == 1
