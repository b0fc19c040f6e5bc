"""The editor of rules: the form asks for the parameter of the type chosen."""

from django.urls import reverse

from candidatures.appels.models import RegleEligibilite


def test_ecrire_puis_reviser_une_regle(distribution, client):
    client.force_login(distribution.dgaln)
    adresse = reverse("candidatures:regle_nouvelle") + "?type=population_max"
    assert 'name="valeur"' in client.get(adresse).content.decode()
    donnees = {
        "portee": "d:flash",
        "libelle": "Petites communes",
        "valeur": "10000",
        "explication": "L’atelier flash vise les bourgs.",
    }
    assert client.post(adresse, donnees).status_code == 302
    regle = RegleEligibilite.objects.get(cle="petites-communes")
    assert regle.expression == {"type": "population_max", "valeur": 10_000}
    assert (regle.dispositif_id, regle.bloquante, regle.version) == ("flash", False, 1)
    reviser = reverse("candidatures:regle_reviser", args=[regle.pk])
    suite = donnees | {"valeur": "12000", "bloquante": "on"}
    assert client.post(reviser, suite).status_code == 302
    nouvelle = RegleEligibilite.objects.get(cle="petites-communes", active=True)
    assert (nouvelle.version, nouvelle.bloquante, nouvelle.expression["valeur"]) == (2, True, 12000)
    page = client.get(reverse("candidatures:regles")).content.decode()
    assert "Petites communes" in page
    assert client.get(reviser).status_code == 404


def test_une_liste_vide_est_refusee(distribution, client):
    client.force_login(distribution.dgaln)
    adresse = reverse("candidatures:regle_nouvelle") + "?type=dans_liste_regions"
    donnees = {"portee": "d:flash", "libelle": "R", "explication": "E"}
    assert client.post(adresse, donnees).status_code == 200
    assert RegleEligibilite.objects.filter(cle="r").count() == 0


def test_un_type_inconnu_n_est_pas_une_page(distribution, client):
    client.force_login(distribution.dgaln)
    assert client.get(reverse("candidatures:regle_nouvelle") + "?type=tout").status_code == 404
