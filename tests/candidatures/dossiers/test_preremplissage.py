"""An address that opens a candidature already named and located."""

import pytest
from django.urls import reverse

from candidatures.dossiers.models import Candidature
from socle.territoires.models import Commune, Epci
from tests.factories.candidatures import faire_appel

pytestmark = pytest.mark.django_db


def test_l_adresse_prerempli_le_titre_et_le_perimetre(distribution, connecte):
    appel = faire_appel(distribution)
    adresse = reverse("candidatures:creer", args=[appel.slug])
    commune, epci = Commune.objects.order_by("code").first(), Epci.objects.order_by("code").first()
    demande = {
        "titre": "Une rivière",
        "commune": [commune.pk, "99999", "<script>"],
        "siret": f"{epci.pk}00017",
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


def test_sans_rien_dans_l_adresse_rien_n_est_prerempli(distribution, connecte):
    appel = faire_appel(distribution)
    adresse = reverse("candidatures:creer", args=[appel.slug])
    client = connecte("collectivite")
    assert client.get(adresse).context["form"].initial == {"titre": "", "territoire": ""}
    client.post(adresse, {"titre": "Sans périmètre"})
    assert Candidature.objects.get(titre="Sans périmètre").perimetre is None
