"""What the pages of one dossier ask the database, whatever hangs on it."""

import pytest
from django.urls import reverse

from tests.factories.candidatures import faire_appel
from tests.factories.instruction import faire_en_evaluation, faire_evaluateur, noter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("nombre", [1, 3])
def test_un_dossier(distribution, connecte, django_assert_num_queries, nombre):
    evaluateurs = [faire_evaluateur(distribution, rang) for rang in range(nombre)]
    appel = faire_appel(distribution)
    candidature = faire_en_evaluation(distribution, appel=appel, evaluateurs=evaluateurs)
    for rang, evaluateur in enumerate(evaluateurs):
        noter(candidature, evaluateur, (rang, 3, 4))
    client = connecte("dgaln")
    for page, requetes in (("dossier", 6), ("instruire", REQUETES_INSTRUIRE)):
        adresse = reverse(f"candidatures:{page}", args=[candidature.reference])
        client.get(adresse)
        with django_assert_num_queries(requetes):
            assert client.get(adresse).status_code == 200


REQUETES_INSTRUIRE = 12
