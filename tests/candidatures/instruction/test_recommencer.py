"""Start again from last year’s, with what was said of it."""

import pytest
from django.urls import reverse

from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine import recevabilite, recommencer
from socle.erreurs import ActionInterdite, TransitionImpossible
from tests.factories.candidatures import faire_appel, faire_brouillon, faire_deposee

pytestmark = pytest.mark.django_db
MOTIF = "Le périmètre dépasse le territoire du SCoT."


@pytest.fixture
def irrecevable(distribution):
    candidature = faire_deposee(distribution)
    recevabilite.declarer_irrecevable(candidature=candidature, motif=MOTIF, par=distribution.dgaln)
    return Candidature.objects.get(pk=candidature.pk)


def test_le_nouveau_brouillon_porte_le_texte_et_les_remarques(irrecevable, distribution, connecte):
    appel = faire_appel(distribution, titre="Appel suivant")
    url = reverse("candidatures:recommencer", args=[irrecevable.reference])
    reponse = connecte("collectivite").post(url, {"appel": appel.pk})
    copie = Candidature.objects.get(reprise_de=irrecevable)
    assert reponse.url == reverse("candidatures:etape", args=[copie.reference, "identite"])
    assert (copie.etat, copie.appel, copie.remarques_reprises) == ("brouillon", appel, MOTIF)
    textes = [list(c.sections.values_list("cle", "texte")) for c in (irrecevable, copie)]
    assert textes[0] == textes[1]
    assert list(copie.pieces.all()) == []
    assert MOTIF in connecte("ddt").get(reponse.url).content.decode()
    irrecevable.refresh_from_db()
    assert irrecevable.etat == "irrecevable"
    with pytest.raises(TransitionImpossible):
        recommencer.recommencer(candidature=irrecevable, appel=appel, par=distribution.ddt)


def test_un_brouillon_ou_un_etranger_ne_recommencent_rien(irrecevable, distribution):
    appel = faire_appel(distribution, titre="Appel suivant")
    for candidature, par in (
        (irrecevable, distribution.dgaln),
        (irrecevable, distribution.ddt_autre),
        (faire_brouillon(distribution), distribution.ddt),
    ):
        with pytest.raises(ActionInterdite):
            recommencer.recommencer(candidature=candidature, appel=appel, par=par)
    assert list(Candidature.objects.filter(reprise_de__isnull=False)) == []
