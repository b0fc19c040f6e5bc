"""The letter as a PDF: titled, in French, tagged; the same words in the preview."""

import pikepdf
import pytest
from django.template.loader import render_to_string

from candidatures.dispositifs.models import Dispositif
from candidatures.instruction.choix import SensDecision
from candidatures.instruction.documents import OBJETS, OUVERTURES, SUITES, contexte_lettre
from candidatures.instruction.domaine import decision
from candidatures.instruction.models import Decision, Signataire
from socle.documents.domaine import geler
from socle.documents.models import Document
from socle.erreurs import ElementsManquants
from socle.interface.templatetags.interface import date_courte
from tests.factories.instruction import dans, decider, faire_en_evaluation, preparer


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
    direction = distribution.dgaln.organisme
    assert (contexte.service, contexte.bureau) == (direction.nom, "")
    for service, bureau in (("DGALN", ""), ("DGALN, bureau des villes", "Bureau des villes")):
        preparee.signataire = Signataire(nom="C. A.", qualite="Q", service=service)
        signee = contexte_lettre(preparee)
        assert (signee.service, signee.bureau) == (direction.nom, bureau)
    preparee.signataire = None
    assert contexte.dispositif_propose == flash.nom
    assert contexte.destinataires == [str(distribution.collectivite.organisme)]
    assert contexte.copie == str(distribution.ddt.organisme)
    assert geler("lettre_decision", preparee) == geler("lettre_decision", preparee)


def test_la_lettre_porte_le_jour_de_la_publication(distribution, connecte):
    """Dated four days before, as one prepared before the committee: refused, then redated."""
    candidature = faire_en_evaluation(distribution)
    with pytest.raises(ElementsManquants, match="jour à venir"):
        decision.preparer_decision(
            candidature=candidature,
            sens=SensDecision.RETENUE,
            motif="Oui.",
            datee_du=dans(-1),
            par=distribution.dgaln,
        )
    preparee = preparer(distribution, candidature)
    appel = candidature.appel
    Decision.objects.filter(pk=preparee.pk).update(datee_du=dans(-4))
    with pytest.raises(ElementsManquants, match="d’un autre jour que celui de la publication"):
        decision.publier_decisions(
            ids=[preparee.pk], par=distribution.dgaln, confirmes=decision.CONFIRMATIONS
        )
    page = f"/instruction/decisions/?appel={appel.slug}"
    dgaln = connecte("dgaln")
    assert "1\u00a0lettre n’est pas datée d’aujourd’hui" in dgaln.get(page).content.decode()
    dgaln.post(f"/instruction/decisions/{appel.slug}/redater/")
    assert "n’est pas datée d’aujourd’hui" not in dgaln.get(page).content.decode()
    relue = Document.objects.get(cle="lettre_decision")
    decision.publier_decisions(
        ids=[preparee.pk], par=distribution.dgaln, confirmes=decision.CONFIRMATIONS
    )
    lettre = Document.objects.get(cle="lettre_decision")
    assert (lettre.pk, lettre.contexte["date"]) == (relue.pk, date_courte(dans(0)))
    corps = render_to_string("documents/lettre_decision_corps.html", {"contexte": lettre.contexte})
    assert f"par la candidature «\u00a0{candidature.titre}\u00a0»" in corps
