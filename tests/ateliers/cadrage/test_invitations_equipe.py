"""A chosen team gets in by a signed link; its alerts then reach somebody."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from ateliers.cadrage.domaine import invitations_equipe as verbes
from ateliers.cadrage.models import Equipe, InvitationEquipe
from ateliers.livrables import notifications
from ateliers.livrables.models import Livrable
from ateliers.parcours.models import Atelier
from socle.comptes.models import Organisme, Utilisateur
from socle.courriels.models import Courriel
from socle.erreurs import ActionInterdite, ErreurMetier, TransitionImpossible
from tests.factories import participants as poses

pytestmark = pytest.mark.django_db
SECRET = "mot-de-passe-assez-long-8317"
LOU = {"courriel": " Lou@Agence.example", "prenom": "Lou", "nom": "Morel"}


@pytest.fixture
def atelier(distribution):
    atelier = poses.faire_atelier(distribution)
    agence = Organisme.objects.create(nom="Agence neuve", nature="bureau_etudes")
    Equipe.objects.create(atelier=atelier, mandataire=agence, discipline="urbanisme")
    atelier.intervenants.set([agence])
    return atelier


def inviter(distribution, atelier, **plus):
    (agence,) = verbes.organismes_de_l_equipe(atelier)
    valeurs = LOU | {"organisme": agence, "par": distribution.ddt}
    return verbes.inviter(atelier=atelier, **valeurs | plus)


def test_le_lien_ouvre_un_compte_de_l_equipe_que_ses_alertes_atteignent(
    distribution, client, atelier
):
    livrable = Livrable.objects.create(atelier=atelier, cle="r", titre="Rapport")
    notifications.echeance(livrable, "j-15")
    assert Courriel.objects.count() == 0
    invitation = inviter(distribution, atelier)
    lettre = Courriel.objects.get(cle="cadrage_equipe_invitation")
    adresse = verbes.chemin(invitation)
    assert (lettre.destinataire, adresse in lettre.corps) == ("lou@agence.example", True)
    envoi = {"prenom": "Lou", "nom": "Morel", "fonction": "", "mot_de_passe": "court"}
    refus = client.post(adresse, envoi | {"confirmation": "court"})
    assert list(refus.context["form"].errors) == ["mot_de_passe"]
    envoi["mot_de_passe"] = SECRET
    reponse = client.post(adresse, envoi | {"confirmation": SECRET})
    espace = reverse("ateliers:espace", args=[atelier.slug])
    assert (reponse.status_code, reponse.url) == (302, espace)
    assert client.get(espace).status_code == 200
    compte = Utilisateur.objects.get(email="lou@agence.example")
    assert (compte.role, compte.organisme.nom) == ("equipe", "Agence neuve")
    assert verbes.personnes_de(atelier) == [compte]
    notifications.echeance(livrable, "j-15")
    recus = Courriel.objects.filter(cle="livrable_echeance").values_list("destinataire", flat=True)
    assert list(recus) == ["lou@agence.example"]
    client.logout()
    assert client.get(adresse).status_code == 404


def test_un_lien_remplace_annule_expire_ou_altere_n_ouvre_rien(distribution, client, atelier):
    premiere = inviter(distribution, atelier)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        seconde = inviter(distribution, atelier)
    liens = [verbes.chemin(premiere), verbes.chemin(seconde)]
    assert [client.get(lien).status_code for lien in liens] == [404, 200]
    assert client.get(liens[1].rstrip("/") + "x/").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=22)):
        assert client.get(liens[1]).status_code == 404
    Equipe.objects.filter(atelier=atelier).update(mandataire=distribution.equipe.organisme)
    assert client.get(liens[1]).status_code == 404
    Equipe.objects.filter(atelier=atelier).update(mandataire=seconde.organisme)
    verbes.annuler(invitation=seconde, par=distribution.ddt)
    assert client.get(liens[1]).status_code == 404
    with pytest.raises(ErreurMetier):
        verbes.ouvrir_compte(invitation=seconde, prenom="L", nom="M", mot_de_passe=SECRET)
    assert Utilisateur.objects.filter(email="lou@agence.example").count() == 0


def test_qui_invite_et_qui(distribution, atelier):
    with pytest.raises(ActionInterdite):
        inviter(distribution, atelier, par=distribution.collectivite)
    with pytest.raises(ErreurMetier, match="n’est pas de l’équipe"):
        inviter(distribution, atelier, organisme=distribution.ddt.organisme)
    with pytest.raises(ErreurMetier, match="Un compte existe déjà"):
        inviter(distribution, atelier, courriel=distribution.evaluateur.email)
    Atelier.objects.filter(pk=atelier.pk).update(etat="clos")
    with pytest.raises(TransitionImpossible):
        inviter(distribution, atelier)
    assert InvitationEquipe.objects.count() == 0
