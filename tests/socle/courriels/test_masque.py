"""A signed link read by somebody else than its reader would answer in their place."""

import pytest
from django.core.signing import Signer, dumps
from django.urls import reverse

from socle.courriels.masque import MASQUE, masquer
from socle.courriels.models import Courriel, PieceJointe

SIGNE = Signer(salt="essai").sign("12")


@pytest.mark.parametrize(
    "chemin",
    [
        f"sondage/{SIGNE}/",
        f"invitation/{SIGNE}/agenda.ics",
        f"ecrire/{dumps({'a': 1})}/",
        f"page/?jeton={SIGNE}",
        "compte/mot-de-passe/MQ/cabcde-0123456789abcdef0123456789abcdef/",
    ],
    ids=["sondage", "agenda", "ecrire", "parametre", "mot-de-passe"],
)
def test_un_lien_signe_est_masque(chemin):
    assert masquer(f"Ici : https://exemple.fr/{chemin}\nMerci.") == f"Ici : {MASQUE}\nMerci."


@pytest.mark.parametrize(
    "chemin",
    ["", "ateliers/atelier-du-marais-de-la-baie-2027/espace/", "courriels/12/?etat=a"],
)
def test_une_adresse_ordinaire_reste(chemin):
    texte = f"Voir https://exemple.fr/{chemin}."
    assert masquer(texte) == texte


@pytest.mark.django_db
@pytest.mark.parametrize(("demo", "masque"), [(False, True), (True, False)])
def test_la_dgaln_ne_lit_pas_le_lien_d_un_autre(client, distribution, settings, demo, masque):
    settings.DEMO = demo
    adresse = f"https://exemple.fr/sondage/{SIGNE}/"
    courriel = Courriel.objects.create(
        cle="sondage_dates",
        destinataire="maire@exemple.fr",
        sujet="Dates",
        corps=adresse,
        etat="en_attente",
    )
    plie = f"DESCRIPTION:{adresse}"
    contenu = f"{plie[:40]}\r\n {plie[40:]}\r\n".encode()
    piece = PieceJointe.objects.create(
        courriel=courriel, nom="seance.ics", mime="text/calendar", contenu=contenu
    )
    client.force_login(distribution.dgaln)
    page = client.get(reverse("courriels:detail", args=[courriel.pk])).content.decode()
    fichier = client.get(reverse("courriels:piece", args=[courriel.pk, piece.pk])).content
    assert (SIGNE in page, MASQUE in page) == (not masque, masque)
    assert (SIGNE.encode() in fichier.replace(b"\r\n ", b"")) is not masque


@pytest.mark.django_db
def test_corriger_un_courriel_retenu_ne_montre_pas_son_lien(client, distribution, settings):
    """The text is corrected around it; its reader receives the link, whole."""
    settings.DEMO = False
    adresse = f"https://exemple.fr/sondage/{SIGNE}/"
    courriel = Courriel.objects.create(
        cle="convocation_lettre",
        destinataire="maire@exemple.fr",
        sujet="Venez",
        corps=f"Bonjour,\n{adresse}\nMerci.\n",
        etat="retenu",
    )
    client.force_login(distribution.dgaln)
    url = reverse("courriels:corriger", args=[courriel.pk])
    page = client.get(url)
    assert (SIGNE in page.content.decode(), MASQUE in page.content.decode()) == (False, True)
    sans = client.post(url, {"sujet": "Venez", "corps": "Bonjour."})
    assert list(sans.context["form"].errors) == ["corps"]
    assert SIGNE not in sans.content.decode()
    client.post(url, {"sujet": "Venez tous", "corps": f"Bonsoir,\n{MASQUE}"})
    courriel.refresh_from_db()
    assert (courriel.sujet, courriel.corps) == ("Venez tous", f"Bonsoir,\n{adresse}\n")
