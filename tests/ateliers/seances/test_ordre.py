"""A step dated out of the dispositif's order is asked about, from every page that dates."""

import pytest

from ateliers.seances.domaine import agenda
from socle.erreurs import ConfirmationRequise
from socle.interface.templatetags.interface import date_courte
from tests.factories import ateliers as fabrique

pytestmark = pytest.mark.django_db


def test_un_lancement_apres_l_atelier_un_se_confirme(distribution):
    atelier = fabrique.faire_en_cours(distribution)
    lancement = fabrique.seance_de(atelier, "lancement")
    un = fabrique.programmer(distribution, fabrique.seance_de(atelier, rang=1), -100)
    dates = {"seance": lancement, "par": distribution.ddt}
    with pytest.raises(ConfirmationRequise) as apres:
        agenda.programmer(**dates, **fabrique.moments(-130), confirmes={"duree"})
    jour = date_courte(un.debut.date())
    assert (apres.value.cle, apres.value.champ) == ("ordre", "jour_debut")
    assert str(apres.value) == (
        f"Dans la démarche, « {lancement} » vient avant « {un} », prévue le {jour}. "
        "Cochez pour garder cette date."
    )
    agenda.programmer(**dates, **fabrique.moments(-60), confirmes={"duree"})
    agenda.reporter(**dates, **fabrique.moments(-130), motif="Crue", confirmes={"ordre", "duree"})
    lancement.refresh_from_db()
    assert lancement.debut > un.debut
