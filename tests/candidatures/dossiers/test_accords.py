"""The outline and the communes: gaps told, proposals, one act each way, nothing silent."""

import pytest
from django.urls import reverse

from candidatures.dossiers.domaine import accords, depot, emprises, redaction, revisions
from candidatures.dossiers.domaine.ecarts import enumerer
from candidatures.dossiers.domaine.manques import avertissements, manques
from candidatures.dossiers.models import Candidature, RevisionChamp
from socle.territoires.domaine.contours_communes import importer_contours
from socle.territoires.models import Commune, Epci
from tests.factories.candidatures import communs, faire_brouillon, remplir
from tests.socle.territoires.test_traces import CARRE

pytestmark = pytest.mark.django_db

ABBEVILLE, ABLAINCOURT, BEAUVAL, DOULLENS, AUTHIEULE = "80001", "80002", "80071", "80253", "80044"


@pytest.fixture
def brouillon(distribution):
    importer_contours(["80"])
    return remplir(faire_brouillon(distribution), distribution.ddt)


def relire(candidature):
    return Candidature.objects.get(pk=candidature.pk)


def situer(candidature, par, *, communes=(), epcis=(), zones=()):
    redaction.enregistrer_identite(
        titre=candidature.titre,
        perimetre={
            "communes": Commune.objects.filter(code__in=communes),
            "epcis": Epci.objects.filter(code__in=epcis),
            "zones": zones,
        },
        **communs(candidature, par, "identite"),
    )
    return relire(candidature)


def tracer(candidature, par, texte):
    revision = revisions.revisions_de(candidature, "trace").get("trace", 0)
    revisions.enregistrer_champ(
        candidature=candidature, champ="trace", valeur=texte, revision=revision, par=par
    )
    return relire(candidature)


def adresse(nom, candidature):
    return reverse(f"candidatures:{nom}", args=[candidature.reference])


def test_les_ecarts_se_disent_sans_bloquer(distribution, brouillon, connecte):
    sans = tracer(brouillon, distribution.ddt, CARRE)
    assert avertissements(sans) == [
        "2 communes du périmètre sont hors du tracé\u00a0: Abbeville et Ablaincourt-Pressoir."
    ]
    assert manques(sans) == []
    doullens = situer(sans, distribution.ddt, communes=[DOULLENS])
    revisions_trace = revisions.revisions_de(doullens, "trace")["trace"]
    accords.tracer_les_communes(
        candidature=doullens, revision=revisions_trace, par=distribution.ddt
    )
    assert avertissements(relire(doullens)) == []
    ailleurs = situer(relire(doullens), distribution.ddt, communes=[DOULLENS, BEAUVAL])
    assert avertissements(ailleurs) == ["1 commune du périmètre est hors du tracé\u00a0: Beauval."]
    seule = situer(ailleurs, distribution.ddt, communes=[BEAUVAL])
    phrases = avertissements(seule)
    assert phrases[1:] == [
        "Le tracé couvre au moins la moitié de 1 commune absente du périmètre\u00a0: Doullens."
    ]
    page = connecte("ddt").get(adresse("territoire", seule)).content.decode()
    assert phrases[1] in page
    deposee = depot.deposer(candidature=seule, par=distribution.ddt)
    assert deposee.versions.get().contenu["emprise"]["ecarts"] == phrases


def test_sans_contour_rien_n_est_juge(distribution):
    nu = remplir(faire_brouillon(distribution), distribution.ddt)
    assert avertissements(tracer(nu, distribution.ddt, CARRE)) == []


def test_des_communes_touchees_a_la_liste(distribution, brouillon, connecte):
    candidature = tracer(brouillon, distribution.ddt, CARRE)
    client, url = connecte("ddt"), adresse("trace_communes", candidature)
    form = client.get(url).context["form"]
    assert [texte for _, texte in form.fields["communes"].choices] == [
        "Beauval (80)\u00a0: 14\u00a0% de la commune dans le tracé",
        "Abbeville (80)\u00a0: hors du tracé",
        "Ablaincourt-Pressoir (80)\u00a0: hors du tracé",
    ]
    assert form.fields["communes"].initial == [ABBEVILLE, ABLAINCOURT]
    avant = RevisionChamp.objects.count()
    envoi = {"communes": [BEAUVAL, ABBEVILLE], "revision": form.initial["revision"]}
    retour = reverse("candidatures:etape", args=[candidature.reference, "identite"])
    assert client.post(url, envoi).url == f"{retour}#id_perimetre"
    assert relire(candidature).perimetre.couverture == [ABBEVILLE, BEAUVAL]
    assert RevisionChamp.objects.filter(champ="perimetre").latest("revision").valeur == (
        f"C{ABBEVILLE}\nC{BEAUVAL}"
    )
    assert RevisionChamp.objects.count() > avant
    perime = client.post(url, {"communes": [BEAUVAL], "revision": envoi["revision"]})
    assert perime.status_code == 409
    assert relire(candidature).perimetre.couverture == [ABBEVILLE, BEAUVAL]
    vide = client.post(url, {"communes": [], "revision": envoi["revision"] + 1})
    assert "Gardez au moins une commune" in vide.content.decode()


def test_une_commune_a_moitie_couverte_est_proposee(distribution, brouillon, connecte):
    candidature = situer(brouillon, distribution.ddt, communes=[DOULLENS])
    accords.tracer_les_communes(candidature=candidature, revision=0, par=distribution.ddt)
    autre = situer(relire(candidature), distribution.ddt, communes=[AUTHIEULE])
    form = connecte("collectivite").get(adresse("trace_communes", autre)).context["form"]
    assert form.fields["communes"].initial == [DOULLENS, AUTHIEULE]
    assert (
        form.fields["communes"]
        .choices[0][1]
        .endswith("100\u00a0% de la commune dans le tracé, à ajouter\u00a0?")
    )


def test_retirer_une_commune_d_un_epci_entier(distribution, brouillon, connecte):
    epci = Epci.objects.get(communes=DOULLENS)
    zone = ("La vallée", Commune.objects.get(pk=DOULLENS).departement)
    candidature = situer(brouillon, distribution.ddt, epcis=[epci.pk], zones=[zone])
    membres = sorted(candidature.perimetre.couverture)
    assert accords.composer(candidature.perimetre, membres) == f"E{epci.pk}\nZ80:La vallée"
    tracer(candidature, distribution.ddt, CARRE)
    client, url = connecte("ddt"), adresse("trace_communes", candidature)
    gardees = [code for code in membres if code != AUTHIEULE]
    revision = client.get(url).context["form"].initial["revision"]
    reponse = client.post(url, {"communes": gardees, "revision": revision}, follow=True)
    assert f"N’étant plus entière, {epci.nom} est remplacée" in reponse.content.decode()
    perimetre = relire(candidature).perimetre
    assert sorted(c.pk for c in perimetre.communes.all()) == gardees == perimetre.couverture
    assert (perimetre.epcis.count(), perimetre.zones.get().nom) == (0, "La vallée")


def test_de_la_liste_au_contour(distribution, brouillon, connecte, django_assert_num_queries):
    candidature = situer(brouillon, distribution.ddt, communes=[DOULLENS, AUTHIEULE])
    client, url = connecte("ddt"), adresse("trace_reunir", candidature)
    client.get(url)
    with django_assert_num_queries(8):
        page = client.get(url)
    assert page.context["propose"]["surface_ha"] == pytest.approx(3800, rel=0.01)
    assert "Remplacer le tracé par ce contour" in page.content.decode()
    assert emprises.emprise(relire(candidature)).trace is None
    assert client.post(url, {"revision": 0}).status_code == 302
    assert emprises.emprise(relire(candidature)).surface_ha == page.context["propose"]["surface_ha"]
    situer(relire(candidature), distribution.ddt, communes=[DOULLENS])
    assert client.post(url, {"revision": 0}).status_code == 409  # somebody wrote meanwhile
    vide = client.get(adresse("trace_reunir", faire_brouillon(distribution)))
    assert "Aucun contour n’est tenu" in vide.content.decode()


def test_ouvert_a_qui_ecrit_seulement(distribution, brouillon, connecte):
    deposee = depot.deposer(candidature=brouillon, par=distribution.ddt)
    for nom in ("trace_communes", "trace_reunir"):
        assert connecte("ddt").get(adresse(nom, deposee)).status_code == 403
        assert connecte("dgaln").get(adresse(nom, deposee)).status_code == 403


def test_enumerer_abrege():
    assert enumerer(["A"]) == "A"
    assert enumerer("ABCDEF") == "A, B, C, D, E et F"
    assert enumerer("ABCDEFG") == "A, B, C, D, E et 2 autres"
