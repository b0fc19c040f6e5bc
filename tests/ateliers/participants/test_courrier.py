"""No electronic address: convoked by post, answered by telephone, all the same on the list."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ateliers.participants.documents import lettre
from ateliers.participants.domaine import courrier, delegations
from ateliers.participants.models import Invitation, Participant
from ateliers.seances.models import Seance
from socle.erreurs import ActionInterdite, ElementsManquants, ErreurMetier
from socle.journal.models import Entree
from tests.factories.participants import faire_invites

pytestmark = pytest.mark.django_db


@pytest.fixture
def sans_courriel(distribution):
    seance, _ = faire_invites(distribution)
    Participant.objects.filter(atelier=seance.atelier).update(courriel="")
    return seance, list(Invitation.objects.filter(seance=seance).order_by("pk"))


def test_une_seance_sans_aucun_courriel_se_convoque_par_la_poste(distribution, sans_courriel):
    seance, invitations = sans_courriel
    hier = timezone.localdate() - timedelta(days=1)
    with pytest.raises(ErreurMetier, match="dans le futur"):
        courrier.marquer_postees(
            seance=seance, par=distribution.ddt, le=timezone.localdate() + timedelta(days=1)
        )
    with pytest.raises(ActionInterdite):
        courrier.marquer_postees(seance=seance, par=distribution.collectivite, le=hier)
    assert courrier.marquer_postees(seance=seance, par=distribution.ddt, le=hier) == 3
    lues = Invitation.objects.filter(seance=seance).values_list("par_courrier", "convoque_le")
    assert {(p, timezone.localtime(le).date()) for p, le in lues} == {(True, hier)}
    assert Seance.objects.get(pk=seance.pk).etat == "convoquee"
    Seance.objects.filter(pk=seance.pk).update(lieu="")
    seance.refresh_from_db()
    with pytest.raises(ElementsManquants):
        courrier.marquer_postees(seance=seance, par=distribution.ddt, le=hier)
    assert len(invitations) == 3


def test_une_reponse_recue_au_telephone_se_note(distribution, connecte, sans_courriel):
    seance, (premiere, *_) = sans_courriel
    adresse = reverse(
        "ateliers:invitation_reponse", args=[seance.atelier.slug, seance.pk, premiere.pk]
    )
    visiteur = connecte("ddt")
    form = visiteur.get(adresse).context["form"]
    envoi = {"jeton": form.jeton, "reponse": "accepte", "message": "Par téléphone"}
    assert visiteur.post(adresse, envoi).status_code == 302
    premiere.refresh_from_db()
    assert (premiere.reponse, premiere.message) == ("accepte", "Par téléphone")
    derniere = Entree.objects.filter(action="invitation.repondu").latest("pk")
    assert derniere.auteur == distribution.ddt
    with pytest.raises(ActionInterdite):
        courrier.noter_reponse(invitation=premiere, par=distribution.equipe, reponse="decline")


def test_la_lettre_dit_comment_repondre_et_la_page_qui_n_a_pas_d_adresse(
    distribution, connecte, sans_courriel
):
    seance, (premiere, *_) = sans_courriel
    (lue,) = lettre(premiere).lettres
    assert lue.coupon.endswith(premiere.participant.nom_complet)
    page = connecte("ddt").get(reverse("ateliers:lettres", args=[seance.atelier.slug, seance.pk]))
    assert len(page.context["sans_adresse_postale"]) == 3


def test_le_delegue_connu_est_propose_a_l_emargement(distribution, connecte):
    seance, (premiere, *_) = faire_invites(distribution)
    delegations.deleguer(
        premiere,
        prenom="Ada",
        nom="Petit",
        courriel="ada@mairie.example",
        genre="suppleant",
    )
    page = connecte("ddt").get(
        reverse("ateliers:emargement", args=[seance.atelier.slug, seance.pk])
    )
    assert page.context["form"][f"par_{premiere.pk}"].value() == "Ada Petit"


def test_la_meme_personne_nommee_deux_fois_recoit_un_numero_plus_grand(distribution):
    """The CANCEL between the two took one: a strict diary would ignore an equal number."""
    seance, (premiere, *_) = faire_invites(distribution)
    ada = {"prenom": "Ada", "nom": "Petit", "courriel": "ada@mairie.example"}
    for _ in range(2):
        delegations.deleguer(premiere, genre="suppleant", **ada)
    seance.refresh_from_db()
    recue = Invitation.objects.get(participant__courriel=ada["courriel"]).sequence_recue
    assert (seance.sequence_ical, recue) == (3, 3)
