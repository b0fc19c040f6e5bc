"""An address that opens a candidature already named and located."""

import pytest
from django.urls import reverse

from candidatures.dossiers.models import Candidature
from socle.territoires.domaine.siret import _cle
from socle.territoires.models import Commune, Epci
from tests.factories.candidatures import faire_appel, faire_brouillon


def siret(siren: str) -> str:
    """A SIRET of this SIREN, with its key."""
    return next(s for n in range(10) if not _cle(s := f"{siren}0001{n}"))


pytestmark = pytest.mark.django_db


def test_l_adresse_prerempli_le_titre_et_le_perimetre(distribution, connecte):
    appel = faire_appel(distribution)
    adresse = reverse("candidatures:creer", args=[appel.slug])
    commune, epci = Commune.objects.order_by("code").first(), Epci.objects.order_by("code").first()
    demande = {
        "titre": "Une rivière",
        "commune": [commune.pk, "99999", "<script>"],
        "siret": siret(epci.pk),
    }
    client = connecte("ddt")
    page = client.get(adresse, demande)
    assert page.context["form"].initial == {
        "titre": "Une rivière",
        "territoire": f"E{epci.pk}\nC{commune.pk}",
    }
    client.post(adresse, {"titre": "Une rivière", "territoire": f"E{epci.pk}\nC{commune.pk}"})
    creee = Candidature.objects.get(titre="Une rivière")
    assert [c.pk for c in creee.perimetre.communes.all()] == [commune.pk]
    assert [e.pk for e in creee.perimetre.epcis.all()] == [epci.pk]


def test_trois_communes_revenues_du_navigateur_sont_toutes_gardees(distribution, connecte):
    """A browser ends the lines of a hidden field its own way."""
    appel = faire_appel(distribution)
    communes = Commune.objects.filter(departement_id="80").order_by("code")[:3]
    codes = "\r\n".join(f"C{c.pk}" for c in communes)
    connecte("ddt").post(
        reverse("candidatures:creer", args=[appel.slug]),
        {"titre": "Trois communes", "territoire": codes},
    )
    creee = Candidature.objects.get(titre="Trois communes")
    assert list(creee.perimetre.communes.order_by("code")) == list(communes)


def test_sans_rien_dans_l_adresse_rien_n_est_prerempli(distribution, connecte):
    appel = faire_appel(distribution)
    adresse = reverse("candidatures:creer", args=[appel.slug])
    client = connecte("collectivite")
    assert client.get(adresse).context["form"].initial == {"titre": "", "territoire": ""}
    client.post(adresse, {"titre": "Sans périmètre"})
    assert Candidature.objects.get(titre="Sans périmètre").perimetre is None


def test_le_siret_d_une_commune_la_nomme(distribution, connecte):
    appel = faire_appel(distribution)
    commune = Commune.objects.exclude(siren="").order_by("code").first()
    numero = siret(commune.siren)
    espace = f"{numero[:3]} {numero[3:6]} {numero[6:9]} {numero[9:]}"
    page = connecte("ddt").get(
        reverse("candidatures:creer", args=[appel.slug]), {"siret": [espace, "12345678901234"]}
    )
    assert page.context["form"].initial["territoire"] == f"C{commune.pk}"
    assert [i.nom for i in page.context["identites"]] == [commune.nom]
    assert page.context["inconnus"] is True
    assert str(commune.departement) in page.content.decode()


def test_inviter_par_le_siret(distribution, connecte):
    brouillon = faire_brouillon(distribution)
    adresse = reverse("candidatures:inviter", args=[brouillon.reference])
    commune = Commune.objects.exclude(siren="").order_by("-code").first()
    client = connecte("ddt")
    faux = client.post(adresse, {"siret": "12345678901234"})
    assert faux.context["form"].errors == {
        "siret": ["« 12345678901234 » comporte une erreur : sa clé est fausse."]
    }
    inconnu = client.post(adresse, {"siret": "732829320"})
    assert "saisissez le nom à la main" in inconnu.content.decode()
    assert client.post(adresse, {"siret": siret(commune.siren)}).status_code == 302
    invites = [p.organisme.commune_id for p in brouillon.portages.order_by("pk")]
    assert invites[-1] == commune.pk
