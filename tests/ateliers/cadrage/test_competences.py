"""The skills that the cahier des charges asks: from the dispositif, then as the pilot wants."""

import pytest
from django.urls import reverse

from ateliers.cadrage.domaine import competences
from socle.erreurs import ActionInterdite, ErreurMetier, TransitionImpossible
from tests.factories import ateliers as fabrique

pytestmark = pytest.mark.django_db


def test_les_competences_viennent_du_dispositif(distribution):
    flash = fabrique.faire_atelier(distribution, "flash")
    local = fabrique.faire_atelier(distribution, "local", titre="Un autre")
    assert competences.demandees(flash) == [
        ("architecture", 8),
        ("paysage", 6),
        ("concertation", 4),
    ]
    assert [discipline for discipline, _ in competences.demandees(local)][:2] == [
        "urbanisme",
        "paysage",
    ]


def test_le_pilote_les_remplace_a_l_ecran(distribution, connecte):
    atelier = fabrique.faire_atelier(distribution, "flash")
    adresse = reverse("ateliers:cahier_competences", args=[atelier.slug])
    client = connecte("ddt")
    saisie = {
        "ligne0_discipline": "hydrologie",
        "ligne0_jours": "12",
        "ligne1_discipline": "",
        "ligne1_jours": "6",
        "ligne2_discipline": "paysage",
        "ligne2_jours": "3",
    }
    assert client.post(adresse, saisie).status_code == 302
    assert competences.demandees(atelier) == [("hydrologie", 12), ("paysage", 3)]
    double = saisie | {"ligne2_discipline": "hydrologie"}
    refus = client.post(adresse, double)
    assert "Une discipline figure deux fois" in refus.content.decode()
    sans_jours = client.post(adresse, saisie | {"ligne2_jours": ""})
    assert set(sans_jours.context["form"].errors) == {"ligne2_jours"}
    assert competences.demandees(atelier) == [("hydrologie", 12), ("paysage", 3)]


def test_ni_un_tiers_ni_un_cahier_valide(distribution):
    atelier = fabrique.faire_atelier(distribution, "flash")
    for role in ("dreal", "equipe", "ddt_autre", "collectivite_autre"):
        with pytest.raises(ActionInterdite):
            competences.definir(
                atelier=atelier, par=getattr(distribution, role), competences=[("paysage", 2)]
            )
    with pytest.raises(ErreurMetier):
        competences.definir(atelier=atelier, par=distribution.ddt, competences=[("magie", 2)])
    fabrique.valider_cahier(distribution, atelier)
    with pytest.raises(TransitionImpossible):
        competences.definir(atelier=atelier, par=distribution.ddt, competences=[("paysage", 2)])
    assert competences.demandees(atelier)[0] == ("architecture", 8)
