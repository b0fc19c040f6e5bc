"""The letter as a PDF: titled, in French, tagged; the same words in the preview."""

import pikepdf
import pytest

from candidatures.dispositifs.models import Dispositif
from candidatures.instruction.choix import SensDecision
from candidatures.instruction.documents import OBJETS, OUVERTURES, SUITES, contexte_lettre
from socle.documents.domaine import geler
from socle.documents.models import Document
from tests.factories.instruction import decider, faire_en_evaluation, preparer


def test_la_lettre_est_un_pdf_accessible(distribution):
    candidature = decider(distribution, faire_en_evaluation(distribution))
    lettre = Document.objects.get(cle="lettre_decision")
    assert lettre.etat == "pret"
    with lettre.fichier.open("rb") as fichier, pikepdf.open(fichier) as pdf:
        assert str(pdf.Root.Lang) == "fr"
        assert pdf.Root.MarkInfo.Marked
        assert candidature.reference in str(pdf.docinfo["/Title"])
        assert len(pdf.pages) == lettre.pages


@pytest.mark.parametrize("sens", SensDecision.values)
def test_chaque_sens_a_ses_phrases(sens):
    assert OBJETS[sens] and OUVERTURES[sens] and SUITES[sens]


def test_la_lettre_de_reorientation_nomme_le_dispositif(distribution):
    flash = Dispositif.objects.get(pk="flash")
    preparee = preparer(
        distribution, faire_en_evaluation(distribution), SensDecision.REORIENTEE, vers=flash
    )
    contexte = contexte_lettre(preparee)
    assert contexte.dispositif_propose == flash.nom
    assert contexte.destinataires == [str(distribution.collectivite.organisme)]
    assert contexte.copie == str(distribution.ddt.organisme)
    assert geler("lettre_decision", preparee) == geler("lettre_decision", preparee)
