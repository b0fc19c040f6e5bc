"""Hypotheses and sites démonstrateurs."""

import pytest
from django.db import IntegrityError, transaction

from ateliers.sites.domaine import hypotheses as verbes
from ateliers.sites.models import SiteDemonstrateur
from socle.erreurs import ActionInterdite, ConflitDeVersion, ErreurMetier, MotifRequis
from tests.factories import ateliers as fabrique
from tests.factories import participants as poses

pytestmark = pytest.mark.django_db


def emettre(distribution, atelier):
    return verbes.emettre_hypothese(atelier=atelier, par=distribution.equipe, titre="Et si…")


def test_une_hypothese_se_consolide_puis_se_retient(distribution):
    hypothese = emettre(distribution, poses.faire_atelier(distribution))
    verbes.changer_hypothese(hypothese=hypothese, par=distribution.equipe, verbe="consolider")
    with pytest.raises(ActionInterdite):
        verbes.changer_hypothese(hypothese=hypothese, par=distribution.equipe, verbe="retenir")
    retenue = verbes.changer_hypothese(hypothese=hypothese, par=distribution.ddt, verbe="retenir")
    assert retenue.etat == "retenue"
    with pytest.raises(MotifRequis):
        verbes.changer_hypothese(hypothese=hypothese, par=distribution.ddt, verbe="ecarter")


def test_deux_mains_sur_une_hypothese(distribution):
    hypothese = emettre(distribution, poses.faire_atelier(distribution))
    valeurs = {"hypothese": hypothese, "par": distribution.ddt, "titre": "Une", "texte": ""}
    verbes.reecrire_hypothese(revision=0, **valeurs)
    with pytest.raises(ConflitDeVersion):
        verbes.reecrire_hypothese(revision=0, **valeurs)


def test_un_site_ne_prend_pas_l_hypothese_d_un_autre_atelier(distribution):
    ailleurs = emettre(distribution, poses.faire_atelier(distribution))
    with pytest.raises(ErreurMetier):
        verbes.designer_site(
            atelier=poses.faire_atelier(distribution),
            par=distribution.equipe,
            nom="Filature",
            commune=ailleurs.atelier.perimetre.communes.first(),
            genre="friche",
            hypotheses=[ailleurs],
        )


def test_un_site_a_un_nom_par_atelier(distribution):
    atelier = poses.faire_atelier(distribution)
    site = fabrique.designer(distribution, atelier)
    with pytest.raises(ErreurMetier):
        fabrique.designer(distribution, atelier)
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteDemonstrateur.objects.filter(pk=site.pk).update(surface_m2=0)


@pytest.mark.parametrize("role", ["dreal", "ddt_autre", "collectivite_autre", "evaluateur"])
def test_seuls_les_acteurs_ecrivent(distribution, role):
    with pytest.raises(ActionInterdite):
        verbes.emettre_hypothese(
            atelier=poses.faire_atelier(distribution),
            par=getattr(distribution, role),
            titre="Et si…",
        )
