"""Sign in, be refused, be cast; the demonstration never answers to the outside."""

import pytest
from django.contrib.auth import get_user
from django.db import IntegrityError, transaction
from django.urls import reverse

from config.demo.distribution import PERSONNES, installer_distribution
from config.environnement import Environnement, est_public
from socle.comptes.choix import Role
from socle.comptes.models import Organisme, Utilisateur
from tests.fixtures.distribution import CARTE

CLE = "k" * 60


def test_se_connecter_par_adresse_et_mot_de_passe(client, distribution):
    reponse = client.post(
        reverse("account_login"), {"login": "ddt@demo.example", "password": "demo-atelier"}
    )
    assert (reponse.status_code, reponse["Location"]) == (302, reverse("tableau_de_bord"))
    assert get_user(client) == distribution.ddt


def test_un_mauvais_mot_de_passe_se_dit_en_francais(client, distribution):
    reponse = client.post(
        reverse("account_login"), {"login": "ddt@demo.example", "password": "faux"}
    )
    assert reponse.context["form"].non_field_errors() == [
        "L’adresse e-mail ou le mot de passe sont incorrects."
    ]


def test_un_compte_ferme_ne_se_connecte_pas(client, distribution):
    Utilisateur.objects.filter(pk=distribution.ddt.pk).update(is_active=False)
    client.post(reverse("account_login"), {"login": "ddt@demo.example", "password": "demo-atelier"})
    assert get_user(client).is_authenticated is False


def test_une_page_protegee_mene_a_la_connexion_puis_revient(client, distribution):
    adresse = reverse("account_change_password")
    reponse = client.get(adresse)
    assert reponse["Location"] == f"{reverse('account_login')}?next={adresse}"
    reponse = client.post(
        reverse("account_login"),
        {"login": "ddt@demo.example", "password": "demo-atelier", "next": adresse},
    )
    assert reponse["Location"] == adresse


def test_on_n_ouvre_pas_son_compte_soi_meme(client, distribution):
    nombre = Utilisateur.objects.count()
    mots = {
        "email": "x@demo.example",
        "password1": "un-mot-assez-long",
        "password2": "un-mot-assez-long",
    }
    client.post(reverse("account_signup"), mots)
    assert Utilisateur.objects.count() == nombre


def test_la_distribution_est_offerte_en_un_clic(client, distribution):
    page = client.get(reverse("account_login"))
    assert [p.email for p in page.context["distribution"]] == list(CARTE.values())
    reponse = client.post(
        reverse("connexion_demonstration"), {"email": CARTE["equipe"], "next": "/courriels/"}
    )
    assert (reponse["Location"], get_user(client)) == ("/courriels/", distribution.equipe)


@pytest.mark.parametrize("suite", ["", "https://ailleurs.example/", "//ailleurs.example"])
def test_le_clic_ne_mene_jamais_ailleurs(client, distribution, suite):
    reponse = client.post(
        reverse("connexion_demonstration"), {"email": CARTE["ddt"], "next": suite}
    )
    assert reponse["Location"] == reverse("tableau_de_bord")


def test_le_clic_ne_donne_que_la_distribution(client, distribution):
    Utilisateur.objects.create_superuser("chef@dgaln.example", "x", prenom="A", nom="B")
    reponse = client.post(reverse("connexion_demonstration"), {"email": "chef@dgaln.example"})
    assert (reponse.status_code, get_user(client).is_authenticated) == (404, False)


def test_hors_demonstration_il_n_y_a_ni_clic_ni_distribution(client, distribution, settings):
    settings.DEMO = False
    page = client.get(reverse("account_login"))
    assert list(page.context["distribution"]) == []
    reponse = client.post(reverse("connexion_demonstration"), {"email": CARTE["ddt"]})
    assert (reponse.status_code, get_user(client).is_authenticated) == (404, False)
    with pytest.raises(RuntimeError, match="démonstration"):
        installer_distribution()


def test_se_deconnecter(connecte):
    visiteur = connecte("ddt")
    reponse = visiteur.post(reverse("account_logout"))
    assert (reponse.status_code, get_user(visiteur).is_authenticated) == (302, False)


def test_changer_de_mot_de_passe(connecte, distribution):
    mots = {"oldpassword": "demo-atelier", "password1": "court", "password2": "court"}
    visiteur = connecte("ddt")
    reponse = visiteur.post(reverse("account_change_password"), mots)
    assert sorted(reponse.context["form"].errors) == ["password1"]
    mots |= {"password1": "une-phrase-bien-longue", "password2": "une-phrase-bien-longue"}
    visiteur.post(reverse("account_change_password"), mots)
    distribution.ddt.refresh_from_db()
    assert distribution.ddt.check_password("une-phrase-bien-longue") is True


def test_la_distribution_s_installe_deux_fois_sans_rien_changer(distribution):
    avant = list(Utilisateur.objects.order_by("pk").values())
    organismes = list(Organisme.objects.order_by("pk").values())
    assert sorted(installer_distribution()) == sorted(CARTE.values())
    assert list(Utilisateur.objects.order_by("pk").values()) == avant
    assert list(Organisme.objects.order_by("pk").values()) == organismes


def test_les_territoires_de_la_distribution(distribution):
    ddt, dreal = distribution.ddt.organisme, distribution.dreal.organisme
    assert [d.code for d in ddt.departements.all()] == ["80"]
    assert [r.nom for r in dreal.regions.all()] == ["Hauts-de-France"]
    assert distribution.collectivite.organisme.epci.nom == "CC du Territoire Nord Picardie"
    assert distribution.collectivite_autre.organisme.epci.nom == "CA Fougères Agglomération"
    assert [p.email for p in PERSONNES] == list(CARTE.values())


def test_une_personne_est_rattachee_a_un_organisme(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Utilisateur.objects.create_user("seul@demo.example", "x", role=Role.DGALN)


@pytest.mark.parametrize(
    ("hote", "public"),
    [
        ("127.0.0.1", False),
        ("[::1]", False),
        ("10.1.2.3", False),
        ("localhost", False),
        ("web", False),
        ("demo.localhost", False),
        ("*", True),
        (".gouv.fr", True),
        ("8.8.8.8", True),
        ("ateliers.example", True),
    ],
)
def test_ce_qui_est_public(hote, public):
    assert est_public(hote) is public


@pytest.mark.parametrize(
    ("valeurs", "refus"),
    [
        ({}, None),
        ({"ALLOWED_HOSTS": "localhost,ateliers.gouv.fr"}, "« ateliers.gouv.fr »"),
        ({"ALLOWED_HOSTS": "*"}, "« * »"),
        ({"ADRESSE_PUBLIQUE": "http://ateliers.gouv.fr"}, "« ateliers.gouv.fr »"),
        ({"ADRESSE_PUBLIQUE": "https://localhost"}, "https"),
    ],
)
def test_la_demonstration_ne_repond_pas_au_dehors(valeurs, refus):
    defaut = {"DEMO": True, "ALLOWED_HOSTS": "127.0.0.1", "ADRESSE_PUBLIQUE": "http://127.0.0.1"}
    env = Environnement(SECRET_KEY=CLE, DEBUG=False, **(defaut | valeurs))
    if refus is None:
        env.verifier()
    else:
        with pytest.raises(ValueError, match=refus.replace("*", r"\*")):
            env.verifier()
    Environnement(SECRET_KEY=CLE, **(defaut | valeurs | {"DEMO": False})).verifier()


@pytest.mark.parametrize("modele", ["utilisateur", "organisme"])
def test_l_administration_des_comptes(modele, connecte, distribution):
    chef = Utilisateur.objects.create_superuser("chef@dgaln.example", "x", prenom="A", nom="B")
    visiteur = connecte(chef)
    objet = {"utilisateur": distribution.ddt, "organisme": distribution.ddt.organisme}[modele]
    adresses = [
        reverse(f"admin:comptes_{modele}_changelist"),
        reverse(f"admin:comptes_{modele}_add"),
        reverse(f"admin:comptes_{modele}_change", args=[objet.pk]),
    ]
    assert [visiteur.get(adresse).status_code for adresse in adresses] == [200, 200, 200]


def test_ouvrir_un_compte_depuis_l_administration(connecte, distribution):
    chef = Utilisateur.objects.create_superuser("chef@dgaln.example", "x", prenom="A", nom="B")
    connecte(chef).post(
        reverse("admin:comptes_utilisateur_add"),
        {
            "email": "Nouveau@Somme.example",
            "prenom": "Léa",
            "nom": "Martin",
            "role": Role.SERVICE_ETAT,
            "organisme": distribution.ddt.organisme.pk,
            "password1": "une-phrase-bien-longue",
            "password2": "une-phrase-bien-longue",
        },
    )
    nouveau = Utilisateur.objects.get(email="nouveau@somme.example")
    assert nouveau.check_password("une-phrase-bien-longue") is True
