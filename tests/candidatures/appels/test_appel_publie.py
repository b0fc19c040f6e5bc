"""What binds the candidates changes with a reason, once the call is published."""

import pytest
from django.urls import reverse

from candidatures.appels.models import Appel, SessionNationale
from socle.courriels.models import Courriel
from socle.journal.domaine import historique
from tests.factories.candidatures import faire_appel, faire_brouillon

pytestmark = pytest.mark.django_db


def saisie(page, **plus):
    form = page.context["form"]
    lues = {nom: form[nom].value() for nom in form.fields}
    lues["ouvre_le"] = form["ouvre_le"].value().strftime("%Y-%m-%dT%H:%M")
    return {nom: "" if v is None else v for nom, v in lues.items()} | plus


def test_un_visa_exige_apres_coup_se_motive_et_s_annonce(distribution, connecte):
    appel = faire_appel(distribution)
    faire_brouillon(distribution, appel=appel)
    faire_brouillon(distribution, titre="Un autre appel")
    client, url = connecte("dgaln"), reverse("candidatures:appel_modifier", args=[appel.slug])
    page = client.get(url)
    refus = client.post(url, saisie(page, visas="exiges"))
    assert set(refus.context["form"].errors) == {"motif"}
    assert Appel.objects.get(pk=appel.pk).visas == "non"
    client.post(url, saisie(page, visas="exiges", motif="Demande des élus"))
    assert Appel.objects.get(pk=appel.pk).visas == "exiges"
    courriels = Courriel.objects.filter(cle="appel_modifie")
    assert set(courriels.values_list("destinataire", flat=True)) == {
        distribution.ddt.email,
        distribution.collectivite.email,
    }
    corps = courriels.first().corps
    assert "Demande des élus" in corps
    assert "– visas\u00a0: " in corps
    actions = [e.action for e, _ in historique(appel)]
    assert "appel.regle_changee" in actions


def test_le_texte_se_corrige_sans_motif_et_sans_courriel(distribution, connecte):
    appel = faire_appel(distribution)
    faire_brouillon(distribution, appel=appel)
    client, url = connecte("dgaln"), reverse("candidatures:appel_modifier", args=[appel.slug])
    page = client.get(url)
    client.post(url, saisie(page, presentation="Un texte corrigé."))
    assert Appel.objects.get(pk=appel.pk).presentation == "Un texte corrigé."
    assert not Courriel.objects.filter(cle="appel_modifie").exists()


def test_deux_onglets_ne_s_ecrasent_pas(distribution, connecte):
    appel = faire_appel(distribution)
    client, url = connecte("dgaln"), reverse("candidatures:appel_modifier", args=[appel.slug])
    page = client.get(url)
    lue = {"base": page.context["form"].base}

    def autre_onglet():
        return saisie(page, presentation="Texte du premier onglet.", **lue)

    client.post(url, autre_onglet())
    # Another field: both are kept without a question.
    assert client.post(url, saisie(page, titre="Un titre neuf", **lue)).status_code == 302
    appel.refresh_from_db()
    assert (appel.titre, appel.presentation) == ("Un titre neuf", "Texte du premier onglet.")
    # The same field: both texts, and what the other tab changed elsewhere is in the form.
    conflit = client.post(url, saisie(page, presentation="Texte du second onglet.", **lue))
    assert conflit.status_code == 409
    assert [(d["libelle"], d["stockee"], d["saisie"]) for d in conflit.context["divergences"]] == [
        ("Présentation", "Texte du premier onglet.", "Texte du second onglet.")
    ]
    assert conflit.context["repris"] == ["Titre"]
    form = conflit.context["form"]
    assert (form["titre"].value(), form["revision"].value()) == ("Un titre neuf", "2")
    appel.refresh_from_db()
    assert appel.presentation == "Texte du premier onglet."


def test_une_session_passee_se_confirme_et_ses_annees_se_suivent(distribution, connecte):
    appel = faire_appel(distribution, "national")
    session = appel.session
    SessionNationale.objects.filter(pk=session.pk).update(annee_debut=2019, annee_fin=2021)
    client, url = connecte("dgaln"), reverse("candidatures:appel_dupliquer", args=[appel.slug])
    envoi = {"titre": "Encore", "presentation": "Un texte.", "session": session.pk}
    envoi |= {"ouvre_le": "2027-01-10T09:00", "ferme_le": "2027-03-10T09:00"}
    demande = client.post(url, envoi)
    (case,) = demande.context["form"].confirmations
    assert "s’est terminée en 2021" in case["phrase"]
    assert client.post(url, envoi | {case["nom"]: "on"}).status_code == 302
    page = client.post(
        reverse("candidatures:session_nouvelle"),
        {"nom": "À rebours", "thematique": "Eau", "annee_debut": "2027", "annee_fin": "2025"},
    )
    assert page.context["form"].errors == {
        "annee_fin": ["La session se termine avant de commencer."]
    }
