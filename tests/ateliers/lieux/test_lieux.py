"""Rooms: kept by the State services of their département, chosen while dating a séance."""

import pytest
from django.urls import reverse

from ateliers.lieux.domaine.lieux import ajouter_lieu, fermer_lieu, lieux_proposes, modifier_lieu
from ateliers.lieux.models import Lieu
from ateliers.seances.models import Occupation, Seance
from socle.erreurs import ActionInterdite, ConflitDeVersion, ErreurMetier
from socle.territoires.models import Commune, Departement
from tests.factories.participants import faire_seance

pytestmark = pytest.mark.django_db


def champs(**plus):
    return {
        "nom": "Halle aux grains",
        "adresse": "2, place Thélu",
        "commune": Commune.objects.get(pk="80253"),
        "departement": Departement.objects.get(pk="80"),
        "capacite": 120,
        "acces_pmr": True,
        "transports": "Gare à 600 m",
        "contact": "Mairie",
    } | plus


def test_le_service_du_departement_tient_la_liste(distribution):
    lieu = ajouter_lieu(par=distribution.ddt, **champs())
    assert (str(lieu), lieu.adresse_complete) == ("Halle aux grains", "2, place Thélu, Doullens")
    for role in ("collectivite", "equipe", "ddt_autre", "evaluateur"):
        with pytest.raises(ActionInterdite):
            ajouter_lieu(par=getattr(distribution, role), **champs(nom="Autre"))
    assert Lieu.objects.count() == 1


def test_un_lieu_ne_se_saisit_qu_une_fois(distribution):
    ajouter_lieu(par=distribution.ddt, **champs())
    with pytest.raises(ErreurMetier):
        ajouter_lieu(par=distribution.ddt, **champs())
    ailleurs = Commune.objects.exclude(departement="80").order_by("code").first()
    with pytest.raises(ErreurMetier):
        ajouter_lieu(par=distribution.dgaln, **champs(nom="Autre", commune=ailleurs))


def test_deux_corrections_ne_s_ecrasent_pas(distribution):
    lieu = ajouter_lieu(par=distribution.ddt, **champs())
    modifier_lieu(lieu=lieu, par=distribution.ddt, revision=0, **champs(capacite=80))
    with pytest.raises(ConflitDeVersion):
        modifier_lieu(lieu=lieu, par=distribution.ddt, revision=0, **champs(capacite=90))
    assert Lieu.objects.get().capacite == 80


def test_un_lieu_ferme_n_est_plus_propose(distribution):
    lieu = ajouter_lieu(par=distribution.ddt, **champs())
    assert list(lieux_proposes(["80"])) == [lieu]
    fermer_lieu(lieu=lieu, par=distribution.ddt, ferme=True)
    assert list(lieux_proposes(["80"])) == []


def test_le_formulaire_reconnait_la_commune(distribution, connecte):
    donnees = {"nom": "Halle", "departement": "80", "commune": "doullens", "acces_pmr": "oui"}
    connecte("ddt").post(reverse("ateliers:lieu_ajouter"), donnees)
    lieu = Lieu.objects.get()
    assert (lieu.commune_id, lieu.acces_pmr) == ("80253", True)
    donnees |= {"nom": "Autre", "commune": "Nullepart"}
    page = connecte("ddt").post(reverse("ateliers:lieu_ajouter"), donnees)
    assert "Aucune commune de ce département ne porte ce nom." in page.text


def test_dater_dans_un_lieu_connu_reprend_sa_fiche(distribution, connecte):
    seance = faire_seance(distribution, etat="a_programmer", lieu="")
    lieu = ajouter_lieu(par=distribution.ddt, **champs())
    page = reverse("ateliers:seance_programmer", args=[seance.atelier.slug, seance.pk])
    donnees = {
        "jour_debut": "2027-03-02",
        "heure_debut": "09:30",
        "jour_fin": "2027-03-02",
        "heure_fin": "17:00",
        "salle": lieu.pk,
    }
    connecte("ddt").post(page, donnees)
    lue = Seance.objects.get(pk=seance.pk)
    assert (lue.lieu, lue.adresse) == ("Halle aux grains", "2, place Thélu, Doullens")
    assert list(Occupation.objects.values_list("genre", "ferme")) == [
        ("equipe", False),
        ("lieu", False),
    ]
    preciser = reverse("ateliers:seance_decrire", args=[seance.atelier.slug, seance.pk])
    connecte("ddt").post(
        preciser, {"titre": "Atelier 1", "lieu": "Sous chapiteau", "revision": lue.revision}
    )
    lue.refresh_from_db()
    assert (lue.lieu, lue.salle) == ("Sous chapiteau", None)
    assert list(Occupation.objects.values_list("genre", flat=True)) == ["equipe"]


@pytest.mark.parametrize("nombre", [1, 3])
def test_nombre_de_requetes(distribution, connecte, django_assert_num_queries, nombre):
    for rang in range(nombre):
        ajouter_lieu(par=distribution.ddt, **champs(nom=f"Salle {rang}"))
    visiteur = connecte("ddt")
    with django_assert_num_queries(6):
        visiteur.get(reverse("ateliers:lieux"))
