"""The road between the stops of a visit: estimated, told, and the hours put right in one act."""

from datetime import time
from types import SimpleNamespace

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ateliers.programme.domaine import places, trajets
from ateliers.programme.domaine.photographie import photographier
from ateliers.programme.models import Arret
from ateliers.seances.models import Sequence
from socle.territoires.distances import kilometres, minutes_de_route
from socle.territoires.models import Commune, ContourCommune
from tests.factories.programme import faire_programme

DOULLENS, AMIENS = (50.1570, 2.3403), (49.8942, 2.2957)
POSITIONS = st.sampled_from([None, DOULLENS, AMIENS, (50.15, 2.33)])


def arret(arrivee, duree=20, position=None, precis=True):
    heure = time(*divmod(arrivee, 60))
    return SimpleNamespace(arrivee=heure, duree_min=duree, position=position, precis=precis)


ARRETS = st.lists(
    st.builds(arret, st.integers(480, 900), st.integers(1, 60), POSITIONS, st.booleans()),
    max_size=5,
)


def test_la_route_est_estimee_d_apres_la_distance():
    """Doullens to Amiens: 29 km as the crow flies, 38 by this estimate, 41 on the road."""
    assert round(kilometres(DOULLENS, AMIENS)) == 29
    assert (minutes_de_route(DOULLENS, AMIENS), minutes_de_route(AMIENS, AMIENS)) == (50, 0)
    _, trajet = trajets.trajets([arret(600, 20, DOULLENS), arret(660, 30, AMIENS)])
    assert (trajet.minutes, trajet.km, trajet.retard) == (50, 38, 10)
    assert trajet.texte == "environ 50\u00a0min de route (38\u00a0km), estimation"
    meme = [arret(600, 20, DOULLENS, precis=False), arret(610, 5, DOULLENS, precis=False)]
    _, inconnu = trajets.trajets(meme)
    assert (inconnu.minutes, inconnu.texte, inconnu.retard) == (None, "", 10)
    assert trajets.total([meme]).texte == "25\u00a0min sur place, 1 trajet non estimé"


@given(ARRETS)
def test_les_heures_recalees_peuvent_etre_tenues(arrets):
    """Never earlier than written, no later than needed: a second time changes nothing."""
    heures = trajets.recales(arrets)
    assert all(h >= a.arrivee for h, a in zip(heures, arrets, strict=True))
    for a, heure in zip(arrets, heures, strict=True):
        a.arrivee = heure
    assert [t.retard for t in trajets.trajets(arrets) if t] == [0] * max(0, len(arrets) - 1)
    assert trajets.recales(arrets) == heures


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("50,157 ; 2,340", (50.157, 2.34)),
        ("50.157,2.340", (50.157, 2.34)),
        ("50,157, 2,340", (50.157, 2.34)),
        ("-21.1 55.5", (-21.1, 55.5)),
        ("80600 Doullens", None),
        ("91 ; 2", None),
        ("Doullens", None),
    ],
)
def test_les_coordonnees_se_lisent_comme_on_les_ecrit(texte, attendu):
    assert places.coordonnees(texte) == attendu


@pytest.fixture
def contour(db):
    """Doullens in a frame of a tenth of a degree."""
    cadre = {"ouest": 2.30, "est": 2.38, "sud": 50.11, "nord": 50.20}
    ContourCommune.objects.update_or_create(
        commune=Commune.objects.get(code="80253"),
        defaults=cadre | {"geometrie": "", "surface_km2": 33, "millesime": 2026},
    )


def test_de_la_saisie_aux_heures_recalees(client, distribution, contour):
    """A name, coordinates, an unknown name told in its row; then one act, and the print."""
    seance, (_, visite, _) = faire_programme(distribution)
    client.force_login(distribution.equipe)
    ici = [seance.atelier.slug, seance.pk]
    url = reverse("ateliers:sequence_itineraire", args=[*ici, visite.pk])
    lignes = [("Belvédère", "10:00", "Doullens"), ("Halle", "10:30", "49,8942 ; 2,2957")]
    envoi = {}
    for rang, valeurs in enumerate(lignes):
        for champ, valeur in zip(("nom", "arrivee", "ou"), valeurs, strict=True):
            envoi[f"ligne{rang}_{champ}"] = valeur
        envoi[f"ligne{rang}_duree_min"] = 20
    refus = client.post(url, envoi | {"ligne0_ou": "Nulle-Part"})
    assert list(refus.context["form"].errors) == ["ligne0_ou"]
    assert Arret.objects.count() == 0
    avant = photographier(seance)
    assert client.post(url, envoi).status_code == 302
    assert [(a.commune_id, a.latitude, a.ou) for a in Arret.objects.all()] == [
        ("80253", None, "Doullens"),
        (None, 49.8942, "49,89420 ; 2,29570"),
    ]
    programme = reverse("ateliers:programme", args=ici)
    page = client.get(programme).content.decode()
    assert "environ 50\u00a0min de route" in page.lower()
    assert "Halle\u00a0: 11\u00a0h\u00a010 au lieu de 10\u00a0h\u00a030" in page
    assert "il manque 40\u00a0min" in page
    client.post(reverse("ateliers:sequence_recaler", args=[*ici, visite.pk]))
    assert [a.arrivee for a in Arret.objects.all()] == [time(10), time(11, 10)]
    assert "au lieu de" not in client.get(programme).content.decode()
    imprime = client.get(reverse("ateliers:programme_imprimer", args=ici)).content.decode()
    assert "40\u00a0min sur place, environ 50\u00a0min de route" in imprime
    assert Sequence.objects.filter(seance=seance).count() == len(avant)
