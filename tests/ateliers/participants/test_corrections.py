"""A sheet is corrected once for every atelier; nothing of what was made before moves."""

import pytest
from django.urls import reverse

from ateliers.annuaire.models import Mandat, Personne
from ateliers.participants.domaine import corrections, mandats, participants
from ateliers.participants.models import Invitation, Participant
from socle.courriels.models import Courriel
from socle.documents.models import Document
from socle.erreurs import ActionInterdite
from socle.journal.models import Entree
from tests.factories.participants import faire_atelier, faire_compte, faire_invites

pytestmark = pytest.mark.django_db


def fiche_de(courriel):
    return Personne.objects.get(courriel=courriel)


def saisie(personne, **plus):
    champs = (*corrections.CHAMPS, "revision")
    return {cle: getattr(personne, cle) for cle in champs} | plus


def test_la_correction_suit_a_venir_et_laisse_le_passe(distribution, connecte):
    passee, (jeanne, *_) = faire_invites(distribution, etat="tenue", nombre=1)
    Invitation.objects.update(presence="present", convoque_le="2026-03-01T10:00Z")
    ailleurs = faire_atelier(distribution)
    autre = participants.ajouter_participant(
        atelier=ailleurs,
        par=distribution.ddt,
        prenom="Jeanne",
        nom="Martin",
        courriel="jeanne.martin@exemple.fr",
        college="elus",
        organisation="Commune de Doullens",
        fonction="Maire",
    )
    personne = fiche_de("jeanne.martin@exemple.fr")
    client = connecte("ddt")
    page = reverse("ateliers:annuaire_corriger", args=[personne.pk])
    neuve = saisie(personne, nom="Martin-Lis", courriel="JML@mairie.example", telephone="0322")
    assert client.post(page, neuve).url == reverse("ateliers:annuaire_fiche", args=[personne.pk])
    assert set(Participant.objects.values_list("nom", "courriel", "revision")) == {
        ("Martin-Lis", "jml@mairie.example", 1)
    }
    invitation = Invitation.objects.get()
    assert (invitation.presence, invitation.convoque_le is None) == ("present", False)
    assert (Courriel.objects.count(), Document.objects.count()) == (0, 0)
    assert Entree.objects.get(action="personne.corrigee").details == {
        "champs": "nom, adresse électronique, téléphone"
    }
    # A colleague opened the sheet before: both texts, nothing overwritten.
    conflit = client.post(page, neuve | {"nom": "Martin"})
    assert conflit.status_code == 409
    assert "Martin-Lis" in conflit.text
    assert fiche_de("jml@mairie.example").nom == "Martin-Lis"
    # The mandate: what goes on follows, the closed atelier keeps its words.
    passee.atelier.etat = "clos"
    passee.atelier.clos_le = passee.atelier.ouvert_le
    passee.atelier.save(update_fields=["etat", "clos_le"])
    mandat = Mandat.objects.get()
    mandats.corriger_mandat(
        mandat=mandat, par=distribution.ddt, revision=1, organisation="Ville", fonction="Maire"
    )
    assert [(p.pk == autre.pk, p.organisation) for p in Participant.objects.order_by("pk")] == [
        (False, "Commune de Doullens"),
        (True, "Ville"),
    ]


def test_une_adresse_deja_prise_propose_la_fusion_a_qui_voit_l_autre(distribution, connecte):
    faire_invites(distribution, nombre=2)
    jeanne, karim = fiche_de("jeanne.martin@exemple.fr"), fiche_de("karim.benali@exemple.fr")
    client = connecte("ddt")
    page = reverse("ateliers:annuaire_corriger", args=[jeanne.pk])
    reponse = client.post(page, saisie(jeanne, courriel="Karim.Benali@exemple.fr", telephone="03"))
    fusion = reverse("ateliers:annuaire_fusionner", args=[jeanne.pk, karim.pk])
    assert f'action="{fusion}?corriger"' in reponse.text
    assert 'value="03"' in reponse.text
    Participant.objects.filter(personne=karim).delete()  # of another territory
    reponse = client.post(page, saisie(jeanne, courriel="Karim.Benali@exemple.fr"))
    assert "une personne que vous ne voyez pas" in reponse.text
    assert ("Karim Benali" in reponse.text, "fusionner/" in reponse.text) == (False, False)


def test_le_compte_garde_son_adresse_de_connexion(distribution, connecte):
    compte = faire_compte("jeanne.martin@exemple.fr", distribution.ddt.organisme)
    faire_compte("autre@etat.example", distribution.ddt.organisme)
    faire_invites(distribution, nombre=1)
    jeanne = fiche_de("jeanne.martin@exemple.fr")
    corrections.corriger_fiche(
        personne=jeanne, par=distribution.ddt, **saisie(jeanne, courriel="jm@mairie.example")
    )
    compte.refresh_from_db()
    jeanne.refresh_from_db()
    assert (compte.email, jeanne.utilisateur) == ("jeanne.martin@exemple.fr", compte)
    client = connecte("ddt")
    page = reverse("ateliers:annuaire_corriger", args=[jeanne.pk])
    neuve = saisie(jeanne, courriel="autre@etat.example")
    assert "celle d’un autre compte" in client.post(page, neuve).text
    assert client.post(page, neuve | {"confirmer_autre_compte": "on"}).status_code == 302
    jeanne.refresh_from_db()
    assert jeanne.utilisateur.email == "autre@etat.example"


def test_qui_ne_tient_pas_tous_ses_ateliers_ne_corrige_pas(distribution):
    faire_invites(distribution, nombre=1)
    jeanne = fiche_de("jeanne.martin@exemple.fr")
    for role in ("dreal", "collectivite", "ddt_autre"):
        with pytest.raises(ActionInterdite):
            corrections.corriger_fiche(
                personne=jeanne, par=getattr(distribution, role), **saisie(jeanne, nom="X")
            )
