"""From the closed committee to the letters: one batch, one act, never two contradictory letters."""

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from candidatures.comite.domaine import decisions as verbes
from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.instruction.choix import SensDecision as S
from candidatures.instruction.documents import LETTRE
from candidatures.instruction.domaine import decision, desistements, lots
from candidatures.instruction.domaine.publication import relire
from candidatures.instruction.models import Decision, MotifType, Signataire
from socle.courriels.choix import EtatCourriel
from socle.courriels.models import Courriel
from socle.documents.models import Document
from socle.erreurs import ErreurMetier, TransitionImpossible
from tests.factories.comite import faire_comite, faire_comite_clos
from tests.factories.instruction import MOTIF, decider, faire_en_evaluation, frais, preparer


def motifs():
    return {
        sens: MotifType.objects.get_or_create(
            sens=sens, libelle="Essai", defaults={"texte": f"Motif : {sens}."}
        )[0]
        for sens in (S.RETENUE, S.RESERVE, S.NON_RETENUE)
    }


def decisions_du_comite(distribution, **options):
    comite, candidatures = faire_comite_clos(distribution, **options)
    lot, plan = verbes.preparer_decisions(comite=comite, motifs=motifs(), par=distribution.dgaln)
    return comite, candidatures, lot, plan


def publier(distribution, *candidatures):
    ids = Decision.objects.filter(candidature__in=candidatures, publication=None)
    return decision.publier_decisions(
        ids=list(ids.values_list("pk", flat=True)),
        par=distribution.dgaln,
        un_seul_appel=True,
        confirmes=decision.CONFIRMATIONS,
    )


def test_toutes_les_decisions_en_un_lot_puis_annulees(distribution):
    _, candidatures, lot, plan = decisions_du_comite(distribution)
    assert [c.decisions.get().sens for c in candidatures] == [S.RETENUE, S.RESERVE, S.NON_RETENUE]
    assert (lot.nombre, plan.refus) == (3, [])
    relecture = relire(distribution.dgaln, candidatures[0].appel)
    assert relecture.libelle == "Publier 3 décisions et envoyer 6 lettres"
    assert lots.annuler_lot(lot=lot, par=distribution.dgaln) == []
    assert not Decision.objects.exists()
    with pytest.raises(TransitionImpossible):
        lots.annuler_lot(lot=lot, par=distribution.dgaln)


def test_un_lot_publie_depuis_la_relecture_n_attend_plus(distribution, connecte):
    comite, candidatures, lot, _ = decisions_du_comite(distribution)
    publier(distribution, *candidatures[:2])
    assert lots.lots_ouverts() == [lot]
    publier(distribution, candidatures[2])
    assert lots.lots_ouverts() == []
    adresse = reverse("candidatures:comite_decisions", args=[comite.pk])
    page = connecte("dgaln").get(adresse).content.decode()
    assert "Aucune décision à préparer." in page
    assert "Motif type" not in page


def test_l_essai_dit_ce_qui_ne_sera_pas_prepare(distribution):
    comite, (a, b, c) = faire_comite_clos(distribution)
    preparer(distribution, a)
    plan = verbes.planifier(comite, distribution.dgaln, {S.RESERVE: motifs()[S.RESERVE]})
    assert [p.deliberation.candidature_id for p in plan.a_preparer] == [b.pk]
    assert plan.refus == [
        (a.reference, "une décision est déjà préparée"),
        (c.reference, "aucun motif, ni dans la délibération ni dans les motifs types"),
    ]
    assert Decision.objects.count() == 1


def test_un_comite_ouvert_ne_prepare_rien(distribution):
    comite, _ = faire_comite(distribution, notes=((5, 5, 5),))
    with pytest.raises(TransitionImpossible):
        verbes.preparer_decisions(comite=comite, motifs=motifs(), par=distribution.dgaln)


def test_la_lettre_previsualisee_est_la_lettre_envoyee(distribution):
    candidature = faire_en_evaluation(distribution)
    signataire = Signataire.objects.create(
        nom="Claire Aubry",
        qualite="Sous-directrice",
        service="DGALN",
        delegation="Pour le ministre",
    )
    prete = decision.preparer_decision(
        candidature=candidature,
        sens=S.RETENUE,
        motif=MOTIF,
        signataire=signataire,
        par=distribution.dgaln,
    )
    brouillon = Document.objects.get(cle=LETTRE)
    octets = Path(brouillon.fichier.path).read_bytes()
    assert brouillon.contexte["signataire"] == "Claire Aubry"
    publier(distribution, candidature)
    envoyee = Document.objects.get(cle=LETTRE)
    prete.refresh_from_db()
    assert (envoyee.pk, envoyee.fichier_sha256, Path(envoyee.fichier.path).read_bytes()) == (
        brouillon.pk,
        brouillon.fichier_sha256,
        octets,
    )
    assert prete.lettre_sha256 == envoyee.contexte_sha256


def test_reecrire_une_decision_oublie_le_brouillon_de_lettre(distribution):
    candidature = faire_en_evaluation(distribution)
    preparer(distribution, candidature)
    decision.preparer_decision(
        candidature=candidature, sens=S.NON_RETENUE, motif="Non.", par=distribution.dgaln
    )
    assert Document.objects.get(cle=LETTRE).contexte["motif"] == ["Non."]


def test_la_boite_d_envoi_ne_porte_jamais_deux_lettres_contraires(distribution):
    candidature = faire_en_evaluation(distribution)
    decider(distribution, candidature, S.RESERVE)
    attente = Courriel.objects.filter(cle="instruction_decision")
    attente.update(etat=EtatCourriel.EN_ATTENTE, envoye_le=None)
    assert attente.count() == 2
    preparer(distribution, frais(candidature), S.NON_RETENUE)
    with pytest.raises(ErreurMetier, match="attend encore dans la boîte d’envoi"):
        publier(distribution, candidature)
    assert (frais(candidature).etat, attente.count()) == (E.EN_RESERVE, 2)
    une = attente.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Courriel.objects.create(
            cle="instruction_decision",
            destinataire=une.destinataire,
            sujet="x",
            corps="x",
            etat=EtatCourriel.RETENU,
            exclusif=une.exclusif,
        )
    attente.update(etat=EtatCourriel.ANNULE)
    publier(distribution, candidature)
    assert frais(candidature).etat == E.NON_RETENUE


def test_la_reserve_prend_la_place_d_une_desistee(distribution):
    _, (a, b, c), *_ = decisions_du_comite(distribution)
    publier(distribution, a, b, c)
    assert [frais(x).etat for x in (a, b, c)] == [E.RETENUE, E.EN_RESERVE, E.NON_RETENUE]

    def promouvoir(candidature):
        return desistements.promouvoir(
            candidature=frais(candidature), remplace=frais(a), motif=MOTIF, par=distribution.dgaln
        )

    with pytest.raises(ErreurMetier, match="désistement"):
        promouvoir(b)
    desistements.constater_desistement(
        candidature=frais(a), motif="Changement de municipalité.", par=distribution.dgaln
    )
    assert frais(a).etat == E.RETIREE
    with pytest.raises(TransitionImpossible):
        promouvoir(c)
    assert promouvoir(b).remplace_id == a.pk
    publier(distribution, b)
    assert frais(b).etat == E.RETENUE
    assert Document.objects.filter(cle=LETTRE, contexte__reference=b.reference).count() == 2


def test_les_decisions_se_publient_appel_par_appel(distribution):
    a, b = (faire_en_evaluation(distribution, titre=t) for t in ("Un", "Deux"))
    for candidature in (a, b):
        preparer(distribution, candidature)
    with pytest.raises(ErreurMetier, match="appel par appel"):
        publier(distribution, a, b)
    assert frais(a).etat == E.EN_EVALUATION


def test_la_page_ne_montre_qu_un_appel_et_rien_n_est_coche(distribution, client):
    client.force_login(distribution.dgaln)
    a, b = (faire_en_evaluation(distribution, titre=t) for t in ("Dossier A", "Dossier B"))
    for candidature in (a, b):
        preparer(distribution, candidature)
    choix = client.get(reverse("candidatures:decisions")).content.decode()
    assert "Dossier A" not in choix
    page = client.get(reverse("candidatures:decisions"), {"appel": a.appel.slug}).content.decode()
    assert ("Dossier A" in page, "Dossier B" in page) == (True, False)
    confirmer = client.get(
        reverse("candidatures:decisions_confirmer"), {"appel": a.appel.slug}
    ).content.decode()
    assert confirmer.count('name="decision"') == 1
    assert "Publier 1 décision et envoyer 2 lettres" in confirmer
    publier(distribution, a)
    publier(distribution, b)
    page = client.get(reverse("candidatures:decisions"), {"appel": a.appel.slug}).content.decode()
    assert f"<h1>Décisions publiées\u00a0: {a.appel.titre}</h1>" in page
    page = client.get(reverse("candidatures:decisions")).content.decode()
    assert "<h1>Aucune décision à publier</h1>" in page
    assert page.count("</a>\u00a0: 1\u00a0décision publiée</li>") == 2
