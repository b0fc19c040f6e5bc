"""Two people close the same poll at once: one date is kept."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from ateliers.seances.models import Seance
from ateliers.sondages.domaine import reponses, sondages
from ateliers.sondages.models import Creneau, Sondage
from socle.erreurs import TransitionImpossible
from tests.factories.sondages import cles, faire_sondage, sondes

pytestmark = pytest.mark.django_db(transaction=True)


def test_deux_clotures_en_meme_temps_n_en_gardent_qu_une(distribution):
    sondage = faire_sondage(distribution)
    for sonde in sondes(sondage):
        reponses.repondre(sonde, choix={cle: "oui" for cle in cles(sondage)})
    depart, issues = Barrier(2), []

    def clore(creneau, par):
        try:
            depart.wait(timeout=10)
            sondages.cloturer(creneau=creneau, par=par, lieu="Mairie")
            issues.append("retenu")
        except TransitionImpossible:
            issues.append("refusé")
        finally:
            connection.close()

    paires = zip(sondage.creneaux.all()[:2], (distribution.ddt, distribution.dgaln), strict=True)
    fils = [Thread(target=clore, args=paire) for paire in paires]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(timeout=30)
    assert sorted(issues) == ["refusé", "retenu"]
    garde = Creneau.objects.get(sondage=sondage, retenu=True)
    assert Seance.objects.get(pk=sondage.seance_id).debut_prevu == garde.debut
    assert Sondage.objects.get(pk=sondage.pk).etat == "clos"
