"""Prepared against deliberated: shown, aligned or justified, never published as it is."""

import pytest
from django.urls import reverse

from candidatures.comite.domaine import decisions as verbes
from candidatures.comite.domaine import ecarts
from candidatures.instruction.choix import SensDecision as S
from candidatures.instruction.domaine import decision, desistements
from candidatures.instruction.domaine.avant_publication import avant_publication
from candidatures.instruction.domaine.publication import relire
from candidatures.instruction.models import Decision
from socle.erreurs import ActionInterdite, ElementsManquants, MotifRequis, TransitionImpossible
from tests.factories.comite import clore_comite, deliberer, faire_comite, ouvrir_comite
from tests.factories.instruction import MOTIF, deporter, faire_en_evaluation, frais, preparer

ECRIT = "Le comité juge le projet trop avancé."


@pytest.fixture
def delibere(distribution):
    """a retained, b in reserve, c refused with a written motif; c was prepared as retained."""
    comite, (a, b, c) = faire_comite(distribution)
    preparer(distribution, c, S.RETENUE, motif="Ancien motif.")
    comite = ouvrir_comite(distribution, comite)
    deliberer(distribution, comite, c, "ne_pas_retenir", motif=ECRIT)
    return clore_comite(distribution, comite), (a, b, c)


@pytest.fixture
def dgaln(client, distribution):
    client.force_login(distribution.dgaln)
    return client


def page(comite, nom="comite_decisions", *args):
    return reverse(f"candidatures:{nom}", args=[comite.pk, *args])


def pendante(candidature):
    return Decision.objects.get(candidature=candidature, publication=None)


def publier(distribution, *candidatures):
    ids = [pendante(c).pk for c in candidatures]
    return decision.publier_decisions(
        ids=ids, par=distribution.dgaln, un_seul_appel=True, confirmes=decision.CONFIRMATIONS
    )


def test_l_ecart_se_lit_dossier_par_dossier(distribution, delibere, dgaln):
    comite, (_a, _b, c) = delibere
    (lu,) = ecarts.ecarts_lus(comite, distribution.dgaln)
    assert (lu.decision.candidature_id, lu.prepare, lu.delibere, lu.bloque) == (
        c.pk,
        S.RETENUE.label,
        S.NON_RETENUE.label,
        True,
    )
    texte = dgaln.get(page(comite)).content.decode()
    assert texte.count("Bloque la publication") == 1
    assert "Aligner 1\u00a0décision sur la délibération" in texte
    assert (c.reference, "une décision contraire est déjà préparée (Retenir)") in verbes.planifier(
        comite, distribution.dgaln
    ).refus


def test_une_decision_qui_contredit_le_comite_ne_se_publie_pas(distribution, delibere, dgaln):
    comite, (*_, c) = delibere
    with pytest.raises(ElementsManquants, match="contredit la délibération"):
        publier(distribution, c)
    assert frais(c).etat == "en_evaluation"
    confirmer = reverse("candidatures:decisions_confirmer")
    texte = dgaln.get(confirmer, {"appel": c.appel.slug}).content.decode()
    assert "décision contredit la délibération du comité" in texte
    assert f'{page(comite)}#ecarts"' in texte


def test_aligner_reprend_le_sens_et_le_motif_du_comite(distribution, delibere, dgaln):
    comite, (*_, c) = delibere
    perimee = dgaln.post(page(comite, "comite_aligner"), {"annonce": "2"})
    assert (perimee.status_code, pendante(c).sens) == (302, S.RETENUE)
    dgaln.post(page(comite, "comite_aligner"), {"annonce": "1"})
    assert (pendante(c).sens, pendante(c).motif) == (S.NON_RETENUE, ECRIT)
    assert ecarts.ecarts_lus(comite, distribution.dgaln) == []
    publier(distribution, c)
    assert frais(c).etat == "non_retenue"


def test_sans_motif_du_comite_l_ancien_motif_ne_sert_pas_a_un_refus(distribution):
    comite, (a, *_) = faire_comite(distribution)
    preparer(distribution, a, S.NON_RETENUE, motif="Refus.")
    comite = clore_comite(distribution, ouvrir_comite(distribution, comite))
    (lu,) = ecarts.ecarts_lus(comite, distribution.dgaln)
    assert (lu.motif, lu.bloque) == ("", True)
    with pytest.raises(ElementsManquants):
        ecarts.aligner_decisions(comite=comite, par=distribution.dgaln)
    assert pendante(a).sens == S.NON_RETENUE


def test_un_ecart_motive_se_publie(distribution, delibere, dgaln):
    comite, (*_, c) = delibere
    with pytest.raises(MotifRequis):
        ecarts.justifier_ecart(decision=pendante(c), motif="  ", par=distribution.dgaln)
    with pytest.raises(ActionInterdite):
        ecarts.justifier_ecart(decision=pendante(c), motif="Oui", par=distribution.ddt)
    adresse = page(comite, "comite_justifier", c.reference)
    assert dgaln.get(adresse).status_code == 200
    dgaln.post(adresse, {"motif": "Arbitrage de la ministre."})
    (lu,) = ecarts.ecarts_lus(comite, distribution.dgaln)
    assert (lu.bloque, lu.decision.motif_ecart) == (False, "Arbitrage de la ministre.")
    publier(distribution, c)
    assert frais(c).etat == "retenue"


def test_une_autre_substance_perd_le_motif_de_l_ecart(distribution, delibere):
    _, (*_, c) = delibere
    ecarts.justifier_ecart(decision=pendante(c), motif="Oui.", par=distribution.dgaln)

    def reecrire(sens, revision):
        return decision.preparer_decision(
            candidature=c, sens=sens, motif=MOTIF, revision=revision, par=distribution.dgaln
        )

    assert reecrire(S.RETENUE, 0).motif_ecart == "Oui."
    assert reecrire(S.RESERVE, 1).motif_ecart == ""


def test_un_motif_different_se_montre_sans_bloquer(distribution):
    comite, (a, *_) = faire_comite(distribution)
    preparer(distribution, a, S.RETENUE, motif="Ancien motif.")
    comite = ouvrir_comite(distribution, comite)
    deliberer(distribution, comite, a, "retenir", motif=ECRIT)
    comite = clore_comite(distribution, comite)
    (lu,) = ecarts.ecarts_lus(comite, distribution.dgaln)
    assert (lu.contredit, lu.bloque, lu.motif) == (False, False, ECRIT)


def test_une_reserve_reecrite_garde_son_rang(distribution, delibere):
    comite, (_a, b, _c) = delibere
    motif = preparer_un_motif(S.RESERVE)
    verbes.preparer_decisions(comite=comite, motifs={S.RESERVE: motif}, par=distribution.dgaln)
    assert pendante(b).rang_reserve == 1
    decision.preparer_decision(
        candidature=b, sens=S.RESERVE, motif="Autre texte.", par=distribution.dgaln
    )
    assert pendante(b).rang_reserve == 1
    publier(distribution, b)


def test_la_promotion_depuis_la_reserve_n_est_pas_un_ecart(distribution, delibere):
    comite, (a, b, _c) = delibere
    motifs = {sens: preparer_un_motif(sens) for sens in (S.RESERVE, S.RETENUE)}
    verbes.preparer_decisions(comite=comite, motifs=motifs, par=distribution.dgaln)
    publier(distribution, a, b)
    desistements.constater_desistement(
        candidature=frais(a), motif="Nous renonçons.", par=distribution.dgaln
    )
    desistements.promouvoir(
        candidature=frais(b), remplace=frais(a), motif=MOTIF, par=distribution.dgaln
    )
    publier(distribution, b)
    assert frais(b).etat == "retenue"


def preparer_un_motif(sens):
    from candidatures.instruction.models import MotifType

    return MotifType.objects.get_or_create(
        sens=sens, libelle="Essai", defaults={"texte": f"Motif : {sens}."}
    )[0]


def test_le_nombre_annonce_est_le_nombre_prepare(distribution, delibere, dgaln):
    comite, (a, b, _c) = delibere
    motif = preparer_un_motif(S.RETENUE)
    deux = preparer_un_motif(S.RESERVE)
    texte = dgaln.get(page(comite)).content.decode()
    assert ("Aucune décision à préparer" in texte, "Compter avec ces motifs" in texte) == (
        True,
        True,
    )
    assert texte.count("Écrire le motif") == 2
    reponse = dgaln.post(page(comite), {"annonce": "", f"motif_{S.RETENUE}": motif.pk})
    assert (reponse.status_code, Decision.objects.count()) == (200, 1)
    relue = reponse.content.decode()
    assert "Avec ces choix, 1\u00a0décision serait préparée" in relue
    assert "Préparer la décision" in relue
    assert f'value="{a.reference}"' in relue
    dgaln.post(page(comite), {"annonce": a.reference, f"motif_{S.RETENUE}": motif.pk})
    assert (pendante(a).sens, Decision.objects.count()) == (S.RETENUE, 2)
    envoi = {"annonce": b.reference, f"motif_{S.RESERVE}": deux.pk}
    assert dgaln.post(page(comite), envoi).status_code == 302
    assert Decision.objects.count() == 3


def test_un_agent_deporte_ne_lit_pas_l_ecart(distribution, delibere, dgaln):
    comite, (*_, c) = delibere
    deporter(distribution, c, distribution.dgaln)
    texte = dgaln.get(page(comite)).content.decode()
    assert (c.titre in texte, c.reference in texte) == (False, False)
    assert "Dossier fermé par votre déport" in texte
    assert dgaln.get(page(comite, "comite_justifier", c.reference)).status_code == 404


def test_une_decision_conforme_ne_se_justifie_pas(distribution, delibere):
    _, (a, *_) = delibere
    preparer(distribution, a, S.RETENUE)
    with pytest.raises(TransitionImpossible):
        ecarts.justifier_ecart(decision=pendante(a), motif="Oui.", par=distribution.dgaln)


@pytest.mark.parametrize("nombre", [1, 3])
def test_les_dossiers_sans_decision_sont_dits(
    distribution, dgaln, nombre, django_assert_num_queries
):
    premier = faire_en_evaluation(distribution, titre="Premier")
    autres = [
        faire_en_evaluation(distribution, appel=premier.appel, titre=f"Sans {i}")
        for i in range(nombre)
    ]
    preparer(distribution, premier)
    preparees = relire(distribution.dgaln, premier.appel).preparees
    with django_assert_num_queries(3):
        lu = avant_publication(distribution.dgaln, premier.appel, preparees)
    assert lu.inacheves == "1\u00a0évaluation confiée"  # the others are not decided now
    assert [c.pk for c in lu.sans_decision] == [c.pk for c in autres]
    for nom in ("decisions", "decisions_confirmer"):
        adresse = reverse(f"candidatures:{nom}")
        texte = dgaln.get(adresse, {"appel": premier.appel.slug}).content.decode()
        assert texte.count("Sans ") == nombre
        assert "pas de décision" in texte
