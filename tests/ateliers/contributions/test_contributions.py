from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ateliers.contributions.domaine import contributions as verbes
from ateliers.contributions.domaine import requetes
from ateliers.contributions.domaine.photos import nettoyer
from ateliers.contributions.models import Contribution
from ateliers.seances.models import Seance
from ateliers.sites.models import Hypothese
from socle.erreurs import ActionInterdite, ConflitDeVersion, ErreurMetier, TransitionImpossible
from socle.journal.models import Entree
from tests.factories.participants import faire_atelier, faire_seance

GPS, ORIENTATION, ARTISTE = 0x8825, 0x0112, 0x013B


def image(largeur=60, hauteur=40, forme="JPEG", mode="RGB"):
    exif = Image.Exif()
    exif[ORIENTATION], exif[ARTISTE] = 6, "Jeanne Martin"
    exif.get_ifd(GPS)[1] = "N"
    tampon = BytesIO()
    Image.new(mode, (largeur, hauteur), "red").save(tampon, forme, exif=exif)
    return SimpleUploadedFile("vacances.jpg", tampon.getvalue(), "image/jpeg")


def saisir(distribution, seance, par="equipe", **champs):
    decrite = {"photo_legende": "Les berges"} if champs.get("photo") else {}
    champs = {"texte": "Rouvrir les berges."} | decrite | champs
    return verbes.enregistrer_contribution(seance=seance, par=getattr(distribution, par), **champs)


def test_photo_sans_metadonnee_et_redressee():
    propre = nettoyer(image())
    lue = Image.open(propre)
    assert (lue.format, lue.size, dict(lue.getexif())) == ("JPEG", (40, 60), {})
    assert b"Jeanne" not in propre.read() and propre.name != "vacances.jpg"


def test_photo_reduite_et_transparente():
    assert Image.open(nettoyer(image(3000, 1500))).size == (1000, 2000)
    assert Image.open(nettoyer(image(10, 10, "PNG", "RGBA"))).mode == "RGB"


@given(st.binary(max_size=200))
@settings(max_examples=30)
def test_ce_qui_n_est_pas_une_photo(octets):
    with pytest.raises(ErreurMetier):
        nettoyer(SimpleUploadedFile("photo.jpg", octets))


def test_svg_refuse():
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    with pytest.raises(ErreurMetier) as refus:
        nettoyer(SimpleUploadedFile("photo.svg", svg, "image/svg+xml"))
    assert refus.value.message.startswith("Ce fichier n’est pas une photo lisible")


@pytest.mark.django_db
class TestVerbes:
    def test_enregistrer(self, distribution):
        seance = faire_seance(distribution)
        contribution = saisir(
            distribution,
            seance,
            nature="constat",
            table=" 3 ",
            ressource="naturelles",
            college="habitants",
            photo=image(),
        )
        lue = Contribution.objects.get()
        assert (lue.table, lue.nature, lue.saisie_par) == ("3", "constat", distribution.equipe)
        assert lue.photo.name.startswith("contributions/") and "vacances" not in lue.photo.name
        entree = Entree.objects.filter(action="contribution.saisie").get()
        assert (entree.objet_id, entree.details) == (str(seance.pk), {"nature": "constat"})
        assert requetes.etat_du_mur(seance) == f"1-{contribution.pk}-0"

    @pytest.mark.parametrize("role", ["dreal", "evaluateur", "ddt_autre", "collectivite_autre"])
    def test_qui_ne_saisit_pas(self, distribution, role):
        with pytest.raises(ActionInterdite):
            saisir(distribution, faire_seance(distribution), par=role)

    @pytest.mark.parametrize("etat", ["a_programmer", "annulee"])
    def test_seance_fermee(self, distribution, etat):
        with pytest.raises(TransitionImpossible):
            saisir(distribution, faire_seance(distribution, etat=etat))

    def test_corriger(self, distribution):
        contribution = saisir(distribution, faire_seance(distribution), photo=image())
        ancienne, stockage = contribution.photo.name, contribution.photo.storage
        corrigee = verbes.modifier_contribution(
            contribution, par=distribution.ddt, revision=0, texte="Autre", photo=image()
        )
        assert (corrigee.texte, corrigee.revision) == ("Autre", 1)
        assert not stockage.exists(ancienne) and stockage.exists(corrigee.photo.name)
        with pytest.raises(ConflitDeVersion):
            verbes.modifier_contribution(
                contribution, par=distribution.equipe, revision=0, texte="Encore"
            )
        with pytest.raises(ActionInterdite):
            verbes.modifier_contribution(
                contribution, par=distribution.collectivite, revision=1, texte="Non"
            )

    def test_retirer(self, distribution):
        seance = faire_seance(distribution)
        premiere, seconde = saisir(distribution, seance), saisir(distribution, seance)
        verbes.retirer_contribution(premiere, par=distribution.equipe)
        assert list(Contribution.objects.all()) == [seconde]
        Seance.objects.update(etat="tenue", debut_reel=seance.debut, fin_reelle=seance.fin)
        with pytest.raises(TransitionImpossible):
            verbes.retirer_contribution(seconde, par=distribution.equipe)

    def test_hypothese_d_un_autre_atelier(self, distribution):
        autre = Hypothese.objects.create(
            atelier=faire_atelier(distribution), titre="H", emise_le="2026-03-03"
        )
        with pytest.raises(ErreurMetier):
            saisir(distribution, faire_seance(distribution), hypothese=autre)

    def test_texte_vide(self, distribution):
        with pytest.raises(ErreurMetier):
            saisir(distribution, faire_seance(distribution), texte="  ")

    def test_repartition(self, distribution):
        seance = faire_seance(distribution)
        saisir(distribution, seance, ressource="naturelles", college="elus")
        saisir(distribution, seance, ressource="naturelles")
        natures = requetes.par_ressource(seance.atelier)
        assert len(natures) == 7
        assert [x for x in natures if x[2]] == [("naturelles", "Ressources naturelles", 2)]
        assert [x for x in requetes.par_college(seance.atelier) if x[2]] == [("elus", "Élus", 1)]


def url(nom, seance, *plus):
    return reverse(f"ateliers:{nom}", args=[seance.atelier.slug, *(plus or [seance.pk])])


@pytest.mark.django_db
class TestPages:
    def test_saisie_rapide(self, distribution, connecte):
        seance = faire_seance(distribution)
        client = connecte("equipe")
        adresse = url("contributions", seance)
        assert "Rien n’est encore noté." in client.get(adresse).content.decode()
        carte = {"texte": "Une passerelle", "nature": "idee", "table": "2", "college": "elus"}
        reponse = client.post(adresse, carte | {"photo": image(), "photo_legende": "Le gué"})
        assert reponse.status_code == 302
        assert reponse.url == f"{adresse}?nature=idee&table=2&college=elus"
        page = client.get(reponse.url).content.decode()
        assert 'value="2"' in page and 'alt="Le gué"' in page and "Corriger" in page
        photo = url("contribution_photo", seance, Contribution.objects.get().pk)
        assert client.get(photo)["Content-Type"] == "image/jpeg"
        muette = client.post(adresse, carte | {"photo": image()})
        assert "Décrivez la photo" in muette.content.decode()
        vide = client.post(adresse, {"texte": "", "nature": "idee"})
        assert vide.status_code == 200 and Contribution.objects.count() == 1

    def test_corriger_et_retirer(self, distribution, connecte):
        seance = faire_seance(distribution)
        contribution = saisir(distribution, seance, photo=image())
        client = connecte("equipe")
        modifier = url("contribution_modifier", seance, contribution.pk)
        assert client.get(modifier).status_code == 200
        donnees = {"texte": "Mieux", "nature": "question", "revision": 0, "sans_photo": "on"}
        assert client.post(modifier, donnees).status_code == 302
        lue = Contribution.objects.get()
        assert (lue.texte, lue.nature, bool(lue.photo)) == ("Mieux", "question", False)
        assert client.post(modifier, donnees).status_code == 409
        assert client.post(url("contribution_retirer", seance, lue.pk)).status_code == 302
        assert Contribution.objects.count() == 0

    def test_la_dreal_lit_sans_ecrire(self, distribution, connecte):
        seance = faire_seance(distribution)
        saisir(distribution, seance)
        client = connecte("dreal")
        page = client.get(url("contributions", seance)).content.decode()
        assert "Rouvrir les berges." in page and "Corriger" not in page and "Saisir" not in page
        assert client.post(url("contributions", seance), {"texte": "x"}).status_code == 403

    def test_mur(self, distribution, connecte):
        seance = faire_seance(distribution)
        saisir(distribution, seance, table="A")
        client = connecte("equipe")
        page = client.get(url("mur", seance) + "?table=A").content.decode()
        assert "every 5s" in page and "Table A" in page
        assert "every 5s" not in client.get(url("mur", seance) + "?pause=1").content.decode()
        assert client.get(url("mur", seance) + "?auto=1")["Refresh"] == "10"
        etat = requetes.etat_du_mur(seance)
        fragment = url("mur_cartes", seance)
        assert client.get(fragment, {"etat": etat}).status_code == 204
        saisir(distribution, seance, texte="Une halle")
        neuf = client.get(fragment, {"etat": etat})
        assert neuf.status_code == 200 and "Une halle" in neuf.content.decode()
        seule = client.get(fragment, {"table": "A"}).content.decode()
        assert "Une halle" not in seule

    @pytest.mark.parametrize("nombre", [1, 3])
    @pytest.mark.parametrize(("page", "requetes_sql"), [("contributions", 8), ("mur", 8)])
    def test_nombre_de_requetes(
        self, distribution, connecte, django_assert_num_queries, page, requetes_sql, nombre
    ):
        seance = faire_seance(distribution)
        for rang in range(nombre):
            saisir(distribution, seance, texte=f"Idée {rang}")
        client = connecte("ddt")
        client.get(url(page, seance))
        with django_assert_num_queries(requetes_sql):
            assert client.get(url(page, seance)).status_code == 200
