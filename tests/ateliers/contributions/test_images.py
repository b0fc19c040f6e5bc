"""A photo is shown when each person on it has agreed; one agreement less hides it at once."""

import zipfile
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction

from ateliers.contributions.domaine import images, requetes
from ateliers.contributions.domaine.contributions import modifier_contribution
from ateliers.contributions.models import ApparitionPhoto, Contribution
from ateliers.participants.domaine.besoins import consigner
from ateliers.participants.domaine.participants import retirer_participant
from socle.erreurs import ActionInterdite, ConflitDeVersion, ErreurMetier
from tests.ateliers.contributions.test_contributions import image, saisir, url
from tests.factories.participants import faire_atelier, faire_participants, faire_seance

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(distribution):
    """A photo on which two people are named; the first one has agreed."""
    seance = faire_seance(distribution)
    gens = faire_participants(distribution, seance.atelier, 2)
    carte = saisir(distribution, seance, photo=image(), photo_legende="Autour de la table")
    nommer(carte, gens, distribution.equipe)
    consigner(gens[0], objet="image", donne=True, par=distribution.ddt)
    return seance, carte, gens


def nommer(carte, gens, par, **plus):
    carte.refresh_from_db()
    options = {"inconnus": False, "revision": carte.revision} | plus
    return images.nommer(carte, participants=gens, par=par, **options)


def retenue(carte):
    return images.avec_retenue(Contribution.objects.filter(pk=carte.pk)).get().photo_retenue


def test_un_accord_qui_manque_retient_la_photo_partout(scene, distribution, connecte):
    seance, carte, gens = scene
    photo = url("contribution_photo", seance, carte.pk)
    roles = ("ddt", "equipe", "dgaln", "dreal", "collectivite")

    def statuts():
        return [connecte(role).get(photo).status_code for role in roles]

    assert statuts() == [200, 200, 200, 404, 404]
    mur = connecte("equipe").get(url("mur", seance)).content.decode()
    assert photo not in mur and "Photo non montrée" not in mur  # it is read by the whole room
    pages = {role: connecte(role).get(url("contributions", seance)) for role in roles}
    textes = {role: page.content.decode() for role, page in pages.items()}
    assert {role: "Photo non montrée" in texte for role, texte in textes.items()} == {
        "ddt": True,
        "equipe": True,
        "dgaln": True,
        "dreal": False,
        "collectivite": False,
    }
    assert photo not in textes["dreal"] + textes["collectivite"]
    etat = requetes.etat_du_mur(seance)
    consigner(gens[1], objet="image", donne=True, par=distribution.ddt)
    assert statuts() == [200] * 5
    assert connecte("dreal").get(url("mur_cartes", seance), {"etat": etat}).status_code == 200
    assert photo in connecte("dreal").get(url("mur", seance)).content.decode()


def test_un_accord_retire_cache_meme_une_photo_deja_vue(scene, distribution, connecte):
    seance, carte, gens = scene
    consigner(gens[1], objet="image", donne=True, par=distribution.ddt)
    visiteur, photo = connecte("dreal"), url("contribution_photo", seance, carte.pk)
    vue = visiteur.get(photo)
    assert vue["Cache-Control"] == "private, no-cache"
    entetes = {"If-None-Match": vue["ETag"]}
    assert visiteur.get(photo, headers=entetes).status_code == 304
    etat = requetes.etat_du_mur(seance)
    consigner(gens[0], objet="image", donne=False, par=distribution.ddt)
    assert visiteur.get(photo, headers=entetes).status_code == 404
    assert requetes.etat_du_mur(seance) == f"{etat}-{carte.pk}"


def test_un_accord_d_un_autre_atelier_ou_pour_autre_chose_ne_compte_pas(distribution):
    seance = faire_seance(distribution)
    (ada,) = faire_participants(distribution, seance.atelier, 1)
    (ailleurs,) = faire_participants(distribution, faire_atelier(distribution), 1)
    assert ailleurs.personne == ada.personne
    consigner(ailleurs, objet="image", donne=True, par=distribution.ddt)
    consigner(ada, objet="enregistrement", donne=True, par=distribution.ddt)
    carte = saisir(distribution, seance, photo=image())
    assert retenue(carte) is False  # nobody is named
    nommer(carte, [ada], distribution.ddt)
    assert retenue(carte) is True
    with pytest.raises(ErreurMetier):
        nommer(carte, [ailleurs], distribution.ddt)
    with pytest.raises(ActionInterdite):
        nommer(carte, [], distribution.collectivite)
    with pytest.raises(ConflitDeVersion):
        nommer(carte, [], distribution.ddt, revision=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApparitionPhoto.objects.create(
            contribution=carte, participant=ada, nommee_par=distribution.ddt
        )


def test_qui_part_ne_libere_pas_la_photo(scene, distribution, connecte):
    seance, carte, gens = scene
    consigner(gens[1], objet="image", donne=True, par=distribution.ddt)
    retirer_participant(gens[1], par=distribution.ddt)
    assert retenue(carte) is True
    client = connecte("ddt")
    page = url("contribution_personnes", seance, carte.pk)
    lue = client.get(page)
    assert "une personne partie de l’atelier" in lue.content.decode()
    saisie = {"participants": [gens[0].pk], "revision": lue.context["form"].initial["revision"]}
    assert client.post(page, saisie | {"oublier_partis": "on"}).status_code == 302
    assert retenue(carte) is False


def test_des_inconnus_retiennent_la_photo_et_une_autre_photo_oublie_les_noms(scene, distribution):
    seance, carte, gens = scene
    nommer(carte, gens[:1], distribution.ddt)
    assert retenue(carte) is False
    nommer(carte, gens[:1], distribution.ddt, inconnus=True)
    assert retenue(carte) is True
    modifier_contribution(
        carte, par=distribution.ddt, revision=3, photo=image(), photo_inconnus=False
    )
    assert (ApparitionPhoto.objects.count(), retenue(carte)) == (0, False)


def test_l_archive_ne_contient_que_ce_qui_se_montre(scene, distribution, connecte):
    seance, carte, gens = scene
    libre = saisir(distribution, seance, photo=image(), photo_legende="=La maquette")
    archive = url("contributions_photos", seance)
    octets = b"".join(connecte("collectivite").get(archive).streaming_content)
    with zipfile.ZipFile(BytesIO(octets)) as lue:
        assert sorted(lue.namelist()) == [f"photo-{libre.pk}.jpg", "photos.csv"]
        assert "'=La maquette" in lue.read("photos.csv").decode()
    assert connecte("dreal").get(archive).status_code == 403
