"""The dashboard: as many queries for one task as for three, and never more lines than one reads."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ateliers.seances.models import Seance
from candidatures import taches
from candidatures.dossiers.models import Candidature
from socle.comptes.choix import NatureOrganisme
from socle.comptes.models import Organisme
from socle.interface.taches import COMPTES, PLAFOND, Tache, plafonner
from tests.factories.candidatures import faire_appel, faire_brouillon, faire_deposee
from tests.factories.participants import faire_atelier, faire_seance

PAGE = "/tableau-de-bord/"
REQUETES = {"dgaln": 12, "ddt": 11}


@pytest.mark.parametrize("nombre", [1, 3])
def test_autant_de_requetes_pour_une_tache_que_pour_trois(
    distribution, connecte, django_assert_num_queries, nombre
):
    appel = faire_appel(distribution, ferme_dans=10)
    demain = timezone.now() + timedelta(days=1)
    for rang in range(nombre):
        faire_brouillon(distribution, appel=appel, titre=f"Brouillon {rang}")
        faire_deposee(distribution, appel=appel, titre=f"Déposée {rang}")
        seance = faire_seance(distribution, atelier=faire_atelier(distribution))
        Seance.objects.filter(pk=seance.pk).update(debut_prevu=demain, fin_prevu=demain)
    for role, requetes in REQUETES.items():
        visiteur = connecte(role)
        visiteur.get(PAGE)
        with django_assert_num_queries(requetes):
            page = visiteur.get(PAGE)
        assert page.content.decode().count('class="tache__lien"') >= nombre, role


def _tache(organisme) -> Tache:
    return Tache("Voir", organisme.nom, "/")


def _reste(nombre) -> Tache:
    return Tache("Voir", f"{nombre} autres", "/", nombre=nombre)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("nombre", "dernier", "lignes", "en_tout", "plus"),
    [
        (0, None, 0, 0, False),
        (PLAFOND, f"O{PLAFOND - 1:03}", PLAFOND, PLAFOND, False),
        (PLAFOND + 2, "2 autres", PLAFOND + 1, PLAFOND + 2, False),
        (COMPTES, f"{COMPTES - PLAFOND} autres", PLAFOND + 1, COMPTES, False),
        (COMPTES + 9, f"plus de {COMPTES - PLAFOND} autres", PLAFOND + 1, COMPTES, True),
    ],
)
def test_un_tableau_de_bord_ne_compte_pas_tout_un_pays(
    django_assert_num_queries, nombre, dernier, lignes, en_tout, plus
):
    Organisme.objects.bulk_create(
        Organisme(nom=f"O{rang:03}", nature=NatureOrganisme.AUTRE, courriel="banc@x.example")
        for rang in range(nombre)
    )
    siens = Organisme.objects.filter(courriel="banc@x.example").order_by("nom")
    with django_assert_num_queries(1):
        lues = plafonner(siens, _tache, _reste)
    assert len(lues) == lignes
    assert sum(t.nombre for t in lues) == en_tout
    assert any(t.plus for t in lues) is plus
    assert (lues[-1].objet if lues else None) == dernier


def test_les_brouillons_d_un_service_sont_bornes(distribution):
    """Ten lines and one for the others, which the list shows; each state on its own."""
    modele = faire_brouillon(distribution, titre="Premier")
    Candidature.objects.bulk_create(
        Candidature(
            reference=f"C-{rang}",
            titre=f"Suivant {rang}",
            appel=modele.appel,
            service_pilote=modele.service_pilote,
            cree_par=distribution.ddt,
        )
        for rang in range(PLAFOND + 1)
    )
    lues = taches.a_traiter(distribution.ddt)
    assert [t.objet for t in lues][-1] == "2 autres candidatures"
    assert (len(lues), sum(t.nombre for t in lues)) == (PLAFOND + 1, PLAFOND + 2)
    assert lues[-1].url.endswith("/candidatures/?etat=brouillon")
    assert taches.a_traiter(distribution.ddt_autre) == []
