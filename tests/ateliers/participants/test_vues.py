import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from ateliers.participants.lien import chemin, jeton
from ateliers.participants.models import Invitation, Participant
from ateliers.seances.models import Seance
from tests.factories.participants import (
    faire_atelier,
    faire_invites,
    faire_participants,
    faire_seance,
)

pytestmark = pytest.mark.django_db


def url(nom, atelier, *plus):
    return reverse(f"ateliers:{nom}", args=[atelier.slug, *plus])


def test_ajouter_filtrer_modifier(distribution, connecte):
    atelier = faire_atelier(distribution)
    client = connecte("collectivite")
    vide = client.get(url("participants", atelier))
    assert "Personne n’est encore inscrit." in vide.content.decode()
    fiche = {"prenom": "Jeanne", "nom": "Martin", "college": "elus", "courriel": "j@exemple.fr"}
    reponse = client.post(url("participant_ajouter", atelier), fiche)
    assert (reponse.status_code, reponse.url) == (302, url("participants", atelier))
    doublon = client.post(url("participant_ajouter", atelier), fiche)
    assert "a déjà l’adresse j@exemple.fr" in doublon.content.decode()
    jeanne = Participant.objects.get()
    modifier = url("participant_modifier", atelier, jeanne.pk)
    assert client.get(modifier).status_code == 200
    assert client.post(modifier, fiche | {"nom": "Durand", "revision": 0}).status_code == 302
    conflit = client.post(modifier, fiche | {"nom": "Dupont", "revision": 0})
    assert conflit.status_code == 409
    assert Participant.objects.get().nom == "Durand"
    page = client.get(url("participants", atelier) + "?college=elus&q=dur").content.decode()
    assert "1\u00a0personne" in page or "1 personne" in page
    aucun = client.get(url("participants", atelier) + "?college=habitants").content.decode()
    assert "Aucune personne ne correspond" in aucun


def test_importer(distribution, connecte):
    atelier = faire_atelier(distribution)
    client = connecte("ddt")
    adresse = url("participants_importer", atelier)
    faux = client.post(adresse, {"texte": "Jeanne;Martin;;roi"})
    assert "le collège «\xa0roi\xa0» n’existe pas" in faux.content.decode()
    assert client.post(adresse, {"texte": "Jeanne;Martin;;élus"}).status_code == 302
    assert Participant.objects.get().college == "elus"


def test_parcours_d_une_invitation(distribution, connecte, client):
    seance = faire_seance(distribution)
    atelier = seance.atelier
    pilote = connecte("ddt")
    vide = pilote.get(url("inviter", atelier, seance.pk)).content.decode()
    assert "Aucun participant n’est encore inscrit" in vide
    assert "Ajouter à la liste des invités" not in vide
    gens = faire_participants(distribution, atelier)
    assert pilote.get(url("inviter", atelier, seance.pk)).status_code == 200
    choix = {"colleges": ["elus"], "participants": [gens[2].pk]}
    assert pilote.post(url("inviter", atelier, seance.pk), choix).status_code == 302
    assert Invitation.objects.count() == 2
    assert pilote.post(url("convoquer", atelier, seance.pk)).status_code == 302
    sans = pilote.get(url("invitations", atelier, seance.pk)).context["sans"]
    assert [i.participant.nom_complet for i in sans.a_remettre] == ["Lucie Petit"]
    invitation = Invitation.objects.get(participant__nom="Martin")
    lien = chemin(invitation)
    lue = client.get(lien)
    assert lue.status_code == 200 and lue["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in lue["Cache-Control"]
    sans_choix = client.post(lien, {"message": "?"})
    assert "Indiquez si vous venez ou non." in sans_choix.content.decode()
    assert client.post(lien, {"reponse": "accepte", "message": ""}).status_code == 302
    assert "<strong>Vous venez.</strong>" in client.get(lien).content.decode()
    rendez_vous = client.get(reverse("ateliers:invitation_agenda", args=[jeton(invitation)]))
    assert rendez_vous["Content-Type"] == "text/calendar; charset=utf-8"
    assert Calendar.from_ical(rendez_vous.content).walk("VEVENT")[0]["sequence"] == 0
    assert client.get(lien[:-3] + "/").status_code == 404


def test_reponse_close(distribution, client):
    _, lignes = faire_invites(distribution, etat="tenue", nombre=1)
    assert "Cette séance a eu lieu" in client.get(chemin(lignes[0])).content.decode()
    Seance.objects.update(etat="annulee", debut_reel=None, fin_reelle=None)
    assert "Cette séance est annulée." in client.get(chemin(lignes[0])).content.decode()


def test_emargement(distribution, connecte):
    seance, lignes = faire_invites(distribution, nombre=2)
    client = connecte("equipe")
    adresse = url("emargement", seance.atelier, seance.pk)
    assert client.get(adresse).status_code == 200
    donnees = {f"presence_{lignes[0].pk}": "present", f"presence_{lignes[1].pk}": "represente"}
    refus = client.post(adresse, donnees)
    assert "Indiquez par qui Jeanne Martin est représenté." in refus.content.decode()
    donnees[f"par_{lignes[1].pk}"] = "M. Roux"
    assert client.post(adresse, donnees).status_code == 302
    assert sorted(Invitation.objects.values_list("presence", flat=True)) == [
        "present",
        "represente",
    ]
    assert client.get(url("feuille_a_signer", seance.atelier, seance.pk)).status_code == 200
    arrivee = {"prenom": "Paul", "nom": "Roy", "college": "habitants", "organisation": ""}
    accueil = url("accueillir", seance.atelier, seance.pk)
    assert client.get(accueil).status_code == 200
    assert client.post(accueil, arrivee).url == adresse
    assert Invitation.objects.filter(presence="present").count() == 2


@pytest.mark.parametrize("nombre", [1, 3])
@pytest.mark.parametrize(("page", "requetes"), [("participants", 6), ("invitations", 10)])
def test_nombre_de_requetes(
    distribution, connecte, django_assert_num_queries, page, requetes, nombre
):
    seance, _ = faire_invites(distribution, nombre=nombre)
    adresse = url(page, seance.atelier, *([seance.pk] if page == "invitations" else []))
    client = connecte("ddt")
    client.get(adresse)
    with django_assert_num_queries(requetes):
        assert client.get(adresse).status_code == 200


def test_preciser_dans_deux_onglets_ne_perd_rien(distribution, connecte):
    """What the other tab changed alone is kept; what both changed is shown."""
    seance, _ = faire_invites(distribution)
    Invitation.objects.filter(seance=seance).update(convoque_le=timezone.now())
    client = connecte("ddt")
    page = reverse("ateliers:seance_decrire", args=[seance.atelier.slug, seance.pk])

    def saisir(form, **champs):
        lus = {nom: form[nom].value() or "" for nom in ("titre", "objectif", "lieu", "adresse")}
        lus |= {"revision": form["revision"].value(), "base": form.base, "prevenir": ""}
        return client.post(page, lus | champs)

    un, deux, trois = (client.get(page).context["form"] for _ in range(3))
    assert saisir(un, titre="Comité élargi").status_code == 302
    assert saisir(deux, objectif="Choisir un site").status_code == 302
    seance.refresh_from_db()
    assert (seance.titre, seance.objectif) == ("Comité élargi", "Choisir un site")
    assert saisir(trois, titre="Autre titre").status_code == 409
