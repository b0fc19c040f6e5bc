"""What the pages of one dossier ask the database, whatever hangs on it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine.publication import relire
from candidatures.instruction.models import Decision, Evaluation
from socle.territoires.models import Perimetre
from tests.factories.candidatures import faire_appel
from tests.factories.instruction import faire_en_evaluation, faire_evaluateur, noter, preparer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("nombre", [1, 3])
def test_un_dossier(distribution, connecte, django_assert_num_queries, nombre):
    evaluateurs = [faire_evaluateur(distribution, rang) for rang in range(nombre)]
    appel = faire_appel(distribution)
    candidature = faire_en_evaluation(distribution, appel=appel, evaluateurs=evaluateurs)
    for rang, evaluateur in enumerate(evaluateurs):
        noter(candidature, evaluateur, (rang, 3, 4))
    client = connecte("dgaln")
    pages = (("dossier", 5), ("instruire", REQUETES_INSTRUIRE), ("preparer_decision", 10))
    for page, requetes in pages:
        adresse = reverse(f"candidatures:{page}", args=[candidature.reference])
        client.get(adresse)
        with django_assert_num_queries(requetes):
            assert client.get(adresse).status_code == 200


REQUETES_INSTRUIRE = 9


def _pages_de(client, adresse, motif):
    """What each page lists, and the queries that it took."""
    lues = []
    for numero in (1, 2):
        with CaptureQueriesContext(connection) as requetes:
            page = client.get(f"{adresse}?page={numero}").content.decode()
        lues.append((page.count(motif), len(requetes)))
    return lues


def test_soixante_decisions_tiennent_en_deux_pages(distribution, connecte):
    modele = preparer(distribution, faire_en_evaluation(distribution))
    copier_les_decisions(modele, 59)
    pages = _pages_de(connecte("dgaln"), "/instruction/decisions/", "Lire la lettre")
    assert pages == [(50, 7), (10, 7)]
    relecture = relire(distribution.dgaln, modele.candidature.appel)
    assert (relecture.total, len(relecture.ids), relecture.lettres) == (60, 60, 61)


def test_soixante_evaluations_tiennent_en_deux_pages(distribution, connecte):
    evaluateur = faire_evaluateur(distribution, 1)
    modele = faire_en_evaluation(distribution, evaluateurs=[evaluateur])
    copies = copier_les_candidatures(modele, 59)
    Evaluation.objects.bulk_create(
        Evaluation(
            candidature=c,
            evaluateur=evaluateur,
            confiee_le=timezone.now(),
            confiee_par=distribution.dgaln,
        )
        for c in copies
    )
    client = connecte(evaluateur)
    assert _pages_de(client, "/evaluations/", 'class="ligne-objet"') == [(50, 6), (10, 6)]
    assert client.get("/evaluations/").context["page"].paginator.num_pages == 2


def copier_les_candidatures(modele, nombre):
    """Bare rows of the same appel, in the same state: enough to be listed."""
    copies = []
    for rang in range(nombre):
        copie = Candidature.objects.get(pk=modele.pk)
        copie.pk, copie.reference, copie.titre = None, f"CAN-COPIE-{rang:03d}", f"Copie {rang}"
        perimetre = Perimetre.objects.get(pk=modele.perimetre_id)
        perimetre.pk = None
        perimetre.save()
        copie.perimetre = perimetre
        copies.append(copie)
    return Candidature.objects.bulk_create(copies)


def copier_les_decisions(modele, nombre):
    copies = copier_les_candidatures(modele.candidature, nombre)
    return Decision.objects.bulk_create(
        Decision(
            candidature=c,
            sens=modele.sens,
            motif=modele.motif,
            preparee_par=modele.preparee_par,
            preparee_le=modele.preparee_le,
        )
        for c in copies
    )
